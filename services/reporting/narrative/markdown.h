#pragma once
#include "services/reporting/checker/checker.h"

namespace zhenhui::reporting::narrative {

// Makes Markdown's marks blanks, sign by sign, so that what the checker says of a line's places is true of
// the file's: "## 一、**成效**" becomes "   一、  成效  ", a heading. Rows of tables become sentences
// (plain_table.h); only there places are those of the sentence. A text without such marks stays as it is.
void BlankMarkdown(checker::Document& document);

}  // namespace zhenhui::reporting::narrative

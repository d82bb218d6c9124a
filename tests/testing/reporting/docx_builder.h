#pragma once
#include <string>
#include <utility>
#include <vector>

namespace zhenhui::testing {

// A zip archive of these entries, deflated, in this order. Throws std::runtime_error when it cannot be made.
std::string ZipOf(const std::vector<std::pair<std::string, std::string>>& entries);

// A Word file whose body is this XML ("<w:p>...</w:p>"), with the usual parts round it. `styles` is the
// content of w:styles.
std::string DocxOf(const std::string& body, const std::string& styles = "");

// "<w:p><w:r><w:t>text</w:t></w:r></w:p>"; `properties` is the content of w:pPr. The text is escaped.
std::string WordParagraph(const std::string& text, const std::string& properties = "");
// A table of these cells.
std::string WordTable(const std::vector<std::vector<std::string>>& rows);

}  // namespace zhenhui::testing

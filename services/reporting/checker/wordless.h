#pragma once
#include <vector>

#include "services/reporting/checker/linker.h"

// Claims that have no number:
//   未发生行政复议和行政诉讼案件     two explicit zeros
//   行政复议案件零发生               one
//   一村一法律顾问全覆盖             all villages have one
//   各村均聘请了法律顾问             the same, where no number stands in the clause
//   未发生群体性事件                 a zero that no metric counts: unlinked
// A negation before it (尚未实现全覆盖) takes it back.
namespace zhenhui::reporting::checker {

struct Wordless {
  Range range;                          // the words that make the claim: 未发生, 全覆盖
  NumberForm form = NumberForm::kZero;  // or kAll
  Link link;
};

std::vector<Wordless> FindWordless(const Lexicon& lexicon, const Sentence& sentence, const Linker& linker);

}  // namespace zhenhui::reporting::checker

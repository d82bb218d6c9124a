#pragma once
#include <cstddef>
#include <vector>

#include "services/reporting/checker/claim.h"
#include "services/reporting/checker/finding.h"

// The text against itself, without any recorded figure:
//   parts and wholes    处罚15件，其中简易程序9件、普通程序8件          9 + 8 > 15
//   rates and bases     受理50件，调解成功40件，成功率95%               40 / 50 is 80%
//   the catalogue       成功60件 … 受理50件; 三类审查之和 ≠ 审查总数    across the whole document
//   said twice          全年开展宣传40场次 … 全年开展宣传42场次         intervals that exclude each other
namespace zhenhui::reporting::checker {

struct Contradiction {
  size_t claim;     // the later figure, index into the claims
  Finding finding;  // verdict kInconsistent, with its messages
};

// In the order of the claims; at most one for each pair of figures. What stands far apart is compared only in
// documents of up to 2000 claims; beyond that only figures of one sentence are.
std::vector<Contradiction> FindContradictions(const std::vector<Claim>& claims);

// Figures of one metric and period in one sentence are parts of it: 法治广场1个、法治长廊2处. If one of them
// is the total (共3个), the others become parts; else all of them are judged by their sum. Changes `claims`.
void JoinParts(std::vector<Claim>& claims);

}  // namespace zhenhui::reporting::checker

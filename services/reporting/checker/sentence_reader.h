#pragma once
#include <vector>

#include "services/reporting/checker/checker.h"
#include "services/reporting/checker/claim.h"

namespace zhenhui::reporting::checker {

// The claims of one sentence, in order, without position and quote; `range` of each is where it stands.
struct ReadClaim {
  Range range;
  Claim claim;
};

// `plan`: the sentence stands where all figures are plans. `topics`: of the sentences before.
std::vector<ReadClaim> ReadSentence(const Lexicon& lexicon, const CheckOptions& options,
                                    const Sentence& sentence, const TopicMemory& topics, bool plan);

}  // namespace zhenhui::reporting::checker

#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/domain/contribution.h"

// Figures by the plainest reading of the definitions, straight from the records: no cells, no sums kept, no
// shared code.
namespace zhenhui::reporting {

using Records = std::map<std::string, Facts>;  // the current records of a town, by id

struct NaiveFigure {
  int64_t value = 0;
  int64_t denominator = 0;
};

// A metric of the small catalogue in a town, or in one of its members where `by` is not empty ("village",
// "audience").
NaiveFigure NaivelyRead(Vocabulary& vocabulary, std::string_view metric, const Records& records,
                        const Period& period, std::string_view by = "", MemberId member = kNoMember);

}  // namespace zhenhui::reporting

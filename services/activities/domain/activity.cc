#include "services/activities/domain/activity.h"

#include <algorithm>

namespace zhenhui::activities {
namespace {

constexpr std::string_view kOccurrences = "occurrences";

bool SameSet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return a == b || (a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin()));
}

}  // namespace

void Canonicalise(Activity& activity) {
  auto& measures = activity.measures;
  const auto by_code = [](const MeasureAmount& x, const MeasureAmount& y) { return x.code < y.code; };
  if (std::none_of(measures.begin(), measures.end(),
                   [](const MeasureAmount& m) { return m.code == kOccurrences; })) {
    measures.push_back({std::string(kOccurrences), 1});
  }
  if (!std::is_sorted(measures.begin(), measures.end(), by_code)) {
    std::sort(measures.begin(), measures.end(), by_code);
  }
}

bool SameContent(const Activity& a, const Activity& b) {
  return a.id == b.id && a.kind == b.kind && a.date == b.date && a.village == b.village &&
         a.title == b.title && a.state == b.state && a.measures == b.measures && a.partners == b.partners &&
         a.evidence == b.evidence && a.note == b.note && SameSet(a.audiences, b.audiences) &&
         SameSet(a.channels, b.channels) && SameSet(a.roster_entries, b.roster_entries);
}

std::string EtagOf(int64_t revision) { return std::to_string(revision); }

}  // namespace zhenhui::activities

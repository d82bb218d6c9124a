#include "services/activities/domain/query.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace zhenhui::activities {
namespace {

bool Contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool ContainsText(const std::string& text, const std::string& part) {
  const auto same = [](char a, char b) { return absl::ascii_tolower(a) == absl::ascii_tolower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

}  // namespace

ListPosition PositionOf(const Activity& activity) { return {activity.date, activity.id}; }

bool Matches(const ActivityQuery& query, const Activity& activity) {
  return (!query.start || activity.date >= *query.start) && (!query.end || activity.date <= *query.end) &&
         (query.kinds.empty() || Contains(query.kinds, activity.kind)) &&
         (query.village.empty() || query.village == activity.village) &&
         (!query.state || *query.state == activity.state) &&
         (query.text.empty() || ContainsText(activity.title, query.text)) &&
         (query.audience.empty() || Contains(activity.audiences, query.audience));
}

}  // namespace zhenhui::activities

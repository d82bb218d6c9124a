#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/time/date.h"
#include "services/activities/domain/activity.h"

namespace zhenhui::activities {

// Which activities of a township to list. Everything that is given must hold.
struct ActivityQuery {
  std::optional<Date> start = std::nullopt;                     // inclusive
  std::optional<Date> end = std::nullopt;                       // inclusive
  std::vector<std::string> kinds = {};                          // any of them; empty is all
  std::string village = {};                                     // empty is all
  std::optional<ActivityState> state = ActivityState::kActive;  // nothing: both
  std::string text = {};      // part of the title; the case of ASCII letters does not matter; empty is all
  std::string audience = {};  // empty is all
  int64_t read_revision = 0;  // as of this revision of the township; 0 is the newest
  bool newest_first = false;  // the order of lists, the other way round
};

// The place of an activity in the order of lists: by date, then by the bytes of the id.
struct ListPosition {
  Date date;
  std::string id;

  friend auto operator<=>(const ListPosition& a, const ListPosition& b) {
    if (a.date != b.date) return a.date < b.date ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.id.compare(b.id) <=> 0;
  }
  friend bool operator==(const ListPosition&, const ListPosition&) = default;
};

ListPosition PositionOf(const Activity& activity);

// Whether `a` comes before `b` in the order that the query asks for.
inline bool Precedes(const ActivityQuery& query, const ListPosition& a, const ListPosition& b) {
  return query.newest_first ? b < a : a < b;
}

// The filters of `query`, read_revision and the order apart.
bool Matches(const ActivityQuery& query, const Activity& activity);

}  // namespace zhenhui::activities

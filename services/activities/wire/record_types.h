#pragma once
#include <cstdint>

namespace zhenhui::activities {

// Numbers of the feed's records; never renumber. A deletion is an activity's content too, with a type of its
// own so that snapshots can leave it out without looking inside.
inline constexpr int16_t kActivityRecord = 1;
inline constexpr int16_t kMonthRecord = 2;
inline constexpr int16_t kDeletionRecord = 3;
inline constexpr int16_t kTargetRecord = 4;
inline constexpr int16_t kWithdrawnTargetRecord = 5;  // of the same ids as targets

// Whether a record's content is an activity's.
inline constexpr bool IsActivity(int16_t type) { return type == kActivityRecord || type == kDeletionRecord; }

}  // namespace zhenhui::activities

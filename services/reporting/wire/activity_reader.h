#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/reporting/domain/contribution.h"
#include "services/reporting/domain/town_state.h"
#include "zhenhui/activities/v1/activity.pb.h"

namespace zhenhui::reporting {

// A message of a change feed.
struct FeedBatch {
  std::string township;  // code; empty in a heartbeat
  std::vector<Change> changes;
  int64_t head_revision = 0;
};

// A part of a snapshot whose records were handed out.
struct SnapshotPart {
  int64_t read_revision = 0;
  int64_t records = 0;
  bool last = false;
};

// Each reads one serialised message of the activities service straight from the wire, and touches only what
// counts. DATA_LOSS, FEED_UNREADABLE: broken bytes, a date that is none.
absl::StatusOr<FeedBatch> ReadActivityChanges(Vocabulary& vocabulary, std::string_view message);
absl::StatusOr<SnapshotPart> ReadActivitySnapshot(Vocabulary& vocabulary, std::string_view message,
                                                  TownBuilder& builder);

// The facts of an activity that was read as a message.
absl::StatusOr<Facts> FactsOf(Vocabulary& vocabulary, const activities::v1::Activity& activity);

}  // namespace zhenhui::reporting

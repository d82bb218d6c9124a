#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/reporting/domain/year_end/restatement.h"
#include "services/reporting/upkeep/feed_source.h"

namespace zhenhui::reporting {

// Called for each revision in its order: the record that it changed (who, why), and the change itself.
using VisitChange = std::function<absl::Status(RecordChange about, Change change)>;

// Reads the revisions after `from` up to and including `to` of one township's feed, with who made them and
// why. Blocks; `cancelled` is asked between messages. Errors: those of the feed (OUT_OF_RANGE:
// CURSOR_TOO_OLD, CURSOR_AHEAD), of `visit`; CANCELLED; DATA_LOSS, FEED_UNREADABLE; UNAVAILABLE, FEED_SILENT.
absl::Status ReadChanges(const FeedSource& source, Vocabulary& vocabulary, const std::string& township,
                         int64_t from, int64_t to, absl::Time deadline,
                         const std::function<bool()>& cancelled, const VisitChange& visit);

}  // namespace zhenhui::reporting

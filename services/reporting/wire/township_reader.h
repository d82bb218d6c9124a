#pragma once
#include <string_view>

#include "absl/status/statusor.h"
#include "services/reporting/wire/activity_reader.h"
#include "zhenhui/townships/v1/change.pb.h"

namespace zhenhui::reporting {

// The townships feed; it is small, so it is read as ordinary messages. Errors as in activity_reader.h.
absl::StatusOr<FeedBatch> ReadTownshipChanges(Vocabulary& vocabulary, std::string_view message);
absl::StatusOr<SnapshotPart> ReadTownshipSnapshot(Vocabulary& vocabulary, std::string_view message,
                                                  TownBuilder& builder);

// The facts of one record; monostate if it holds none.
absl::StatusOr<Facts> FactsOf(Vocabulary& vocabulary, const townships::v1::TownshipRecord& record);

// "roster.mediator"; empty for a role that is not known.
std::string_view RosterSeries(townships::v1::RosterRole role);

}  // namespace zhenhui::reporting

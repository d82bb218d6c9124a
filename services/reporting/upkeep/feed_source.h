#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/wire/activity_reader.h"

namespace zhenhui::reporting {

// What differs between the two feeds. Immutable, thread-safe. The channel sends a token of the role job.
struct FeedSource {
  Feed feed = Feed::kActivities;
  std::shared_ptr<grpc::Channel> channel;
  const char* watch_method = "";
  const char* snapshot_method = "";
  // The serialised requests: of a watch from the cursors (township -> revision), and of a snapshot.
  std::string (*watch_request)(const std::string& scope,
                               const std::map<std::string, int64_t>& cursors) = nullptr;
  std::string (*snapshot_request)(const std::string& township, int64_t read_revision) = nullptr;
  absl::StatusOr<FeedBatch> (*read_changes)(Vocabulary& vocabulary, std::string_view message) = nullptr;
  absl::StatusOr<SnapshotPart> (*read_snapshot)(Vocabulary& vocabulary, std::string_view message,
                                                TownBuilder& builder) = nullptr;

  const char* name() const { return feed == Feed::kActivities ? "activities" : "townships"; }
};

FeedSource ActivitiesFeed(std::shared_ptr<grpc::Channel> channel);
FeedSource TownshipsFeed(std::shared_ptr<grpc::Channel> channel);

// Adds all records of a town, as they stood at `read_revision` (0: the newest), to the builder and says there
// which revision that is. Blocks; `cancelled` is asked between parts. Returns the number of records. Errors:
// those of the service; CANCELLED; DATA_LOSS, SNAPSHOT_INCOMPLETE.
absl::StatusOr<int64_t> ReadSnapshot(const FeedSource& source, Vocabulary& vocabulary,
                                     const std::string& township, int64_t read_revision, absl::Time deadline,
                                     const std::function<bool()>& cancelled, TownBuilder& builder);

}  // namespace zhenhui::reporting

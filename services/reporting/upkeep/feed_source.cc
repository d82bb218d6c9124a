#include "services/reporting/upkeep/feed_source.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/upkeep/raw_stream.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"
#include "services/reporting/wire/township_reader.h"
#include "zhenhui/activities/v1/activity_service.pb.h"
#include "zhenhui/townships/v1/township_service.pb.h"

namespace zhenhui::reporting {
namespace {

// A snapshot that sends nothing for so long is given up.
constexpr absl::Duration kSnapshotSilence = absl::Seconds(30);

template <typename Request, Feed kFeed>
std::string WatchRequest(const std::string& scope, const std::map<std::string, int64_t>& cursors) {
  Request request;
  request.set_scope(scope);
  for (const auto& [township, revision] : cursors) ToProto(township, kFeed, revision, request.add_cursors());
  return request.SerializeAsString();
}

template <typename Request>
std::string SnapshotRequest(const std::string& township, int64_t read_revision) {
  Request request;
  request.set_township(TownshipName(township));
  request.set_read_revision(read_revision);
  return request.SerializeAsString();
}

}  // namespace

FeedSource ActivitiesFeed(std::shared_ptr<grpc::Channel> channel) {
  return {.feed = Feed::kActivities,
          .channel = std::move(channel),
          .watch_method = "/zhenhui.activities.v1.ActivityService/WatchChanges",
          .snapshot_method = "/zhenhui.activities.v1.ActivityService/StreamSnapshot",
          .watch_request = WatchRequest<activities::v1::WatchChangesRequest, Feed::kActivities>,
          .snapshot_request = SnapshotRequest<activities::v1::StreamSnapshotRequest>,
          .read_changes = ReadActivityChanges,
          .read_snapshot = ReadActivitySnapshot};
}

FeedSource TownshipsFeed(std::shared_ptr<grpc::Channel> channel) {
  return {.feed = Feed::kTownships,
          .channel = std::move(channel),
          .watch_method = "/zhenhui.townships.v1.TownshipService/WatchChanges",
          .snapshot_method = "/zhenhui.townships.v1.TownshipService/StreamSnapshot",
          .watch_request = WatchRequest<townships::v1::WatchChangesRequest, Feed::kTownships>,
          .snapshot_request = SnapshotRequest<townships::v1::StreamSnapshotRequest>,
          .read_changes = ReadTownshipChanges,
          .read_snapshot = ReadTownshipSnapshot};
}

absl::StatusOr<int64_t> ReadSnapshot(const FeedSource& source, Vocabulary& vocabulary,
                                     const std::string& township, int64_t read_revision, absl::Time deadline,
                                     const std::function<bool()>& cancelled, TownBuilder& builder) {
  RawStream stream(source.channel, source.snapshot_method, source.snapshot_request(township, read_revision),
                   deadline);
  int64_t records = 0;
  bool complete = false;
  for (;;) {
    std::string_view message;
    const RawStream::Got got = stream.Next(kSnapshotSilence, message);
    if (cancelled()) return absl::CancelledError("stopping");
    if (got == RawStream::Got::kEnd) break;
    if (got == RawStream::Got::kNothingYet) {
      return Error(
          absl::StatusCode::kUnavailable, "FEED_SILENT",
          absl::StrCat("the ", source.name(), " service sends nothing of its snapshot of ", township));
    }
    ASSIGN_OR_RETURN(const SnapshotPart part, source.read_snapshot(vocabulary, message, builder));
    records += part.records;
    complete = part.last;
    builder.SetApplied(source.feed, part.read_revision);
  }
  const absl::Status status = stream.Finish();
  if (!status.ok()) return status;
  if (complete) return records;
  return Error(
      absl::StatusCode::kDataLoss, "SNAPSHOT_INCOMPLETE",
      absl::StrCat("the ", source.name(), " service ended its snapshot of ", township, " early; try again"));
}

}  // namespace zhenhui::reporting

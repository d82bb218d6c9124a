// WatchChanges and StreamSnapshot: the feed's bytes are serialised TownshipRecords, parsed straight into the
// answer.
#include "common/feed/snapshot_stream.h"
#include "common/feed/watch_request.h"
#include "common/feed/watch_stream.h"
#include "common/rpc/call.h"
#include "common/rpc/stream.h"
#include "services/townships/rpc/access.h"
#include "services/townships/rpc/requests.h"
#include "services/townships/rpc/township_service.h"
#include "services/townships/wire/names.h"

namespace zhenhui::townships {
namespace {

absl::Status Damaged(const std::string& township) {
  return Error(absl::StatusCode::kInternal, "RECORD_DAMAGED",
               absl::StrCat("a stored record of ", township, " cannot be read"));
}

absl::StatusOr<v1::WatchChangesResponse> Encode(const feed::Batch& batch) {
  v1::WatchChangesResponse out;
  if (!batch.township.empty()) out.set_township(TownshipName(batch.township));
  out.set_head_revision(batch.head_revision);
  for (const feed::SharedChange& change : batch.changes) {
    v1::TownshipChange* said = out.add_changes();
    said->set_revision(change->revision);
    if (!said->mutable_record()->ParseFromString(change->record)) return Damaged(batch.township);
    if (change->previous && !said->mutable_previous_record()->ParseFromString(*change->previous)) {
      return Damaged(batch.township);
    }
  }
  return out;
}

}  // namespace

grpc::ServerWriteReactor<v1::WatchChangesResponse>* TownshipServiceImpl::WatchChanges(
    grpc::CallbackServerContext* context, const v1::WatchChangesRequest* request) {
  using Refused = rpc::RefusedStream<v1::WatchChangesResponse>;
  auto call = rpc::BeginCall(context, *deps_.authenticator, ZH_TOWNSHIPS_METHOD("WatchChanges"),
                             absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  auto options = feed::ReadWatchRequest(call->claims, *request, common::v1::FEED_TOWNSHIPS);
  if (!options.ok()) return new Refused(options.status());
  return feed::StartWatch<v1::WatchChangesResponse>(*deps_.feed_executor, deps_.feed->hub(),
                                                    deps_.feed->source(), *std::move(options), Encode);
}

grpc::ServerWriteReactor<v1::StreamSnapshotResponse>* TownshipServiceImpl::StreamSnapshot(
    grpc::CallbackServerContext* context, const v1::StreamSnapshotRequest* request) {
  using Refused = rpc::RefusedStream<v1::StreamSnapshotResponse>;
  auto call = rpc::BeginCall(context, *deps_.authenticator, ZH_TOWNSHIPS_METHOD("StreamSnapshot"),
                             absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  auto township = RequireTownshipName("township", request->township());
  if (!township.ok()) return new Refused(township.status());
  if (auto in_scope = auth::RequireScope(call->claims, *township); !in_scope.ok())
    return new Refused(in_scope);
  feed::SnapshotOptions options{.township = *township, .read_revision = request->read_revision()};
  return new feed::SnapshotStream<v1::StreamSnapshotResponse>(
      *deps_.feed_executor, *deps_.pool, std::move(options),
      [](int16_t, const std::string& record, v1::StreamSnapshotResponse* part) -> absl::Status {
        return part->add_records()->ParseFromString(record) ? absl::OkStatus() : Damaged("the township");
      });
}

}  // namespace zhenhui::townships

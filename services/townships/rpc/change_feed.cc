// WatchChanges and StreamSnapshot: the feed's bytes are serialised TownshipRecords, put into the answers as
// they are. A damaged one is found by who reads it.
#include "common/feed/snapshot_stream.h"
#include "common/feed/watch_request.h"
#include "common/feed/watch_stream.h"
#include "common/feed/wire_message.h"
#include "common/rpc/call.h"
#include "common/rpc/stream.h"
#include "services/townships/rpc/access.h"
#include "services/townships/rpc/requests.h"
#include "services/townships/rpc/township_service.h"
#include "services/townships/wire/names.h"

namespace zhenhui::townships {
namespace {

absl::StatusOr<std::string> Encode(const feed::Batch& batch) {
  using v1::TownshipChange;
  using v1::WatchChangesResponse;
  std::string out;
  if (!batch.township.empty()) {
    feed::AppendBytes(WatchChangesResponse::kTownshipFieldNumber, TownshipName(batch.township), &out);
  }
  feed::AppendNumber(WatchChangesResponse::kHeadRevisionFieldNumber, batch.head_revision, &out);
  for (const feed::SharedChange& change : batch.changes) {
    std::string said;
    feed::AppendNumber(TownshipChange::kRevisionFieldNumber, change->revision, &said);
    feed::AppendBytes(TownshipChange::kRecordFieldNumber, change->record, &said);
    if (change->previous) {
      feed::AppendBytes(TownshipChange::kPreviousRecordFieldNumber, *change->previous, &said);
    }
    feed::AppendBytes(WatchChangesResponse::kChangesFieldNumber, said, &out);
  }
  return out;
}

absl::Status EncodeSnapshotRecord(int16_t, std::string_view record, std::string* part) {
  feed::AppendBytes(v1::StreamSnapshotResponse::kRecordsFieldNumber, record, part);
  return absl::OkStatus();
}

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* TownshipServiceImpl::WatchChanges(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* bytes) {
  using Refused = rpc::RefusedStream<grpc::ByteBuffer>;
  auto call = rpc::BeginCall(context, *deps_.authenticator, ZH_TOWNSHIPS_METHOD("WatchChanges"),
                             absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  const auto request = feed::ParseRequest<v1::WatchChangesRequest>(*bytes);
  if (!request.ok()) return new Refused(request.status());
  auto options = feed::ReadWatchRequest(call->claims, *request, common::v1::FEED_TOWNSHIPS);
  if (!options.ok()) return new Refused(options.status());
  return feed::StartWatch(*deps_.feed_executor, deps_.feed->hub(), deps_.feed->source(), *std::move(options),
                          Encode);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* TownshipServiceImpl::StreamSnapshot(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* bytes) {
  using Response = v1::StreamSnapshotResponse;
  using Refused = rpc::RefusedStream<grpc::ByteBuffer>;
  auto call = rpc::BeginCall(context, *deps_.authenticator, ZH_TOWNSHIPS_METHOD("StreamSnapshot"),
                             absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  const auto request = feed::ParseRequest<v1::StreamSnapshotRequest>(*bytes);
  if (!request.ok()) return new Refused(request.status());
  auto township = RequireTownshipName("township", request->township());
  if (!township.ok()) return new Refused(township.status());
  if (auto in_scope = auth::RequireScope(call->claims, *township); !in_scope.ok())
    return new Refused(in_scope);
  feed::SnapshotOptions options{.township = *township,
                                .read_revision = request->read_revision(),
                                .encode = EncodeSnapshotRecord,
                                .read_revision_field = Response::kReadRevisionFieldNumber,
                                .last_field = Response::kLastFieldNumber};
  return new feed::SnapshotStream(*deps_.feed_executor, *deps_.pool, std::move(options));
}

}  // namespace zhenhui::townships

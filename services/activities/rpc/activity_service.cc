#include "services/activities/rpc/activity_service.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/feed/snapshot_stream.h"
#include "common/feed/watch_request.h"
#include "common/feed/watch_stream.h"
#include "common/feed/wire_message.h"
#include "common/rpc/page_token.h"
#include "common/rpc/stream.h"
#include "common/rpc/timestamp.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/activities/domain/target.h"
#include "services/activities/rpc/access.h"
#include "services/activities/rpc/change_feed.h"
#include "services/activities/rpc/messages.h"
#include "services/activities/rpc/push_stream.h"
#include "services/activities/rpc/raw_unary.h"
#include "services/activities/rpc/requests.h"
#include "services/activities/wire/names.h"

namespace zhenhui::activities {

using rpc::Call;

ActivityServiceImpl::ActivityServiceImpl(const RpcDependencies& dependencies)
    : deps_(dependencies),
      push_(*deps_.repository, *deps_.places, *deps_.catalogue, *deps_.clock),
      correct_(*deps_.repository, *deps_.places, *deps_.catalogue, *deps_.clock),
      completeness_(*deps_.repository, *deps_.places, *deps_.clock),
      push_handler_(push_, *deps_.clock, deps_.metrics) {}

// One handler: authenticate, run the body on the executor with `call`, `request` and `response`, finish.
#define ZH_HANDLER(Name, ...)                                                                           \
  grpc::ServerUnaryReactor* ActivityServiceImpl::Name(                                                  \
      grpc::CallbackServerContext* context, const v1::Name##Request* in, v1::Name##Response* out) {     \
    const auto work = [this](const Call& call, const v1::Name##Request& request,                        \
                             v1::Name##Response& response) -> absl::Status __VA_ARGS__;                 \
    return rpc::Unary(context, *deps_.authenticator, ZH_ACTIVITIES_METHOD(#Name), *deps_.executor, out, \
                      [in, out, work](const Call& call) { return work(call, *in, *out); });             \
  }

ZH_HANDLER(GetActivity, {
  ASSIGN_OR_RETURN(const ActivityName name, ParseActivityName("name", request.name()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, name.township));
  ASSIGN_OR_RETURN(const StoredActivity stored, deps_.repository->Get(name.township, name.id, call.deadline));
  ToProto(name.township, stored, response.mutable_activity());
  return absl::OkStatus();
})

ZH_HANDLER(ListActivities, {
  ASSIGN_OR_RETURN(const ListRequest list, ReadList(request, *deps_.catalogue));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, list.township));
  ASSIGN_OR_RETURN(const ListPage page,
                   deps_.repository->List(list.township, list.query, list.after, list.limit, call.deadline));
  for (const StoredActivity& stored : page.activities)
    ToProto(list.township, stored, response.add_activities());
  if (page.next) response.set_next_page_token(NextPageToken(list, *page.next, page.read_revision));
  response.set_read_revision(page.read_revision);
  return absl::OkStatus();
})

ZH_HANDLER(UpdateActivity, {
  v1::UpdateActivityRequest taken = request;  // the draft moves its texts out
  ASSIGN_OR_RETURN(Correction correction, ReadCorrection(taken));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, correction.township));
  correction.by = call.claims.subject;
  const std::string township = correction.township;
  ASSIGN_OR_RETURN(const Corrected corrected, correct_.Update(std::move(correction), call.deadline));
  ToProto(township, corrected.activity, response.mutable_activity());
  *response.mutable_position() = Position(township, corrected.head);
  return absl::OkStatus();
})

ZH_HANDLER(DeleteActivity, {
  ASSIGN_OR_RETURN(const ActivityName name, ParseActivityName("name", request.name()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, name.township));
  ASSIGN_OR_RETURN(const Corrected deleted, correct_.Delete({name.township, name.id, request.etag(),
                                                             request.reason(), call.claims.subject},
                                                            call.deadline));
  ToProto(name.township, deleted.activity, response.mutable_activity());
  *response.mutable_position() = Position(name.township, deleted.head);
  return absl::OkStatus();
})

ZH_HANDLER(ListActivityRevisions, {
  ASSIGN_OR_RETURN(const ActivityName name, ParseActivityName("name", request.name()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, name.township));
  ASSIGN_OR_RETURN(const size_t limit, rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::vector<std::string> fields,
                   rpc::DecodePageToken(request.name(), request.page_token()));
  int64_t before = 0;
  if (!fields.empty() && !absl::SimpleAtoi(fields[0], &before)) before = 0;
  ASSIGN_OR_RETURN(std::vector<StoredActivity> history,
                   deps_.repository->History(name.township, name.id, before, limit + 1, call.deadline));
  if (history.size() > limit) {
    history.resize(limit);
    response.set_next_page_token(
        rpc::EncodePageToken(request.name(), {absl::StrCat(history.back().revision)}));
  }
  for (const StoredActivity& stored : history) ToProto(name.township, stored, response.add_revisions());
  return absl::OkStatus();
})

ZH_HANDLER(ConfirmMonth, {
  ASSIGN_OR_RETURN(const std::string township, ParseTownshipName("parent", request.parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, township));
  ASSIGN_OR_RETURN(
      const ConfirmedMonth confirmed,
      correct_.ConfirmMonth(township, request.month(), request.note(), call.claims.subject, call.deadline));
  ToProto(township, confirmed.confirmation, response.mutable_month_confirmation());
  *response.mutable_position() = Position(township, confirmed.head);
  return absl::OkStatus();
})

ZH_HANDLER(ListMonthConfirmations, {
  ASSIGN_OR_RETURN(const std::string township, ParseTownshipName("parent", request.parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, township));
  if (request.year() < 0 || request.year() > 9999) {
    return InvalidFields({{"year", "YEAR_INVALID", "give a year, or 0 for all"}});
  }
  ASSIGN_OR_RETURN(const std::vector<MonthConfirmation> months,
                   deps_.repository->ListMonths(township, request.year(), call.deadline));
  for (const MonthConfirmation& month : months) ToProto(township, month, response.add_month_confirmations());
  return absl::OkStatus();
})

ZH_HANDLER(GetCompleteness, {
  ASSIGN_OR_RETURN(const std::string place, ParsePlaceName("parent", request.parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, place));
  RETURN_IF_ERROR(InvalidFields(CheckYear(request.year())));
  ASSIGN_OR_RETURN(const std::vector<TownStanding> towns,
                   completeness_.Get(place, request.year(), call.deadline));
  for (const TownStanding& town : towns) ToProto(town, response.add_townships());
  return absl::OkStatus();
})

ZH_HANDLER(ResolveRevision, {
  ASSIGN_OR_RETURN(const std::string township, ParseTownshipName("parent", request.parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, township));
  ASSIGN_OR_RETURN(const absl::Time time, rpc::ReadTimestamp("time", request.time()));
  ASSIGN_OR_RETURN(const int64_t revision, deps_.repository->RevisionAt(township, time, call.deadline));
  *response.mutable_position() = Position(township, revision);
  return absl::OkStatus();
})

#undef ZH_HANDLER

grpc::ServerUnaryReactor* ActivityServiceImpl::BatchPushActivities(grpc::CallbackServerContext* context,
                                                                   const grpc::ByteBuffer* in,
                                                                   grpc::ByteBuffer* out) {
  const auto work = [this](const Call& call, ParsedBatch<v1::BatchPushActivitiesRequest>& batch,
                           v1::BatchPushActivitiesResponse& response) {
    return push_handler_.Handle(call.claims, batch, call.deadline, &response);
  };
  return RawUnary<v1::BatchPushActivitiesResponse>(
      context, *deps_.authenticator, ZH_ACTIVITIES_METHOD("BatchPushActivities"), *deps_.executor, in, out,
      ParseBatch<v1::BatchPushActivitiesRequest>, work);
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* ActivityServiceImpl::PushActivities(
    grpc::CallbackServerContext* context) {
  absl::StatusOr<Call> call = rpc::BeginCall(
      context, *deps_.authenticator, ZH_ACTIVITIES_METHOD("PushActivities"), absl::InfiniteDuration());
  if (!call.ok()) return new rpc::RefusedBidi<grpc::ByteBuffer, grpc::ByteBuffer>(call.status());
  return new PushStream(*deps_.executor, push_handler_, *std::move(call));
}

grpc::ServerUnaryReactor* ActivityServiceImpl::ListKinds(grpc::CallbackServerContext* context,
                                                         const v1::ListKindsRequest*,
                                                         v1::ListKindsResponse* response) {
  return rpc::UnaryInline(context, *deps_.authenticator, ZH_ACTIVITIES_METHOD("ListKinds"), response,
                          [this, response](const Call&) {
                            ToProto(*deps_.catalogue, response);
                            return absl::OkStatus();
                          });
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* ActivityServiceImpl::WatchChanges(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* bytes) {
  using Refused = rpc::RefusedStream<grpc::ByteBuffer>;
  const absl::StatusOr<Call> call = rpc::BeginCall(
      context, *deps_.authenticator, ZH_ACTIVITIES_METHOD("WatchChanges"), absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  const auto request = feed::ParseRequest<v1::WatchChangesRequest>(*bytes);
  if (!request.ok()) return new Refused(request.status());
  absl::StatusOr<feed::FollowOptions> options =
      feed::ReadWatchRequest(call->claims, *request, common::v1::FEED_ACTIVITIES);
  if (!options.ok()) return new Refused(options.status());
  return feed::StartWatch(*deps_.feed_executor, deps_.feed->hub(), deps_.feed->source(), *std::move(options),
                          EncodeBatch);
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* ActivityServiceImpl::StreamSnapshot(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* bytes) {
  using Response = v1::StreamSnapshotResponse;
  using Refused = rpc::RefusedStream<grpc::ByteBuffer>;
  const absl::StatusOr<Call> call = rpc::BeginCall(
      context, *deps_.authenticator, ZH_ACTIVITIES_METHOD("StreamSnapshot"), absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  const auto request = feed::ParseRequest<v1::StreamSnapshotRequest>(*bytes);
  if (!request.ok()) return new Refused(request.status());
  const absl::StatusOr<std::string> township = ParseTownshipName("township", request->township());
  if (!township.ok()) return new Refused(township.status());
  if (absl::Status status = auth::RequireScope(call->claims, *township); !status.ok())
    return new Refused(status);
  if (request->read_revision() < 0) {
    return new Refused(InvalidFields({{"read_revision", "REVISION_INVALID", "give 0 or a revision"}}));
  }
  feed::SnapshotOptions options{.township = *township,
                                .read_revision = request->read_revision(),
                                .encode = EncodeRecord,
                                .read_revision_field = Response::kReadRevisionFieldNumber,
                                .last_field = Response::kLastFieldNumber};
  return new feed::SnapshotStream(*deps_.feed_executor, *deps_.pool, std::move(options));
}

}  // namespace zhenhui::activities

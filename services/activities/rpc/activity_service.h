#pragma once
#include <string>

#include "common/auth/policy.h"
#include "common/db/pool.h"
#include "common/exec/executor.h"
#include "common/feed/feed.h"
#include "common/metrics/registry.h"
#include "common/time/clock.h"
#include "services/activities/domain/correct.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/push.h"
#include "services/activities/domain/repository.h"
#include "services/activities/rpc/push_handler.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

namespace zhenhui::activities {

// What the handlers work with. Everything outlives the service. Snapshots and watches are streamed from the
// store itself, because a feed is bytes to this layer.
struct RpcDependencies {
  ActivityRepository* repository;
  PlaceRegister* places;
  const KindCatalogue* catalogue;
  const Clock* clock;
  const auth::Authenticator* authenticator;
  Executor* executor;       // for unary calls and pushes
  Executor* feed_executor;  // for watches and snapshots
  feed::Feed* feed;
  db::Pool* pool;
  std::string snapshot_rows;             // SQL of the rows that a snapshot is made of (feed::SnapshotSql)
  metrics::Registry* metrics = nullptr;  // may be null
};

// The methods whose requests carry texts are registered raw, so that a text that is no UTF-8 gets a clear
// answer (see batch_parser.h and raw_unary.h). The generated class for that is a chain of templates, one link
// for each method.
using Rpc = v1::ActivityService;
using RawWrites = Rpc::WithRawCallbackMethod_PushActivities<
    Rpc::WithRawCallbackMethod_BatchPushActivities<Rpc::WithRawCallbackMethod_UpdateActivity<
        Rpc::WithRawCallbackMethod_DeleteActivity<Rpc::WithRawCallbackMethod_ConfirmMonth<Rpc::Service>>>>>;
using RawMethods = Rpc::WithRawCallbackMethod_GetActivity<
    Rpc::WithRawCallbackMethod_ListActivities<Rpc::WithRawCallbackMethod_ListActivityRevisions<
        Rpc::WithRawCallbackMethod_ListMonthConfirmations<RawWrites>>>>;
using ActivityServiceBase = Rpc::WithCallbackMethod_ListKinds<
    Rpc::WithCallbackMethod_WatchChanges<Rpc::WithCallbackMethod_StreamSnapshot<RawMethods>>>;

#define ZH_RAW_UNARY(Name)                                                                              \
  grpc::ServerUnaryReactor* Name(grpc::CallbackServerContext* context, const grpc::ByteBuffer* request, \
                                 grpc::ByteBuffer* response) override

// The gRPC face of activities. Thread-safe.
class ActivityServiceImpl final : public ActivityServiceBase {
 public:
  explicit ActivityServiceImpl(const RpcDependencies& dependencies);

  ZH_RAW_UNARY(BatchPushActivities);
  ZH_RAW_UNARY(GetActivity);
  ZH_RAW_UNARY(ListActivities);
  ZH_RAW_UNARY(UpdateActivity);
  ZH_RAW_UNARY(DeleteActivity);
  ZH_RAW_UNARY(ListActivityRevisions);
  ZH_RAW_UNARY(ConfirmMonth);
  ZH_RAW_UNARY(ListMonthConfirmations);
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* PushActivities(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* ListKinds(grpc::CallbackServerContext* context,
                                      const v1::ListKindsRequest* request,
                                      v1::ListKindsResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchChangesResponse>* WatchChanges(
      grpc::CallbackServerContext* context, const v1::WatchChangesRequest* request) override;
  grpc::ServerWriteReactor<v1::StreamSnapshotResponse>* StreamSnapshot(
      grpc::CallbackServerContext* context, const v1::StreamSnapshotRequest* request) override;

 private:
  const RpcDependencies deps_;
  PushUseCase push_;
  CorrectUseCase correct_;
  PushHandler push_handler_;
};

#undef ZH_RAW_UNARY

}  // namespace zhenhui::activities

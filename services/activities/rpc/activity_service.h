#pragma once
#include <string>

#include "common/auth/policy.h"
#include "common/db/pool.h"
#include "common/exec/executor.h"
#include "common/feed/feed.h"
#include "common/metrics/registry.h"
#include "common/time/clock.h"
#include "services/activities/domain/completeness.h"
#include "services/activities/domain/correct.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/push.h"
#include "services/activities/domain/repository.h"
#include "services/activities/domain/target_repository.h"
#include "services/activities/rpc/push_handler.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

namespace zhenhui::activities {

// What the handlers work with. Everything outlives the service. Snapshots and watches are streamed from the
// store itself, because a feed is bytes to this layer.
struct RpcDependencies {
  ActivityRepository* repository;
  TargetRepository* targets;
  PlaceRegister* places;
  const KindCatalogue* catalogue;
  const Clock* clock;
  const auth::Authenticator* authenticator;
  Executor* executor;       // for unary calls and pushes
  Executor* feed_executor;  // for watches and snapshots
  feed::Feed* feed;
  db::Pool* pool;
  metrics::Registry* metrics = nullptr;  // may be null
};

// The two pushes are registered raw, so that one record with a text that is no UTF-8 is refused alone and not
// with its whole batch (batch_parser.h); the two feeds, so that stored bytes are sent as they are
// (change_feed.h).
using ActivityServiceBase = v1::ActivityService::WithRawCallbackMethod_PushActivities<
    v1::ActivityService::WithRawCallbackMethod_BatchPushActivities<
        v1::ActivityService::WithCallbackMethod_ListKinds<v1::ActivityService::WithCallbackMethod_GetActivity<
            v1::ActivityService::WithCallbackMethod_ListActivities<
                v1::ActivityService::WithCallbackMethod_UpdateActivity<
                    v1::ActivityService::WithCallbackMethod_DeleteActivity<
                        v1::ActivityService::WithCallbackMethod_ListActivityRevisions<
                            v1::ActivityService::WithCallbackMethod_ConfirmMonth<
                                v1::ActivityService::WithCallbackMethod_ListMonthConfirmations<
                                    v1::ActivityService::WithCallbackMethod_GetCompleteness<
                                        v1::ActivityService::WithCallbackMethod_ResolveRevision<
                                            v1::ActivityService::WithRawCallbackMethod_WatchChanges<
                                                v1::ActivityService::WithRawCallbackMethod_StreamSnapshot<
                                                    v1::ActivityService::Service>>>>>>>>>>>>>>;

#define ZH_UNARY(Name)                                                                                   \
  grpc::ServerUnaryReactor* Name(grpc::CallbackServerContext* context, const v1::Name##Request* request, \
                                 v1::Name##Response* response) override

// The gRPC face of activities. Thread-safe.
class ActivityServiceImpl final : public ActivityServiceBase {
 public:
  explicit ActivityServiceImpl(const RpcDependencies& dependencies);

  ZH_UNARY(ListKinds);
  ZH_UNARY(GetActivity);
  ZH_UNARY(ListActivities);
  ZH_UNARY(UpdateActivity);
  ZH_UNARY(DeleteActivity);
  ZH_UNARY(ListActivityRevisions);
  ZH_UNARY(ConfirmMonth);
  ZH_UNARY(ListMonthConfirmations);
  ZH_UNARY(GetCompleteness);
  ZH_UNARY(ResolveRevision);
  grpc::ServerUnaryReactor* BatchPushActivities(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* PushActivities(
      grpc::CallbackServerContext* context) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchChanges(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* bytes) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamSnapshot(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* bytes) override;

 private:
  const RpcDependencies deps_;
  PushUseCase push_;
  CorrectUseCase correct_;
  CompletenessUseCase completeness_;
  PushHandler push_handler_;
};

#undef ZH_UNARY

}  // namespace zhenhui::activities

#pragma once
#include "common/auth/policy.h"
#include "common/db/pool.h"
#include "common/exec/executor.h"
#include "common/feed/feed.h"
#include "services/townships/domain/register.h"
#include "services/townships/domain/repository.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::townships {

// What the handlers work with. Everything outlives the service. Snapshots and watches are streamed from the
// store itself, because a feed is bytes to this layer.
struct RpcDependencies {
  Repository* repository;
  const auth::Authenticator* authenticator;
  Executor* executor;       // for unary calls
  Executor* feed_executor;  // for watches and snapshots
  feed::Feed* feed;
  db::Pool* pool;
};

#define ZH_UNARY(Name)                                                                                   \
  grpc::ServerUnaryReactor* Name(grpc::CallbackServerContext* context, const v1::Name##Request* request, \
                                 v1::Name##Response* response) override

// The feeds are registered raw, so that stored bytes are sent as they are (change_feed.cc).
using TownshipServiceBase = v1::TownshipService::WithRawCallbackMethod_WatchChanges<
    v1::TownshipService::WithRawCallbackMethod_StreamSnapshot<v1::TownshipService::CallbackService>>;

// The gRPC face of the register. Thread-safe.
class TownshipServiceImpl final : public TownshipServiceBase {
 public:
  explicit TownshipServiceImpl(const RpcDependencies& dependencies)
      : deps_(dependencies), register_(*dependencies.repository) {}

  ZH_UNARY(GetDistrict);
  ZH_UNARY(ListDistricts);
  ZH_UNARY(CreateDistrict);
  ZH_UNARY(UpdateDistrict);
  ZH_UNARY(GetTownship);
  ZH_UNARY(ListTownships);
  ZH_UNARY(CreateTownship);
  ZH_UNARY(UpdateTownship);
  ZH_UNARY(ImportTownships);
  ZH_UNARY(GetVillage);
  ZH_UNARY(ListVillages);
  ZH_UNARY(CreateVillage);
  ZH_UNARY(UpdateVillage);
  ZH_UNARY(ImportVillages);
  ZH_UNARY(GetPopulation);
  ZH_UNARY(ListPopulations);
  ZH_UNARY(UpdatePopulation);
  ZH_UNARY(ImportPopulations);
  ZH_UNARY(GetRosterEntry);
  ZH_UNARY(ListRosterEntries);
  ZH_UNARY(CreateRosterEntry);
  ZH_UNARY(UpdateRosterEntry);
  ZH_UNARY(ImportRosterEntries);
  ZH_UNARY(EndRosterEntry);
  ZH_UNARY(ResolveRevision);
  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchChanges(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* bytes) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamSnapshot(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* bytes) override;

 private:
  const RpcDependencies deps_;
  Register register_;
};

#undef ZH_UNARY

}  // namespace zhenhui::townships

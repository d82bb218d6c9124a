#include "services/activities/service.h"

#include <utility>
#include <vector>

#include "common/db/pool.h"
#include "common/exec/executor.h"
#include "common/feed/feed.h"
#include "common/service/database_check.h"
#include "common/service/pool_gauges.h"
#include "common/service/readiness.h"
#include "common/status/status_macros.h"
#include "services/activities/catalogue/shipped_kinds.h"
#include "services/activities/domain/place_cache.h"
#include "services/activities/rpc/access.h"
#include "services/activities/rpc/activity_service.h"
#include "services/activities/rpc/plan_service.h"
#include "services/activities/rpc/townships_client.h"
#include "services/activities/storage/postgres_repository.h"
#include "services/activities/storage/postgres_targets.h"

namespace zhenhui::activities {
namespace {

constexpr int kFeedThreads = 2;
constexpr int kFeedConnections = 4;  // snapshots hold one each

class ActivitiesService final : public service::HostedService {
 public:
  ActivitiesService(const service::Config& config, KindCatalogue catalogue,
                    std::shared_ptr<grpc::Channel> townships)
      : catalogue_(std::move(catalogue)),
        townships_(std::move(townships)),
        places_(townships_, *config.clock),
        pool_({.dsn = config.dsn, .size = config.pool_size, .statements = Statements()}),
        feed_pool_({.dsn = config.dsn, .size = kFeedConnections, .statements = Statements()}),
        feed_(feed_pool_, {.dsn = config.dsn, .channel = kFeedChannel}),
        repository_(pool_, feed_),
        targets_(pool_, feed_),
        authenticator_(config.verifier, Access()),
        executor_(config.threads, config.queue_limit),
        feed_executor_(kFeedThreads, config.queue_limit),
        dependencies_({.repository = &repository_,
                       .targets = &targets_,
                       .places = &places_,
                       .catalogue = &catalogue_,
                       .clock = config.clock,
                       .authenticator = &authenticator_,
                       .executor = &executor_,
                       .feed_executor = &feed_executor_,
                       .feed = &feed_,
                       .pool = &feed_pool_,
                       .metrics = config.metrics}),
        rpc_(dependencies_),
        plan_rpc_(dependencies_) {
    if (config.metrics == nullptr) return;
    queued_ = config.metrics->GaugeFunction("zhenhui_activities_queued_calls", "Calls that wait for a thread",
                                            {}, [this] { return static_cast<double>(executor_.queued()); });
    pool_gauges_ = service::ExportPool(*config.metrics, "activities", pool_);
    feed_pool_gauges_ = service::ExportPool(*config.metrics, "activities_feed", feed_pool_);
  }
  ~ActivitiesService() override { Stop(); }

  std::vector<rpc::Server::Hosted> hosted() override {
    return {{&rpc_, kServiceName}, {&plan_rpc_, kPlanServiceName}};
  }

  void Start(std::function<void(bool)> set_serving) override {
    readiness_ = std::make_unique<service::Readiness>(
        kSchema, service::DatabaseCheck(feed_pool_, ActivitiesSchema()), std::move(set_serving));
  }
  void Stop() override {
    readiness_.reset();
    feed_.Close();
  }

 private:
  const KindCatalogue catalogue_;
  TownshipsClient townships_;
  PlaceCache places_;
  db::Pool pool_;       // for calls
  db::Pool feed_pool_;  // for followers, snapshots and readiness: pushes must not starve them
  feed::Feed feed_;
  PostgresRepository repository_;
  PostgresTargets targets_;
  auth::Authenticator authenticator_;
  ThreadPool executor_;
  ThreadPool feed_executor_;
  const RpcDependencies dependencies_;
  ActivityServiceImpl rpc_;
  PlanServiceImpl plan_rpc_;
  metrics::Registry::Handle queued_;
  std::vector<metrics::Registry::Handle> pool_gauges_, feed_pool_gauges_;
  std::unique_ptr<service::Readiness> readiness_;
};

}  // namespace

service::Schema ActivitiesSchema() { return {kSchema, &Migrations()}; }

absl::StatusOr<std::unique_ptr<service::HostedService>> CreateService(
    const service::Config& config, std::shared_ptr<grpc::Channel> townships) {
  ASSIGN_OR_RETURN(KindCatalogue catalogue, KindCatalogue::Load(ShippedKinds()));
  return std::make_unique<ActivitiesService>(config, std::move(catalogue), std::move(townships));
}

}  // namespace zhenhui::activities

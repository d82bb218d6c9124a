#include "services/townships/service.h"

#include <vector>

#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/exec/executor.h"
#include "common/feed/feed.h"
#include "common/service/database_check.h"
#include "common/service/pool_gauges.h"
#include "common/service/readiness.h"
#include "services/townships/rpc/access.h"
#include "services/townships/rpc/township_service.h"
#include "services/townships/storage/postgres_repository.h"

namespace zhenhui::townships {
namespace {

constexpr int kFeedThreads = 2;
constexpr int kFeedConnections = 4;  // snapshots hold one each

class TownshipsService final : public service::HostedService {
 public:
  explicit TownshipsService(const service::Config& config)
      : pool_({.dsn = config.dsn, .size = config.pool_size + kFeedConnections, .statements = Statements()}),
        feed_(pool_, {.dsn = config.dsn, .channel = "zhenhui_townships_feed"}),
        repository_(pool_, feed_, *config.clock),
        authenticator_(config.verifier, Access()),
        executor_(config.threads, config.queue_limit),
        feed_executor_(kFeedThreads, config.queue_limit),
        rpc_({.repository = &repository_,
              .authenticator = &authenticator_,
              .executor = &executor_,
              .feed_executor = &feed_executor_,
              .feed = &feed_,
              .pool = &pool_}) {
    if (config.metrics == nullptr) return;
    queued_ = config.metrics->GaugeFunction("zhenhui_townships_queued_calls", "Calls that wait for a thread",
                                            {}, [this] { return static_cast<double>(executor_.queued()); });
    pool_gauges_ = service::ExportPool(*config.metrics, "townships", pool_);
  }
  ~TownshipsService() override { Stop(); }

  std::vector<rpc::Server::Hosted> hosted() override { return {{&rpc_, kServiceName}}; }

  void Start(std::function<void(bool)> set_serving) override {
    readiness_ = std::make_unique<service::Readiness>(
        kSchema, service::DatabaseCheck(pool_, TownshipsSchema()), std::move(set_serving));
  }
  void Stop() override {
    readiness_.reset();
    feed_.Close();
  }

 private:
  db::Pool pool_;
  feed::Feed feed_;
  PostgresRepository repository_;
  auth::Authenticator authenticator_;
  ThreadPool executor_;
  ThreadPool feed_executor_;
  TownshipServiceImpl rpc_;
  metrics::Registry::Handle queued_;
  std::vector<metrics::Registry::Handle> pool_gauges_;
  std::unique_ptr<service::Readiness> readiness_;
};

}  // namespace

service::Schema TownshipsSchema() { return {kSchema, &Migrations()}; }

absl::StatusOr<std::unique_ptr<service::HostedService>> CreateService(const service::Config& config) {
  return std::make_unique<TownshipsService>(config);
}

}  // namespace zhenhui::townships

#include "services/reporting/service.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/db/migrate.h"
#include "common/exec/executor.h"
#include "common/service/pool_gauges.h"
#include "common/service/readiness.h"
#include "common/status/status_macros.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/reports.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/history_service.h"
#include "services/reporting/rpc/oversight_service.h"
#include "services/reporting/rpc/rollup_service.h"
#include "services/reporting/rpc/year_end_service.h"
#include "services/reporting/storage/postgres_alarm_store.h"
#include "services/reporting/storage/postgres_cell_store.h"
#include "services/reporting/storage/postgres_year_end_store.h"
#include "services/reporting/upkeep/district_names.h"
#include "services/reporting/upkeep/restater.h"
#include "services/reporting/upkeep/upkeep.h"

namespace zhenhui::reporting {
namespace {

constexpr int kWatchThreads = 2;
constexpr absl::Duration kLoadTimeout = absl::Seconds(60);

class ReportingService final : public service::HostedService {
 public:
  ReportingService(const service::Config& config, const Options& options,
                   std::unique_ptr<Vocabulary> vocabulary, std::unique_ptr<Catalogue> catalogue,
                   ReportTexts report_texts)
      : vocabulary_(std::move(vocabulary)),
        catalogue_(std::move(catalogue)),
        store_(config.dsn, options.scope),
        year_end_store_(config.dsn),
        alarm_store_(config.dsn),
        cube_(*vocabulary_),
        upkeep_(cube_, *catalogue_, store_,
                {.activities = options.activities,
                 .townships = options.townships,
                 .scope = options.scope,
                 .clock = config.clock,
                 .flush_interval = options.flush_interval,
                 .verify_interval = options.verify_interval}),
        district_names_(options.townships),
        year_ends_({.cube = &cube_,
                    .plans = &catalogue_->plans(),
                    .store = &year_end_store_,
                    .clock = config.clock,
                    .following = [this] { return upkeep_.following(); },
                    .district_name =
                        [this](const std::string& district, absl::Time deadline) {
                          return district_names_.Get(district, deadline);
                        }}),
        explainer_(cube_, *config.clock, options.activities, options.townships),
        history_(cube_, *config.clock, options.activities, options.townships),
        options_(options),
        clock_(config.clock),
        oversight_sources_(options.activities, options.townships),
        board_(cube_),
        authenticator_(config.verifier, Access()),
        executor_(config.threads, config.queue_limit),
        watch_executor_(kWatchThreads, config.queue_limit),
        rpc_({.cube = &cube_,
              .catalogue = catalogue_.get(),
              .upkeep = &upkeep_,
              .explainer = &explainer_,
              .sources = &oversight_sources_,
              .board = &board_,
              .authenticator = &authenticator_,
              .executor = &executor_,
              .watch_executor = &watch_executor_,
              .clock = config.clock}),
        year_end_rpc_({.cube = &cube_,
                       .year_ends = &year_ends_,
                       .store = &year_end_store_,
                       .authenticator = &authenticator_,
                       .executor = &executor_,
                       .ready = [this] { return rpc_.Ready(); }}),
        history_rpc_({.history = &history_,
                      .plans = &catalogue_->plans(),
                      .authenticator = &authenticator_,
                      .executor = &executor_,
                      .ready = [this] { return rpc_.Ready(); }}),
        oversight_rpc_({.cube = &cube_,
                        .plans = &catalogue_->plans(),
                        .sources = &oversight_sources_,
                        .alarms = &alarm_store_,
                        .authenticator = &authenticator_,
                        .executor = &executor_,
                        .clock = config.clock,
                        .ready = [this] { return rpc_.Ready(); }}),
        reports_({.dsn = config.dsn,
                  .activities = options.activities,
                  .townships = options.townships,
                  .cube = &cube_,
                  .catalogue = catalogue_.get(),
                  .year_ends = &year_ends_,
                  .authenticator = &authenticator_,
                  .alarms = &alarm_store_,
                  .executor = &executor_,
                  .clock = config.clock,
                  .ready = [this] { return rpc_.Ready(); },
                  .district_name =
                      [this](const std::string& district, absl::Time deadline) {
                        return district_names_.Get(district, deadline);
                      }},
                 std::move(report_texts)) {
    if (config.metrics != nullptr) AddGauges(*config.metrics);
  }
  ~ReportingService() override { Stop(); }

  std::vector<rpc::Server::Hosted> hosted() override {
    return {{&rpc_, kServiceName, rpc_.own_records()},
            {&year_end_rpc_, kYearEndServiceName},
            {&history_rpc_, kHistoryServiceName},
            {&oversight_rpc_, kOversightServiceName},
            {reports_.service(), kReportServiceName}};
  }

  void Start(std::function<void(bool)> set_serving) override {
    restater_ = std::make_unique<Restater>(
        cube_, catalogue_->plans(), year_ends_, year_end_store_,
        Restater::Options{.activities = ActivitiesFeed(options_.activities),
                          .townships = TownshipsFeed(options_.townships),
                          .interval = options_.restate_interval,
                          .leading = [this] { return upkeep_.loaded() && store_.leading(); },
                          .clock = clock_});
    readiness_ = std::make_unique<service::Readiness>(
        kSchema, [this] { return Check(); }, std::move(set_serving));
  }
  void Stop() override {
    readiness_.reset();
    restater_.reset();
    board_.Close();
    upkeep_.Stop();
  }

 private:
  void AddGauges(metrics::Registry& registry) {
    const auto add = [&](const char* name, const char* help, std::function<double()> read) {
      gauges_.push_back(registry.GaugeFunction(name, help, {}, std::move(read)));
    };
    add("zhenhui_reporting_lag_revisions", "Revisions that the feeds told of and the figures do not include",
        [this] { return static_cast<double>(Lag()); });
    add("zhenhui_reporting_unflushed_towns", "Towns with cells that are not stored yet",
        [this] { return static_cast<double>(cube_.DirtyTowns().size()); });
    add("zhenhui_reporting_following", "1 while both feeds are connected",
        [this] { return upkeep_.following() ? 1.0 : 0.0; });
    add("zhenhui_reporting_queued_calls", "Calls that wait for a thread",
        [this] { return static_cast<double>(executor_.queued()); });
    pool_gauges_ = service::ExportPool(registry, kSchema, store_.pool());
  }
  int64_t Lag() const {
    int64_t lag = 0;
    for (const std::string& township : cube_.TownshipsUnder("")) {
      const absl::StatusOr<TownFreshness> fresh = cube_.Freshness(township);
      if (!fresh.ok()) continue;
      for (const Feed feed : {Feed::kActivities, Feed::kTownships})
        lag += fresh->head[feed] - fresh->applied[feed];
    }
    return lag;
  }

  // Until the cells are loaded the database decides, after that only whether the catalogues agree.
  absl::Status Check() {
    if (!upkeep_.loaded()) {
      RETURN_IF_ERROR(CheckSchema());
      RETURN_IF_ERROR(upkeep_.Start(absl::Now() + kLoadTimeout));
    }
    return catalogue_->agreement();
  }
  absl::Status CheckSchema() {
    ASSIGN_OR_RETURN(db::Pool::Lease lease, store_.pool().Acquire(absl::Now() + absl::Seconds(2)));
    return db::CheckSchema(*lease, kSchema, Migrations());
  }

  const std::unique_ptr<Vocabulary> vocabulary_;
  const std::unique_ptr<Catalogue> catalogue_;
  PostgresCellStore store_;
  PostgresYearEndStore year_end_store_;
  PostgresAlarmStore alarm_store_;
  Cube cube_;
  Upkeep upkeep_;
  DistrictNames district_names_;
  YearEnds year_ends_;
  Explainer explainer_;
  History history_;
  const Options options_;
  const Clock* const clock_;
  OversightSources oversight_sources_;
  WatchBoard board_;
  auth::Authenticator authenticator_;
  ThreadPool executor_;
  ThreadPool watch_executor_;
  RollupServiceImpl rpc_;
  YearEndServiceImpl year_end_rpc_;
  HistoryServiceImpl history_rpc_;
  OversightServiceImpl oversight_rpc_;
  Reports reports_;
  std::vector<metrics::Registry::Handle> gauges_, pool_gauges_;
  std::unique_ptr<Restater> restater_;
  std::unique_ptr<service::Readiness> readiness_;
};

}  // namespace

service::Schema ReportingSchema() { return {kSchema, &Migrations()}; }

absl::StatusOr<std::unique_ptr<service::HostedService>> CreateService(const service::Config& config,
                                                                      const Options& options) {
  auto vocabulary = std::make_unique<Vocabulary>();
  std::string json = options.metrics_json.empty() ? std::string(ShippedMetrics()) : options.metrics_json;
  ASSIGN_OR_RETURN(auto catalogue, Catalogue::Load(std::move(json), *vocabulary));
  ASSIGN_OR_RETURN(ReportTexts texts, LoadReportTexts(options.report_templates, catalogue->metrics()));
  return std::make_unique<ReportingService>(config, options, std::move(vocabulary), std::move(catalogue),
                                            std::move(texts));
}

absl::StatusOr<int64_t> RequestRebuilds(const std::string& dsn, const std::string& prefix) {
  ASSIGN_OR_RETURN(const std::string service_dsn, service::ServiceDsn(dsn, ReportingSchema()));
  PostgresCellStore store(service_dsn, "");
  return store.RequestRebuilds(prefix, absl::Now() + absl::Seconds(30));
}

}  // namespace zhenhui::reporting

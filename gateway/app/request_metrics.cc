#include "gateway/app/request_metrics.h"

#include "common/log/log.h"

namespace zhenhui::gateway {
namespace {

constexpr absl::Duration kSlow = absl::Milliseconds(500);
constexpr char kTotalHelp[] = "HTTP requests by route and code";
constexpr char kSecondsHelp[] = "Time from a whole request to the end of its answer, by route";

}  // namespace

void RequestMetrics::Record(const http::Record& record) {
  const std::string_view route = record.route.empty() ? "other" : record.route;
  prometheus::Histogram* seconds = nullptr;
  CounterFor(route, record.status, &seconds).Increment();
  seconds->Observe(absl::ToDoubleSeconds(record.took));
  if (access_log_ == AccessLog::kAll || (access_log_ == AccessLog::kProblems &&
                                         (record.status >= 500 || (!record.streamed && record.took > kSlow))))
    Write(record);
}

prometheus::Counter& RequestMetrics::CounterFor(std::string_view route, int status,
                                                prometheus::Histogram** seconds) {
  {
    std::shared_lock lock(mu_);
    const auto entry = entries_.find(route);
    if (entry != entries_.end()) {
      *seconds = entry->second.seconds;
      const auto total = entry->second.totals.find(status);
      if (total != entry->second.totals.end()) return *total->second;
    }
  }
  const metrics::Labels labels = {{"route", std::string(route)}};
  std::unique_lock lock(mu_);
  Entry& entry = entries_[std::string(route)];
  entry.seconds =
      &registry_.Histogram("zhenhui_http_request_seconds", kSecondsHelp, metrics::LatencyBounds(), labels);
  *seconds = entry.seconds;
  prometheus::Counter*& total = entry.totals[status];
  total = &registry_.Counter("zhenhui_http_requests_total", kTotalHelp,
                             {{"route", std::string(route)}, {"code", std::to_string(status)}});
  return *total;
}

void RequestMetrics::Write(const http::Record& record) const {
  log::Info("request", {{"method", record.method},
                        {"path", record.path},
                        {"route", record.route},
                        {"status", record.status},
                        {"whole", record.whole},
                        {"bytes", record.bytes},
                        {"ms", absl::ToDoubleMilliseconds(record.took)},
                        {"request_id", record.request_id},
                        {"peer", record.peer}});
}

}  // namespace zhenhui::gateway

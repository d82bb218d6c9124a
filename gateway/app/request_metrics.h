#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "common/metrics/registry.h"
#include "gateway/http/server.h"

namespace zhenhui::gateway {

enum class AccessLog {
  kAll,       // a line for each request
  kProblems,  // those that the server failed (500 and above) or that took more than half a second, streams
              // aside
  kOff,
};

// Counts, times and writes down what was asked: zhenhui_http_requests_total{route,code} and
// zhenhui_http_request_seconds{route}. A request without a route counts as "other", so that nobody can make
// up label values. Thread-safe.
class RequestMetrics {
 public:
  // `registry` outlives it.
  RequestMetrics(metrics::Registry& registry, AccessLog access_log)
      : registry_(registry), access_log_(access_log) {}

  void Record(const http::Record& record);

 private:
  struct Entry {
    prometheus::Histogram* seconds;
    std::map<int, prometheus::Counter*> totals;  // guarded by mu_
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  prometheus::Counter& CounterFor(std::string_view route, int status, prometheus::Histogram** seconds);
  void Write(const http::Record& record) const;

  metrics::Registry& registry_;
  const AccessLog access_log_;
  std::shared_mutex mu_;
  std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;  // guarded by mu_
};

}  // namespace zhenhui::gateway

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

namespace zhenhui::metrics {

using Labels = std::map<std::string, std::string>;

// The metrics of one process. Names start with "zhenhui_" and end with their unit. Thread-safe. The
// references that it returns live as long as it does; asking again with the same name and labels returns the
// same object. Asking is slow (a lock and a map): do it once and keep the reference.
class Registry {
 public:
  Registry();
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  prometheus::Counter& Counter(const std::string& name, const std::string& help, const Labels& labels = {});
  prometheus::Gauge& Gauge(const std::string& name, const std::string& help, const Labels& labels = {});
  // `bounds` are upper bounds, ascending; the same for all label sets of one name.
  prometheus::Histogram& Histogram(const std::string& name, const std::string& help,
                                   const std::vector<double>& bounds, const Labels& labels = {});

  // A gauge that is read when somebody asks (queue length, idle connections). `read` is called from the
  // exposer's thread and must stay callable as long as the registry lives, or until the returned handle is
  // destroyed.
  using Handle = std::shared_ptr<void>;
  [[nodiscard]] Handle GaugeFunction(const std::string& name, const std::string& help, const Labels& labels,
                                     std::function<double()> read);

  // The Prometheus text format.
  std::string Render() const;

  std::shared_ptr<prometheus::Collectable> collectable() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

// Seconds from 50 us to 30 s: for calls and for SQL statements.
const std::vector<double>& LatencyBounds();

}  // namespace zhenhui::metrics

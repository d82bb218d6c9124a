#include "common/metrics/registry.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

namespace zhenhui::metrics {

class Registry::Impl final : public prometheus::Collectable {
 public:
  struct Source {
    std::string name;
    std::string help;
    Labels labels;
    std::function<double()> read;

    prometheus::ClientMetric Sample() const {
      prometheus::ClientMetric metric;
      for (const auto& [label, value] : labels) metric.label.push_back({label, value});
      metric.gauge.value = read();
      return metric;
    }
  };

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> families = registry.Collect();
    // Sources are read under the lock, so that dropping a handle waits for a read that is under way.
    std::lock_guard lock(mu);
    std::map<std::string, prometheus::MetricFamily> gauges;
    for (const auto& [id, source] : sources) {
      prometheus::MetricFamily& family = gauges[source.name];
      family.name = source.name;
      family.help = source.help;
      family.type = prometheus::MetricType::Gauge;
      family.metric.push_back(source.Sample());
    }
    for (auto& [name, family] : gauges) families.push_back(std::move(family));
    return families;
  }

  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Merge};
  mutable std::mutex mu;
  std::map<std::uint64_t, Source> sources;  // guarded by mu
  std::uint64_t next_id = 1;                // guarded by mu
};

Registry::Registry() : impl_(std::make_shared<Impl>()) {}
Registry::~Registry() = default;

prometheus::Counter& Registry::Counter(const std::string& name, const std::string& help,
                                       const Labels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(impl_->registry).Add(labels);
}

prometheus::Gauge& Registry::Gauge(const std::string& name, const std::string& help, const Labels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add(labels);
}

prometheus::Histogram& Registry::Histogram(const std::string& name, const std::string& help,
                                           const std::vector<double>& bounds, const Labels& labels) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->registry).Add(labels, bounds);
}

Registry::Handle Registry::GaugeFunction(const std::string& name, const std::string& help,
                                         const Labels& labels, std::function<double()> read) {
  std::lock_guard lock(impl_->mu);
  const std::uint64_t id = impl_->next_id++;
  impl_->sources.emplace(id, Impl::Source{name, help, labels, std::move(read)});
  const std::weak_ptr<Impl> weak = impl_;
  return Handle(nullptr, [weak, id](void*) {
    if (const std::shared_ptr<Impl> impl = weak.lock()) {
      std::lock_guard erase_lock(impl->mu);
      impl->sources.erase(id);
    }
  });
}

std::string Registry::Render() const { return prometheus::TextSerializer().Serialize(impl_->Collect()); }

std::shared_ptr<prometheus::Collectable> Registry::collectable() const { return impl_; }

const std::vector<double>& LatencyBounds() {
  static const std::vector<double> bounds = {0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025,
                                             0.005,   0.01,   0.025,   0.05,   0.1,   0.25,
                                             0.5,     1,      2.5,     5,      10,    30};
  return bounds;
}

}  // namespace zhenhui::metrics

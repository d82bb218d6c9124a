#include "common/metrics/timers.h"

#include <atomic>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"

namespace zhenhui::metrics {

inline constexpr std::size_t kCodes = 17;  // absl's and gRPC's codes are 0 to 16

struct Timers::Entry {
  explicit Entry(prometheus::Histogram& histogram) : seconds(histogram) {}
  prometheus::Histogram& seconds;
  std::array<std::atomic<prometheus::Counter*>, kCodes> totals =
      {};  // made on first use: most codes never come
};

Timers::Timers(Registry& registry, std::string prefix, std::string label, std::string help)
    : registry_(registry), prefix_(std::move(prefix)), label_(std::move(label)), help_(std::move(help)) {}
Timers::~Timers() = default;

void Timers::Record(std::string_view name, absl::StatusCode code, std::chrono::nanoseconds took) {
  Entry& entry = Find(name);
  entry.seconds.Observe(std::chrono::duration<double>(took).count());
  const auto raw = static_cast<std::size_t>(code);
  const std::size_t known = raw < kCodes ? raw : static_cast<std::size_t>(absl::StatusCode::kUnknown);
  CounterFor(entry, name, static_cast<int>(known)).Increment();
}

Timers::Entry& Timers::Find(std::string_view name) {
  {
    std::shared_lock lock(mu_);
    const auto found = entries_.find(name);
    if (found != entries_.end()) return *found->second;
  }
  std::unique_lock lock(mu_);
  std::unique_ptr<Entry>& entry = entries_[std::string(name)];
  if (entry == nullptr) {
    entry = std::make_unique<Entry>(registry_.Histogram(prefix_ + "_seconds", help_ + " (duration)",
                                                        LatencyBounds(), {{label_, std::string(name)}}));
  }
  return *entry;
}

prometheus::Counter& Timers::CounterFor(Entry& entry, std::string_view name, int code) {
  std::atomic<prometheus::Counter*>& slot = entry.totals[static_cast<std::size_t>(code)];
  prometheus::Counter* counter = slot.load(std::memory_order_acquire);
  if (counter == nullptr) {
    // Two threads may both come here: the registry gives them the same counter.
    counter = &registry_.Counter(prefix_ + "_total", help_ + " (count by outcome)",
                                 {{label_, std::string(name)},
                                  {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}});
    slot.store(counter, std::memory_order_release);
  }
  return *counter;
}

}  // namespace zhenhui::metrics

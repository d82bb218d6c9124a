#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "common/metrics/registry.h"

namespace zhenhui::metrics {

// Counts and times named work, by its outcome: `<prefix>_total{<label>=name,code=...}` and
// `<prefix>_seconds{<label>=name}`. One for RPCs (label "method"), one for SQL statements (label
// "statement"). Thread-safe; after a name's first use Record takes a shared lock and no allocation.
class Timers {
 public:
  // `registry` must outlive it.
  Timers(Registry& registry, std::string prefix, std::string label, std::string help);
  ~Timers();

  void Record(std::string_view name, absl::StatusCode code, std::chrono::nanoseconds took);

 private:
  struct Entry;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  Entry& Find(std::string_view name);
  prometheus::Counter& CounterFor(Entry& entry, std::string_view name, int code);

  Registry& registry_;
  const std::string prefix_;
  const std::string label_;
  const std::string help_;
  std::shared_mutex mu_;
  std::unordered_map<std::string, std::unique_ptr<Entry>, Hash, std::equal_to<>> entries_;  // guarded by mu_
};

}  // namespace zhenhui::metrics

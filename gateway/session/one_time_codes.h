#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace zhenhui::gateway::session {

// Codes for links that sign a person in, each good once. Kept in memory: after a restart a link is dead.
// Thread-safe.
class OneTimeCodes {
 public:
  // `clock` outlives it.
  explicit OneTimeCodes(const Clock& clock) : clock_(clock) {}

  // A code of 128 random bits that stands for `token` for so long.
  std::string Add(std::string token, absl::Duration life);
  // The token; none if the code is unknown, used or too old.
  std::optional<std::string> Take(std::string_view code);

 private:
  struct Entry {
    std::string token;
    absl::Time expires;
  };
  const Clock& clock_;
  std::mutex mu_;
  absl::flat_hash_map<std::string, Entry> codes_;  // guarded by mu_
};

}  // namespace zhenhui::gateway::session

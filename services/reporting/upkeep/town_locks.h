#pragma once
#include <array>
#include <functional>
#include <mutex>
#include <string_view>

namespace zhenhui::reporting {

// A mutex for each town: its cells are not replaced while they are being stored, and other towns do not wait.
// Towns may share one, so hold that of one town at a time. Thread-safe.
class TownLocks {
 public:
  std::mutex& Of(std::string_view township) {
    return locks_[std::hash<std::string_view>()(township) % locks_.size()];
  }

 private:
  std::array<std::mutex, 64> locks_;
};

}  // namespace zhenhui::reporting

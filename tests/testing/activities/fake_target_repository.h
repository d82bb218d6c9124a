#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "common/status/status_macros.h"
#include "services/activities/domain/target_repository.h"

namespace zhenhui::activities::testing {

// Targets in memory, with a sequence of revisions of their own. Thread-safe.
class FakeTargetRepository final : public TargetRepository {
 public:
  absl::StatusOr<int64_t> Write(std::string_view township, std::span<const std::string> ids, Decide decide,
                                const WriteStamp& stamp, absl::Time) override {
    std::lock_guard lock(mu_);
    Town& town = towns_[std::string(township)];
    const auto found = LookUp(town, ids);
    // Twice, as a transaction that runs again would.
    RETURN_IF_ERROR(decide(found, town.head + 7).status());
    ASSIGN_OR_RETURN(const std::vector<PlannedTarget> plan, decide(found, town.head));
    for (const PlannedTarget& write : plan) {
      town.targets[TargetId(write.content)] = {std::string(township), write.content, ++town.head, stamp.at,
                                               stamp.by};
    }
    return town.head;
  }
  absl::StatusOr<int64_t> Inspect(std::string_view township, std::span<const std::string> ids, Decide decide,
                                  absl::Time) override {
    std::lock_guard lock(mu_);
    const Town& town = towns_[std::string(township)];
    const auto found = LookUp(town, ids);
    RETURN_IF_ERROR(decide(found, town.head).status());
    return town.head;
  }
  absl::StatusOr<std::vector<StoredTarget>> List(std::string_view prefix, int year, absl::Time) override {
    std::lock_guard lock(mu_);
    std::vector<StoredTarget> targets;
    for (const auto& [code, town] : towns_) {
      if (code.substr(0, prefix.size()) != prefix) continue;
      for (const auto& [id, stored] : town.targets) {
        if (stored.content.year == year && !stored.content.withdrawn) targets.push_back(stored);
      }
    }
    return targets;
  }

 private:
  struct Town {
    int64_t head = 0;
    std::map<std::string, StoredTarget> targets;
  };
  static std::vector<std::optional<StoredTarget>> LookUp(const Town& town, std::span<const std::string> ids) {
    std::vector<std::optional<StoredTarget>> found;
    for (const std::string& id : ids) {
      const auto it = town.targets.find(id);
      found.push_back(it == town.targets.end() ? std::nullopt : std::optional(it->second));
    }
    return found;
  }

  std::mutex mu_;
  std::map<std::string, Town, std::less<>> towns_;  // guarded by mu_
};

}  // namespace zhenhui::activities::testing

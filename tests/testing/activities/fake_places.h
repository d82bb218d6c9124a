#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "services/activities/domain/places.h"
#include "tests/testing/activities/samples.h"

namespace zhenhui::activities::testing {

// A register with the sample town, which exists from 2001 on and has one village from 2010 on. Thread-safe.
class FakePlaces final : public PlaceRegister {
 public:
  FakePlaces() {
    places_.township.from = Date(2001, 1, 1);
    places_.villages[kVillage].from = Date(2010, 1, 1);
  }

  absl::StatusOr<std::shared_ptr<const Places>> Get(std::string_view, Freshness freshness,
                                                    absl::Time) override {
    std::lock_guard lock(mu_);
    ++asked_;
    if (!error_.ok()) return error_;
    if (last_ == nullptr || freshness == Freshness::kRefresh) last_ = std::make_shared<Places>(places_);
    return last_;
  }

  // The sample town alone.
  absl::StatusOr<std::vector<std::string>> TownshipsOf(std::string_view, absl::Time) override {
    std::lock_guard lock(mu_);
    if (!error_.ok()) return error_;
    return std::vector<std::string>{kTown};
  }
  void SetDueDay(int day) {
    std::lock_guard lock(mu_);
    places_.confirmation_due_day = day;
  }

  void SetError(absl::Status error) {
    std::lock_guard lock(mu_);
    error_ = std::move(error);
  }
  // Seen by those who refresh.
  void AddVillage(const std::string& code) {
    std::lock_guard lock(mu_);
    places_.villages[code] = {};
  }
  int asked() const {
    std::lock_guard lock(mu_);
    return asked_;
  }

 private:
  mutable std::mutex mu_;
  Places places_;  // guarded by mu_, as everything below
  std::shared_ptr<const Places> last_;
  absl::Status error_;
  int asked_ = 0;
};

}  // namespace zhenhui::activities::testing

#pragma once
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/activities/domain/places.h"

namespace zhenhui::activities {

// Keeps what a slow register says about each township. While one caller asks for a township, the others are
// given what is known; what is known is used for as long as the register cannot be reached. Thread-safe.
class PlaceCache final : public PlaceRegister {
 public:
  struct Options {
    absl::Duration ttl = absl::Seconds(60);
    absl::Duration min_refresh = absl::Seconds(1);  // between two questions about one township
    size_t capacity = 2000;  // townships; the one that was asked for longest ago goes first
  };
  // Both must outlive the cache.
  PlaceCache(PlaceRegister& source, const Clock& clock, Options options)
      : source_(source), clock_(clock), options_(options) {}
  PlaceCache(PlaceRegister& source, const Clock& clock) : PlaceCache(source, clock, Options()) {}

  absl::StatusOr<std::shared_ptr<const Places>> Get(std::string_view township, Freshness freshness,
                                                    absl::Time deadline) override;
  absl::StatusOr<std::vector<std::string>> TownshipsOf(std::string_view district,
                                                       absl::Time deadline) override {
    return source_.TownshipsOf(district, deadline);
  }

 private:
  struct Entry {
    std::shared_ptr<const Places> places;  // null: not known
    absl::Status error;                    // why it is not known
    absl::Time asked = absl::InfinitePast();
    bool asking = false;
  };

  bool MustAsk(const Entry& entry, Freshness freshness) const;
  void MakeRoom();

  PlaceRegister& source_;
  const Clock& clock_;
  const Options options_;
  std::mutex mu_;
  std::condition_variable answered_;
  std::map<std::string, Entry, std::less<>> entries_;  // guarded by mu_
};

}  // namespace zhenhui::activities

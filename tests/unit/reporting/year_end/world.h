#pragma once
#include <array>
#include <string>
#include <vector>

#include "services/reporting/domain/year_end/year_ends.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/reporting/fake_year_end_store.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {

// Two towns of district 630106 whose year 2024 is confirmed, on 10 January 2025, with a cube that is told of
// changes and a store in memory.
class YearWorld {
 public:
  static inline const std::string kTowns[] = {"630106101", "630106102"};
  static inline const YearKey kKey{"630106", 2024};

  YearWorld();

  // One lecture more, or one of them deleted, on 5 March of the year.
  void AddLecture(int town, int year = 2024);
  void DeleteLecture(int town);
  void Confirm(int town, Date month);

  absl::StatusOr<YearEndView> View(const YearKey& key = kKey) { return ends.View(key, deadline); }
  absl::StatusOr<YearEndView> Do(const YearCommand& command, const std::string& by,
                                 const YearKey& key = kKey) {
    return ends.Do(key, command, by, deadline);
  }
  // Signs with what the figures are now.
  absl::StatusOr<YearEndView> Sign(int town, const YearKey& key = kKey);
  absl::StatusOr<YearEndView> Approve(const std::string& by, const YearKey& key = kKey);
  // Signs, approves by "first" and "second", and closes.
  absl::StatusOr<YearEndView> CloseAll(const YearKey& key = kKey);
  absl::Status ReopenIt(const YearKey& key = kKey);

  const absl::Time deadline = absl::InfiniteFuture();
  testing::SmallCatalogue small;
  Cube cube;
  testing::FakeClock clock;
  absl::Duration store_ahead = absl::ZeroDuration();  // of `clock`
  testing::FakeYearEndStore store;
  bool following = true;
  absl::StatusOr<std::string> name = "示例区";
  YearEnds ends;

 private:
  void Tell(int town, Facts before, Facts after);

  std::array<int64_t, 2> revisions_{};
};

}  // namespace zhenhui::reporting

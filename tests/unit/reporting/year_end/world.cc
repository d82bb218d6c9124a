#include "tests/unit/reporting/year_end/world.h"

#include <stdexcept>
#include <utility>

#include "common/status/status_macros.h"

namespace zhenhui::reporting {

YearWorld::YearWorld()
    : cube(small.vocabulary),
      clock(Date(2025, 1, 10)),
      store([this] { return clock.Now() + store_ahead; }),
      ends({.cube = &cube,
            .plans = small.plans.get(),
            .store = &store,
            .clock = &clock,
            .following = [this] { return following; },
            .district_name = [this](const std::string&, absl::Time) { return name; }}) {
  for (int town = 0; town < 2; ++town) {
    const Change place{1, {}, TownshipFacts{"示例镇", 1, {}}};
    if (!cube.Apply(kTowns[town], Feed::kTownships, {&place, 1}, clock.Now()).ok())
      throw std::runtime_error("cube");
    for (int month = 1; month <= 12; ++month) Confirm(town, Date(2024, month, 1));
  }
}

void YearWorld::Tell(int town, Facts before, Facts after) {
  const Change change{++revisions_[static_cast<size_t>(town)], std::move(before), std::move(after)};
  if (!cube.Apply(kTowns[town], Feed::kActivities, {&change, 1}, clock.Now()).ok())
    throw std::runtime_error("cube");
}

void YearWorld::AddLecture(int town, int year) {
  Tell(town, {}, small.Activity("lecture", Date(year, 3, 5), "", {}));
}

void YearWorld::DeleteLecture(int town) {
  ActivityFacts lecture = small.Activity("lecture", Date(2024, 3, 5), "", {});
  const Facts before = lecture;
  lecture.active = false;
  Tell(town, before, lecture);
}

void YearWorld::Confirm(int town, Date month) { Tell(town, {}, MonthConfirmed{month}); }

absl::StatusOr<YearEndView> YearWorld::Sign(int town, const YearKey& key) {
  ASSIGN_OR_RETURN(const YearEndView view, View(key));
  return Do(SignTown{kTowns[town], view.facts.towns.at(static_cast<size_t>(town)).digest, ""},
            "clerk-" + kTowns[town], key);
}

absl::StatusOr<YearEndView> YearWorld::Approve(const std::string& by, const YearKey& key) {
  ASSIGN_OR_RETURN(const YearEndView view, View(key));
  return Do(ApproveYear{view.facts.digest}, by, key);
}

absl::StatusOr<YearEndView> YearWorld::CloseAll(const YearKey& key) {
  for (int town = 0; town < 2; ++town) RETURN_IF_ERROR(Sign(town, key).status());
  for (const char* person : {"first", "second"}) RETURN_IF_ERROR(Approve(person, key).status());
  return Do(CloseYear{}, "job", key);
}

absl::Status YearWorld::ReopenIt(const YearKey& key) {
  RETURN_IF_ERROR(Do(RequestReopening{"漏报"}, "first", key).status());
  return Do(ApproveReopening{}, "second", key).status();
}

}  // namespace zhenhui::reporting

// Several processes that look at a closed year at once: each late change is told once, under one number.
#include <gmock/gmock.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/storage/postgres_cell_store.h"
#include "services/reporting/storage/postgres_year_end_store.h"
#include "services/reporting/upkeep/restater.h"
#include "services/reporting/upkeep/upkeep.h"
#include "tests/integration/reporting/year_end_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using zhenhui::testing::IsOk;

// What a second reporting process is made of, as far as closed years are concerned. It believes that it
// leads, as two do for a moment when the lock goes from one to the other.
class RestatingProcess {
 public:
  RestatingProcess(const std::string& dsn, const std::shared_ptr<grpc::Channel>& activities,
                   const std::shared_ptr<grpc::Channel>& townships, const Clock& clock)
      : catalogue_(Catalogue::Load(std::string(ShippedMetrics()), vocabulary_).value()),
        cells_(dsn, ""),
        store_(dsn),
        cube_(vocabulary_),
        upkeep_(cube_, *catalogue_, cells_,
                {.activities = activities, .townships = townships, .scope = "630106", .clock = &clock}),
        ends_({.cube = &cube_,
               .plans = &catalogue_->plans(),
               .store = &store_,
               .clock = &clock,
               .following = [this] { return upkeep_.following(); },
               .district_name = [](const std::string&, absl::Time) { return std::string("示例区"); }}) {
    EXPECT_THAT(upkeep_.Start(absl::Now() + absl::Seconds(30)), IsOk());
    restater_.emplace(cube_, catalogue_->plans(), ends_, store_,
                      Restater::Options{.activities = ActivitiesFeed(activities),
                                        .townships = TownshipsFeed(townships),
                                        .interval = absl::Milliseconds(1),
                                        .leading = [this] { return upkeep_.loaded(); },
                                        .clock = &clock});
  }
  ~RestatingProcess() {
    restater_.reset();
    upkeep_.Stop();
  }

 private:
  Vocabulary vocabulary_;
  const std::unique_ptr<Catalogue> catalogue_;
  PostgresCellStore cells_;
  PostgresYearEndStore store_;
  Cube cube_;
  Upkeep upkeep_;
  YearEnds ends_;
  std::optional<Restater> restater_;
};

class RestatementTest : public YearEndTest {
 protected:
  // "2" and "3" of a restatement's change of the year's lectures.
  static std::pair<std::string, std::string> Lectures(const v1::Restatement& restatement) {
    for (const auto& figure : restatement.figures()) {
      if (figure.metric() == "metrics/law_lectures" && figure.period() == "2024")
        return {figure.old_figure().decimal(), figure.new_figure().decimal()};
    }
    return {};
  }
  // All restatements, once the last says that there are so many lectures.
  v1::ListRestatementsResponse AwaitLectures(const std::string& count) {
    v1::ListRestatementsResponse all;
    for (const absl::Time until = absl::Now() + absl::Seconds(30); absl::Now() < until;) {
      all = AwaitRestatements(all.restatements_size() + 1);
      if (all.restatements_size() > 0 && Lectures(*all.restatements().rbegin()).second == count) break;
    }
    return all;
  }
  std::unique_ptr<RestatingProcess> AnotherProcess() {
    return std::make_unique<RestatingProcess>(reporting_->dsn(), activities_->Channel(auth::Role::kJob, "*"),
                                              townships_->Channel(auth::Role::kJob, "*"), clock_);
  }
};

TEST_F(RestatementTest, ProcessesThatLookAtOnceTellEachChangeOnce) {
  CloseAll();
  const auto second = AnotherProcess();
  const auto third = AnotherProcess();
  constexpr int kLate = 12;
  for (int i = 0; i < kLate; ++i) {
    Push({MakeActivity(absl::StrCat("late-", i), "law_lecture", "2024-07-08", {{"attendances", 25}})},
         "漏报补录");
  }
  const auto all = AwaitLectures(absl::StrCat(2 + kLate));
  std::string before = "2";
  std::map<std::string, int> told;
  for (int i = 0; i < all.restatements_size(); ++i) {
    const v1::Restatement& one = all.restatements(i);
    EXPECT_EQ(one.name(), absl::StrCat(kYearEnd2024, "/restatements/", i + 1)) << "numbered without a gap";
    const auto [old_value, new_value] = Lectures(one);
    EXPECT_EQ(old_value, before) << one.name() << " goes on where the one before ended";
    before = new_value;
    for (const auto& record : one.records()) ++told[record.record()];
  }
  EXPECT_EQ(before, absl::StrCat(2 + kLate));
  EXPECT_EQ(told.size(), static_cast<size_t>(kLate));
  for (const auto& [record, times] : told) EXPECT_EQ(times, 1) << record;
}

TEST_F(RestatementTest, WhoTakesOverTellsOnlyWhatWasNotTold) {
  CloseAll();
  Push({MakeActivity("late-0", "law_lecture", "2024-07-08", {{"attendances", 25}})}, "漏报补录");
  ASSERT_EQ(AwaitRestatements(1).restatements_size(), 1);
  auto next = AnotherProcess();
  Push({MakeActivity("late-1", "law_lecture", "2024-07-09", {{"attendances", 25}})}, "漏报补录");
  const auto all = AwaitLectures("4");
  ASSERT_EQ(all.restatements_size(), 2);
  ASSERT_EQ(all.restatements(1).records_size(), 1);
  EXPECT_EQ(all.restatements(1).records(0).record(), absl::StrCat("townships/", kTown, "/activities/late-1"));
}

TEST_F(RestatementTest, ATownThatTheRegisterGetsLaterIsRestatedIfItExistedInTheYear) {
  CloseAll();
  const std::string certified = Certificate()->certificate();
  const auto import = [this](const std::string& code, const std::string& valid_from) {
    townships::v1::ImportTownshipsRequest towns;
    towns.set_parent("districts/630106");
    townships::v1::Township& town = *towns.add_townships();
    town.set_name("townships/" + code);
    town.set_display_name_zh("后来的镇" + code);
    town.set_type(townships::v1::TOWNSHIP_TYPE_TOWN);
    town.set_valid_from(valid_from);
    townships::v1::ImportVillagesRequest villages;
    villages.set_parent("districts/630106");
    townships::v1::Village& village = *villages.add_villages();
    village.set_name(absl::StrCat("townships/", code, "/villages/", code, "201"));
    village.set_display_name_zh("示例一村");
    village.set_type(townships::v1::VILLAGE_TYPE_VILLAGE);
    village.set_valid_from(valid_from);
    ASSERT_THAT(Call(*townships_admin_, &Townships::ImportTownships, towns), IsOk());
    ASSERT_THAT(Call(*townships_admin_, &Townships::ImportVillages, villages), IsOk());
  };
  import("630106108", "2025-01-01");
  import("630106109", "2000-01-01");
  // The town and its village may be seen one after the other: then it is told in two steps.
  std::vector<std::string> told;
  for (const absl::Time until = absl::Now() + absl::Seconds(30); absl::Now() < until;) {
    told = {"-"};
    const auto all = AwaitRestatements(1);
    for (const auto& one : all.restatements()) {
      EXPECT_EQ(one.township(), "townships/630106109");
      for (const auto& figure : one.figures()) {
        if (figure.metric() != "metrics/villages_total" || figure.period() != "2024") continue;
        if (told.size() == 1) {
          EXPECT_EQ(figure.old_figure().state(), v1::FIGURE_STATE_NOT_APPLICABLE);
        }
        told.push_back(figure.new_figure().decimal());
      }
    }
    if (told.back() == "1") break;
  }
  EXPECT_EQ(told.back(), "1");
  EXPECT_EQ(Certificate()->certificate(), certified);
  // A second look, by another process that begins anew, tells nothing more.
  const int before = AwaitRestatements(1).restatements_size();
  const auto second = AnotherProcess();
  Push({MakeActivity("late", "law_lecture", "2024-07-08", {{"attendances", 25}})}, "漏报补录");
  EXPECT_EQ(AwaitLectures("3").restatements_size(), before + 1);
}

}  // namespace
}  // namespace zhenhui::reporting::testing

// A process that renders the reports of a closed year is killed at every step; the next one renders what is
// missing, and what was kept stays byte for byte.
#include <gmock/gmock.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "services/reporting/reports.h"
#include "services/reporting/rpc/report_maker.h"
#include "services/reporting/storage/postgres_report_store.h"
#include "tests/faults/year_life.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using report::Format;
using report::KeptReport;
using zhenhui::testing::IsOk;

// One life of a process that renders.
class RenderLife {
 public:
  explicit RenderLife(const std::string& dsn)
      : life_(dsn),
        store_(dsn),
        texts_(LoadReportTexts("", *life_.world().small.catalogue).value()),
        maker_({.cube = &life_.world().cube,
                .plans = life_.world().small.plans.get(),
                .year_ends = &life_.ends(),
                .store = &store_,
                .templates = texts_.templates.get(),
                .clock = &life_.world().clock,
                .district_name = [](const std::string&, absl::Time) { return std::string("示例区"); }}) {}

  absl::StatusOr<KeptReport> Render(Format format, const std::string& township) {
    return maker_.Make({"kill", YearLife::Soon(), {}},
                       {.key = kKilledYear, .township = township, .format = format, .draft = false});
  }
  std::optional<KeptReport> Kept(Format format, const std::string& township) {
    return store_
        .Find({.district = kKilledYear.district,
               .year = kKilledYear.year,
               .generation = 1,
               .township = township,
               .format = std::string(report::FormatName(format))},
              YearLife::Soon())
        .value();
  }
  absl::Status CloseTheYear() {
    const absl::Status ready = life_.SignAndApprove();
    return ready.ok() ? life_.Close("job").status() : ready;
  }

 private:
  YearLife life_;
  PostgresReportStore store_;
  ReportTexts texts_;
  ReportMaker maker_;
};

using ReportKillTest = KilledYearTest;

TEST_F(ReportKillTest, AKillAtAnyStepOfRenderingIsMadeUpForByTheNextProcess) {
  ASSERT_THAT(RenderLife(dsn_).CloseTheYear(), IsOk());
  const struct {
    const char* step;
    bool kept;  // afterwards
  } kSteps[] = {{"report.rendered", false},
                {"report.before_keep", false},
                {"report.before_commit", false},
                {"report.kept", true}};
  // A format of its own for each step, so that no step finds what an earlier one kept.
  const Format kFormats[] = {Format::kDocx, Format::kCsv, Format::kMarkdown, Format::kJson};
  for (const std::string& township : {YearWorld::kTowns[0], std::string()}) {
    for (size_t i = 0; i < std::size(kSteps); ++i) {
      const auto& [step, kept] = kSteps[i];
      const int status = InAChild(absl::StrCat(step, "=kill"), [&, format = kFormats[i]] {
        return RenderLife(dsn_).Render(format, township).ok();
      });
      ASSERT_TRUE(WasKilled(status)) << step << " was never reached";
      RenderLife next(dsn_);
      const std::optional<KeptReport> left = next.Kept(kFormats[i], township);
      EXPECT_EQ(left.has_value(), kept) << step << township;
      const auto resumed = next.Render(kFormats[i], township);
      ASSERT_THAT(resumed, IsOk()) << step;
      EXPECT_EQ(resumed->digest, Sha256Hex(resumed->content));
      if (left) {
        EXPECT_EQ(*left, *resumed) << step;
      }
      EXPECT_EQ(next.Kept(kFormats[i], township), *resumed) << step;
    }
  }
}

// The whole folder, as the job makes it: killed again and again, each time a step further.
TEST_F(ReportKillTest, AJobThatIsKilledOverAndOverEndsWithTheReportsOfOneThatWasNot) {
  ASSERT_THAT(RenderLife(dsn_).CloseTheYear(), IsOk());
  const std::vector<std::pair<Format, std::string>> wanted = {
      {Format::kCsv, YearWorld::kTowns[0]}, {Format::kCsv, YearWorld::kTowns[1]}, {Format::kDocx, ""}};
  const auto all = [&] {
    RenderLife life(dsn_);
    for (const auto& [format, township] : wanted) {
      if (!life.Render(format, township).ok()) return false;
    }
    return true;
  };
  int kills = 0;
  // Each life keeps one more, and dies of it.
  while (WasKilled(InAChild("report.kept=kill", all))) ASSERT_LE(++kills, static_cast<int>(wanted.size()));
  EXPECT_EQ(kills, static_cast<int>(wanted.size()));
  EXPECT_EQ(InAChild("", all), 0);
}

TEST_F(ReportKillTest, ProcessesThatRenderAtOnceKeepOneReport) {
  ASSERT_THAT(RenderLife(dsn_).CloseTheYear(), IsOk());
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      RenderLife life(dsn_);
      const auto made = life.Render(Format::kDocx, YearWorld::kTowns[0]);
      _exit(made.ok() && life.Kept(Format::kDocx, YearWorld::kTowns[0]) == *made ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
}

}  // namespace
}  // namespace zhenhui::reporting::testing

// The figures of a report that want an explanation, and where they are printed.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "services/reporting/report/report_alarms.h"
#include "tests/unit/reporting/report/report_fixture.h"
#include "tests/unit/reporting/report/workbook.h"

namespace zhenhui::testing {
namespace {

using reporting::AlarmExplanation;
using reporting::DistrictYear;
using reporting::Figure;
using reporting::report::AlarmsOfReport;
using reporting::report::Format;
using reporting::report::ReportAlarm;
using reporting::report::ReportInput;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kMonthPeriods = 5;  // index of January

// Both years alike, but for what a test sets.
class ReportAlarmsTest : public ::testing::Test {
 protected:
  ReportAlarmsTest() {
    for (reporting::TownYear& town : year_.towns) {
      for (reporting::YearFigures& figures : town.figures) {
        for (size_t i = 0; i < figures.size(); ++i) figures[i] = Value(100 + static_cast<int64_t>(i), 100);
      }
    }
    last_year_ = year_;
    last_year_.year = 2023;
  }
  ReportInput Town() {
    ReportInput input = TownInput(year_);
    input.last_year = &last_year_;
    input.explanations = explanations_;
    return input;
  }
  ReportInput District() {
    ReportInput input = DistrictInput(year_);
    input.last_year = &last_year_;
    input.explanations = explanations_;
    return input;
  }
  void SetBoth(std::string_view metric, const Figure& now, const Figure& before, size_t town = 0) {
    SetFigure(&year_, town, metric, now);
    SetFigure(&last_year_, town, metric, before);
  }
  static std::vector<std::string> Ids(const ReportInput& input) {
    std::vector<std::string> ids;
    for (const ReportAlarm& alarm : AlarmsOfReport(input)) ids.push_back(alarm.id);
    return ids;
  }
  void Explain(const std::string& alarm, const std::string& fingerprint, const std::string& text) {
    explanations_.push_back({"630106101", alarm, 2024, fingerprint, text, "司法所", absl::UnixEpoch()});
  }

  DistrictYear year_ = InventedYear();
  DistrictYear last_year_;
  std::vector<AlarmExplanation> explanations_;
};

TEST_F(ReportAlarmsTest, AJumpIsMoreThanThirtyPerCentOfAFigureAboveZero) {
  const struct {
    int64_t now;
    int64_t before;
    bool jump;
  } kCases[] = {{130, 100, false}, {131, 100, true}, {70, 100, false},
                {69, 100, true},   {5, 0, false},    {0, 1, true}};
  for (const auto& one : kCases) {
    SetBoth("law_lectures", Value(one.now), Value(one.before));
    EXPECT_EQ(Ids(Town()).size(), one.jump ? 1u : 0u) << one.before << " to " << one.now;
  }
  SetBoth("law_lectures", Value(43), Value(27));
  EXPECT_EQ(AlarmsOfReport(Town()).at(0).text, "法治讲座（宣讲、法治党课）43场，上年27场，同比上升59.26%");
  ReportInput alone = Town();
  alone.last_year = nullptr;
  EXPECT_THAT(Ids(alone), IsEmpty()) << "nothing to compare with";
}

TEST_F(ReportAlarmsTest, TheSameFigureInThreeMonthsAndAPartAboveItsWholeAreTold) {
  reporting::YearFigures& months =
      year_.towns[0].figures[reporting::FindMetric(year_, "law_lectures").value()];
  for (size_t month = 0; month < 3; ++month) months[kMonthPeriods + 6 + month] = Value(4);
  year_.metrics[reporting::FindMetric(year_, "mediation_success").value()].at_most = {"mediation_cases"};
  SetBoth("mediation_success", Value(120), Value(120));
  SetBoth("mediation_cases", Value(110), Value(110));
  EXPECT_THAT(Ids(Town()), ElementsAre("2024.same_every_month.law_lectures",
                                       "2024.part_and_whole.mediation_success.mediation_cases"));
  EXPECT_EQ(AlarmsOfReport(Town()).at(0).text, "法治讲座（宣讲、法治党课）7月至9月每月均为4场");
}

TEST_F(ReportAlarmsTest, OthersThanCoreMetricsAreTheTownsOwnAffairUnlessItExplainsThem) {
  SetBoth("banners_hung", Value(15), Value(27));
  year_.metrics[reporting::FindMetric(year_, "banners_hung").value()].core = false;
  EXPECT_THAT(Ids(Town()), IsEmpty());
  Explain("2024.jump.banners_hung", "15/0 27/0 2024-01-01 2024-12-31 ", "电子屏代替横幅");
  EXPECT_THAT(Ids(Town()), ElementsAre("2024.jump.banners_hung"));
}

TEST_F(ReportAlarmsTest, AnExplanationOfOtherFiguresIsPrintedAsSuch) {
  SetBoth("law_lectures", Value(43), Value(27));
  Explain("2024.jump.law_lectures", "43/0 27/0 2024-01-01 2024-12-31 ", "增加了进村宣讲");
  EXPECT_EQ(ExplanationText(AlarmsOfReport(Town()).at(0)), "增加了进村宣讲");
  SetFigure(&year_, 0, "law_lectures", Value(44));
  EXPECT_EQ(ExplanationText(AlarmsOfReport(Town()).at(0)), "增加了进村宣讲（说明之后数据有变）");
}

TEST_F(ReportAlarmsTest, AYearThatIsNotOverHasNone) {
  SetBoth("law_lectures", Value(43), Value(27));
  ReportInput input = Town();
  input.cut_off = Date(2024, 12, 31);
  EXPECT_THAT(Ids(input), IsEmpty());
}

TEST_F(ReportAlarmsTest, TheTownsReportListsThemAndLeavesWhatIsUnexplainedToTheAuthor) {
  SetBoth("law_lectures", Value(43), Value(27));
  SetBoth("publicity_events", Value(10), Value(27));
  Explain("2024.jump.law_lectures", "43/0 27/0 2024-01-01 2024-12-31 ", "增加了进村宣讲|<&");
  const std::string docx = Rendered(Format::kDocx, Town());
  EXPECT_THAT(DocxText(docx), HasSubstr("的数据共2项，已说明1项，未说明1项。"));
  EXPECT_THAT(DocxText(docx), HasSubstr("（此处由撰写人补充：未说明的1项数据的变化原因）"));
  EXPECT_THAT(DocxTables(docx), HasSubstr("同比上升59.26%|增加了进村宣讲|<&|"));
  EXPECT_THAT(DocxTables(docx), HasSubstr("未说明|"));
  const Workbook book(Rendered(Format::kXlsx, Town()));
  auto row = book.Find("需要说明的数据", "F", "2024.jump.law_lectures");
  EXPECT_EQ(row["D"], TextCell("增加了进村宣讲|<&"));
  const auto json = nlohmann::json::parse(Rendered(Format::kJson, Town()));
  ASSERT_EQ(json.at("alarms").size(), 2u);
  EXPECT_EQ(json["alarms"][0]["name"], "townships/630106101/alarms/2024.jump.law_lectures");
}

TEST_F(ReportAlarmsTest, TheDistrictsReportCountsThemByTownAndPrintsWhatTownsSay) {
  SetBoth("law_lectures", Value(43), Value(27));
  SetBoth("law_lectures", Value(43), Value(27), 1);
  Explain("2024.jump.law_lectures", "43/0 27/0 2024-01-01 2024-12-31 ", "增加了进村宣讲");
  const std::string docx = Rendered(Format::kDocx, District());
  EXPECT_THAT(DocxTables(docx), HasSubstr("上新庄镇|1|0|0|1|0|"));
  EXPECT_THAT(DocxTables(docx), HasSubstr("鲁沙尔镇|1|0|0|0|1|"));
  EXPECT_THAT(DocxTables(docx), HasSubstr("增加了进村宣讲|"));
}

TEST_F(ReportAlarmsTest, WithoutAlarmsThereIsNoSuchSection) {
  EXPECT_THAT(DocxText(Rendered(Format::kDocx, Town())), Not(HasSubstr("需要说明的数据")));
  EXPECT_THAT(DocxText(Rendered(Format::kDocx, District())), Not(HasSubstr("需要说明的数据")));
}

}  // namespace
}  // namespace zhenhui::testing

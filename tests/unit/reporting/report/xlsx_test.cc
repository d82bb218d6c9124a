#include "services/reporting/report/xlsx.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"
#include "tests/unit/reporting/report/workbook.h"

namespace zhenhui::testing {
namespace {

using reporting::report::Format;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(XlsxTest, HasASheetForEachFieldOfWorkAndTheOthers) {
  const reporting::DistrictYear year = InventedYear();
  EXPECT_THAT(
      Workbook(Rendered(Format::kXlsx, TownInput(year))).names(),
      ElementsAre("概览", "基本情况", "组织领导", "学法用法", "法治宣传", "公共法律服务", "合法性审查",
                  "行政执法", "矛盾纠纷化解", "复议应诉和政务公开", "比较", "月度", "明细"));
  EXPECT_THAT(Workbook(Rendered(Format::kXlsx, DistrictInput(year))).names(), ::testing::SizeIs(12));
}

TEST(XlsxTest, EveryFigureIsANumberEqualToTheRecord) {
  const reporting::DistrictYear year = InventedYear();
  const Workbook book(Rendered(Format::kXlsx, TownInput(year)));
  std::map<std::string, std::map<std::string, Cell>> by_name;
  for (const std::string& sheet : book.names()) {
    if (sheet == "概览" || sheet == "比较" || sheet == "月度" || sheet == "明细") continue;
    for (auto& row : book.Read(sheet)) by_name[row["A"].text] = row;
  }
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    const reporting::YearMetric& of = year.metrics[metric];
    const Cell& cell = by_name[of.name.zh]["C"];
    EXPECT_TRUE(cell.number) << of.code;
    // A reader shows the double with the places of its format.
    char shown[64];
    const std::string recorded = PrintYearFigure(of, year.towns[0].figures[metric][0]);
    const size_t point = recorded.find('.');
    std::snprintf(shown, sizeof shown, "%.*f",
                  point == std::string::npos ? 0 : static_cast<int>(recorded.size() - point - 1),
                  std::strtod(cell.text.c_str(), nullptr));
    EXPECT_EQ(shown, recorded) << of.code;
  }
}

TEST(XlsxTest, WhatIsNotReportedIsTextAndZeroIsANumber) {
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", NotReported());
  SetFigure(&year, 0, "study_seminars", ConfirmedZero());
  const Workbook book(Rendered(Format::kXlsx, TownInput(year)));
  auto missing = book.Find("学法用法", "A", MetricOf(year, "law_lectures").name.zh);
  EXPECT_EQ(missing["C"], TextCell("未报"));
  auto zero = book.Find("学法用法", "A", MetricOf(year, "study_seminars").name.zh);
  EXPECT_EQ(zero["C"], NumberCell("0"));
  EXPECT_EQ(zero["D"], TextCell("已确认的零"));
}

TEST(XlsxTest, NumbersThatADoubleCannotHoldStayText) {
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", Value(9'007'199'254'740'993));
  auto row = Workbook(Rendered(Format::kXlsx, TownInput(year)))
                 .Find("学法用法", "A", MetricOf(year, "law_lectures").name.zh);
  EXPECT_EQ(row["C"], TextCell("9007199254740993"));
}

TEST(XlsxTest, HeadingIsFrozenAndColumnsHaveWidths) {
  const Workbook book(Rendered(Format::kXlsx, TownInput(InventedYear())));
  for (const std::string& sheet : book.names()) {
    const std::string xml = book.Xml(sheet);
    EXPECT_THAT(xml, HasSubstr("state=\"frozen\"")) << sheet;
    EXPECT_THAT(xml, HasSubstr("customWidth=\"1\"")) << sheet;
  }
}

TEST(XlsxTest, ComparisonRanksTheTowns) {
  reporting::DistrictYear year = InventedYear();
  year.metrics.front().core = true;
  for (const auto& [town, value] : {std::pair(0, 6), std::pair(1, 9), std::pair(2, 9)})
    SetFigure(&year, static_cast<size_t>(town), "law_lectures", Value(value));
  const std::string lectures = MetricOf(year, "law_lectures").name.zh;
  std::vector<std::string> ranks;
  for (auto& row : Workbook(Rendered(Format::kXlsx, DistrictInput(year))).Read("比较")) {
    if (row["B"].text == lectures)
      ranks.push_back(row["D"].text + row["E"].text + "/" + row["F"].text + row["G"].text);
  }
  EXPECT_THAT(ranks, ElementsAre("上新庄镇6/3", "鲁沙尔镇9/1并列", "群加藏族乡9/1并列"));
}

TEST(XlsxTest, ATownsComparisonHasNoOtherTownsFigures) {
  const reporting::DistrictYear year = InventedYear();
  for (auto& row : Workbook(Rendered(Format::kXlsx, TownInput(year))).Read("比较")) {
    EXPECT_NE(row["D"].text, "鲁沙尔镇");
  }
}

TEST(XlsxTest, RecordsBehindTheFiguresAreListed) {
  const reporting::DistrictYear year = InventedYear();
  reporting::report::ReportInput input = TownInput(year);
  input.records = {{.metric = "law_lectures",
                    .date = "2024-03-05",
                    .record = "townships/630106101/activities/a1",
                    .revision = 7,
                    .kind = "法治讲座",
                    .title = "=HYPERLINK(\"x\")",
                    .village = "示例一村、示例二村",
                    .value = 1,
                    .denominator = 0}};
  input.records_cut = true;
  const Workbook book(Rendered(Format::kXlsx, input));
  auto row = book.Find("明细", "A", MetricOf(year, "law_lectures").name.zh);
  EXPECT_EQ(row["C"], TextCell("=HYPERLINK(\"x\")"));  // a title is never a formula
  EXPECT_EQ(row["E"], TextCell("示例一村、示例二村"));
  EXPECT_EQ(row["F"], NumberCell("1"));
  EXPECT_EQ(row["I"], TextCell("townships/630106101/activities/a1"));
  book.Find("明细", "A", "未列完：只列出前1条，其余请在系统中查询；各指标以“概览”为准，不要用本表求和。");
  book.Find("概览", "A", "“明细”只列出前1条。");
  input.records_cut = false;
  Workbook(Rendered(Format::kXlsx, input))
      .Find("明细", "A", "共1条，已全部列出；同一条记录计入几个指标，就列几行。");
}

TEST(XlsxTest, SameInputMakesTheSameBytes) {
  const reporting::DistrictYear year = InventedYear();
  EXPECT_EQ(Rendered(Format::kXlsx, DistrictInput(year)), Rendered(Format::kXlsx, DistrictInput(year)));
}

}  // namespace
}  // namespace zhenhui::testing

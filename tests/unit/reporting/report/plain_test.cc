#include "services/reporting/report/plain.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "services/reporting/report/report.h"
#include "services/reporting/report/wording.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::report::Format;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(CsvReportTest, HasEveryFigureOfTheTownAndWhereItComesFrom) {
  const reporting::DistrictYear year = InventedYear();
  const std::string csv = Rendered(Format::kCsv, TownInput(year));
  EXPECT_THAT(csv, StartsWith("\xEF\xBB\xBF类别,代码,"));
  EXPECT_EQ(Count(csv, "\r\n数据,630106101,"),
            static_cast<int>(year.metrics.size()) * reporting::kYearPeriods);
  EXPECT_THAT(csv, HasSubstr(",law_lectures,法治讲座（宣讲、法治党课）,1,场,2024-Q1,有数据,"));
  EXPECT_THAT(csv, HasSubstr(TownInput(year).certificate_digest));
}

TEST(CsvReportTest, DistrictHasTheTownsAndTheirTotal) {
  const reporting::DistrictYear year = InventedYear();
  const std::string csv = Rendered(Format::kCsv, DistrictInput(year));
  for (const char* row :
       {"\r\n数据,630106101,", "\r\n数据,630106102,", "\r\n数据,630106200,", "\r\n数据,630106,合计,"})
    EXPECT_EQ(Count(csv, row), static_cast<int>(year.metrics.size()) * reporting::kYearPeriods) << row;
}

TEST(CsvReportTest, NamesAreQuotedAndNeverFormulas) {
  reporting::DistrictYear year = InventedYear();
  year.towns[0].name_zh = "=1+1,\"镇\"";
  EXPECT_THAT(Rendered(Format::kCsv, TownInput(year)), HasSubstr("\r\n数据,630106101,\"'=1+1,\"\"镇\"\"\","));
}

TEST(JsonReportTest, HasEveryFigureAsItIsPrintedAndAsItIsCounted) {
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "penalty_amount", Value(123'450));
  SetFigure(&year, 0, "penalty_cases", NotReported());
  const nlohmann::json json = nlohmann::json::parse(Rendered(Format::kJson, TownInput(year)));
  const auto& figures = json.at("townships").at(0).at("figures");
  EXPECT_EQ(figures.at("penalty_amount").at("2024").at("decimal"), "1234.50");
  EXPECT_EQ(figures.at("penalty_amount").at("2024").at("value"), "123450");
  EXPECT_EQ(figures.at("penalty_cases").at("2024").at("state"), "NOT_REPORTED");
  EXPECT_FALSE(figures.at("penalty_cases").at("2024").contains("decimal"));
  EXPECT_EQ(figures.size(), year.metrics.size());
  EXPECT_EQ(json.at("certificateDigest"), TownInput(year).certificate_digest);
  EXPECT_EQ(json.at("townships").size(), 1u);
}

TEST(JsonReportTest, DistrictHasTotalsAndRanks) {
  reporting::DistrictYear year = InventedYear();
  for (size_t town = 0; town < 3; ++town)
    SetFigure(&year, town, "law_lectures", Value(static_cast<int64_t>(town) + 1));
  const nlohmann::json json = nlohmann::json::parse(Rendered(Format::kJson, DistrictInput(year)));
  EXPECT_EQ(json.at("total").at("law_lectures").at("2024").at("decimal"), "6");
  EXPECT_EQ(json.at("ranks").at("law_lectures").at("townships").at("630106200").at("rank"), 1);
}

TEST(MarkdownReportTest, HasTheSameWordsAndTables) {
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", Value(6));
  const std::string markdown = Rendered(Format::kMarkdown, TownInput(year));
  EXPECT_THAT(markdown, StartsWith("# 湟中区上新庄镇2024年法治政府建设情况报告\n\n"));
  EXPECT_THAT(markdown, HasSubstr("举办法治讲座（宣讲、法治党课）6场；"));
  EXPECT_THAT(markdown, HasSubstr("| 法治讲座（宣讲、法治党课） | 场 | 6 |"));
  EXPECT_THAT(markdown, HasSubstr("> **（此处由撰写人补充：总体情况）**"));
}

TEST(MarkdownReportTest, NamesDoNotBecomeMarkup) {
  reporting::DistrictYear year = InventedYear();
  year.towns[0].name_zh = "*a*|<b>";
  EXPECT_THAT(Rendered(Format::kMarkdown, TownInput(year)), HasSubstr("\\*a\\*\\|\\<b\\>"));
}

TEST(ReportTest, FileNameIsForPeopleAndFitsAFile) {
  reporting::DistrictYear year = InventedYear();
  EXPECT_EQ(ReportFileName(Format::kDocx, TownInput(year)),
            "630106101上新庄镇2024年法治政府建设情况报告.docx");
  year.towns[0].name_zh = "../a\nb:";
  EXPECT_EQ(ReportFileName(Format::kCsv, TownInput(year)), "630106101..a b2024年法治政府建设情况报告.csv");
}

TEST(ReportTest, TownThatIsNotInTheYearIsNotFound) {
  const reporting::DistrictYear year = InventedYear();
  reporting::report::ReportInput input = TownInput(year);
  input.township = "630106999";
  EXPECT_THAT(Render(Format::kDocx, input, BuiltInTemplates()), HasReason("TOWNSHIP_NOT_FOUND"));
}

TEST(ReportTest, EveryFormatMakesTheSameBytesAgain) {
  const reporting::DistrictYear year = InventedYear();
  for (const Format format : {Format::kDocx, Format::kXlsx, Format::kCsv, Format::kMarkdown, Format::kJson}) {
    EXPECT_EQ(Rendered(format, TownInput(year)), Rendered(format, TownInput(year)));
    EXPECT_EQ(Rendered(format, DistrictInput(year)), Rendered(format, DistrictInput(year)));
  }
}

TEST(ReportTest, DistrictWithoutTownsIsAReportAllTheSame) {
  reporting::DistrictYear year = InventedYear();
  year.towns.clear();
  for (const Format format : {Format::kDocx, Format::kXlsx, Format::kCsv, Format::kMarkdown, Format::kJson})
    EXPECT_NE(Rendered(format, DistrictInput(year)), "");
}

TEST(WordingTest, OrdinalsAreChinese) {
  for (const auto& [number, word] : {std::pair(1, "一"), std::pair(10, "十"), std::pair(11, "十一"),
                                     std::pair(20, "二十"), std::pair(42, "四十二")}) {
    EXPECT_EQ(reporting::report::ChineseOrdinal(number), word);
  }
}

}  // namespace
}  // namespace zhenhui::testing

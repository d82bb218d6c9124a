#include "services/reporting/report/comparison_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"
#include "tests/unit/reporting/report/workbook.h"

namespace zhenhui::testing {
namespace {

using reporting::report::ComparisonInput;
using reporting::report::Format;
using reporting::report::RenderComparison;
using reporting::report::RenderedReport;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Two towns: one with figures of this year and last, confirmed; one that reported nothing, with a bold name.
class ComparisonFileTest : public ::testing::Test {
 protected:
  ComparisonFileTest() {
    std::vector<reporting::Facts> first = ConfirmedMonths(Date(2023, 1, 1), Date(2024, 12, 1));
    const auto mediation = [&](Date date, int64_t cases, int64_t success) {
      first.push_back(small_.Activity("mediation", date, "", {{"cases", cases}, {"success", success}}));
    };
    mediation(Date(2024, 2, 2), 8, 6);
    mediation(Date(2023, 2, 2), 4, 2);
    first.push_back(small_.Activity("penalty", Date(2024, 3, 3), "", {{"fen", 123'456}}));
    first.push_back(small_.Village("630106101201"));
    first.push_back(small_.Village("630106101202"));
    first.push_back(reporting::PopulationFacts{2024, 30'000});
    first.push_back(reporting::TownshipFacts{"示例镇", 1, {}});
    towns_.push_back(small_.Town("630106101", first));
    towns_.push_back(small_.Town("630106102", {reporting::TownshipFacts{"=cmd,\"示例\"", 1, {}}}));
  }

  absl::StatusOr<RenderedReport> Render(Format format, std::vector<const char*> metrics = {
                                                           "cases", "rate", "fines", "counsels"}) {
    std::vector<const reporting::MetricPlan*> plans;
    for (const char* metric : metrics) plans.push_back(small_.Plan(metric));
    const Period year{Date(2024, 1, 1), Date(2024, 12, 31)};
    const auto compared = reporting::Compare(
        small_.vocabulary, {plans, year, reporting::Normalisation::kPerVillage}, towns_, Date(2025, 2, 1));
    EXPECT_THAT(compared, IsOk());
    return RenderComparison(format, {.place = "630106示例/区",
                                     .period = year,
                                     .normalisation = reporting::Normalisation::kPerVillage,
                                     .comparisons = *compared,
                                     .towns = towns_,
                                     .made_at = absl::FromUnixSeconds(1'735'660'800)});
  }
  std::vector<std::string> CsvLines() { return absl::StrSplit(Render(Format::kCsv)->content, "\r\n"); }

  SmallCatalogue small_;
  std::vector<reporting::TownView> towns_;
};

TEST_F(ComparisonFileTest, TheCsvHasARowForEachMetricAndTownWithAllThatIsKnown) {
  const std::vector<std::string> lines = CsvLines();
  EXPECT_THAT(lines[0], StartsWith("\xEF\xBB\xBF类别,指标代码,指标,单位,乡镇代码,乡镇（街道）,状态,数值,"));
  EXPECT_EQ(
      lines[1],
      "数据,cases,cases,件,630106101,示例镇,有数据,8,8,,0,4.00,2.67,1,,,100.00,0.00,4,有数据,4,,0,100.00,%,8,"
      "4.00,,1,");
  EXPECT_EQ(
      lines[2],
      "数据,cases,cases,件,630106102,\"'=cmd,\"\"示例\"\"\",未报,,,,12,,,,,未报,,,,未报,,,12,,,8,4.00,,1,");
  EXPECT_EQ(lines[3],
            "数据,rate,rate,%,630106101,示例镇,有数据,75.00,6,8,0,,,1,,,,0.00,50.00,有数据,2,4,0,25.00,"
            "个百分点,75.00,"
            "75.00,,1,");
  EXPECT_THAT(lines[5], HasSubstr(",有数据,1234.56,123456,,0,617.28,411.52,1,"));
  EXPECT_THAT(lines[9],
              AllOf(StartsWith("口径,cases,cases,件,"), EndsWith(",期间内发生数；按活动日期；示例")));
  EXPECT_THAT(lines[13], EndsWith("活动记录版本1，名册版本1"));
  EXPECT_THAT(lines[15], EndsWith("期间：2024-01-01至2024-12-31，含首尾两日"));
  EXPECT_THAT(lines[19], HasSubstr("2025-01-01 00:00（北京时间）"));
  ASSERT_EQ(lines.size(), 21u);
}

TEST_F(ComparisonFileTest, AllRowsOfTheCsvHaveAllColumns) {
  for (const std::string& line : CsvLines()) {
    if (line.empty() || line.find('"') != std::string::npos) continue;
    EXPECT_EQ(Count(line, ","), 29) << line;
  }
}

TEST_F(ComparisonFileTest, TheWorkbookHasNumbersAndSaysWhatTheyMean) {
  const auto file = Render(Format::kXlsx);
  ASSERT_THAT(file, IsOk());
  const Workbook book(file->content);
  EXPECT_THAT(book.names(), ElementsAre("比较", "口径和数据时点"));
  auto rows = book.Read("比较");
  ASSERT_EQ(rows.size(), 9u);
  EXPECT_EQ(rows[0]["G"], TextCell("数值"));
  EXPECT_EQ(rows[1]["E"], TextCell("示例镇"));
  EXPECT_EQ(rows[1]["G"], NumberCell("8"));
  EXPECT_EQ(rows[1]["W"], NumberCell("100"));
  EXPECT_EQ(rows[2]["E"], TextCell("=cmd,\"示例\""));
  EXPECT_EQ(rows[2]["G"], TextCell("未报"));
  EXPECT_EQ(rows[2]["M"], Cell());
  EXPECT_EQ(rows[5]["G"], NumberCell("1234.56"));
  EXPECT_THAT(book.Xml("比较"),
              AllOf(HasSubstr("topLeftCell=\"F2\""), HasSubstr("state=\"frozen\""),
                    HasSubstr("<autoFilter ref=\"A1:AB9\""), HasSubstr("customWidth=\"1\"")));
  EXPECT_EQ(book.Find("口径和数据时点", "A", "rate")["D"], TextCell("比率（分子合计÷分母合计）"));
  auto town = book.Find("口径和数据时点", "A", "630106101");
  EXPECT_EQ(town["D"], NumberCell("1"));
  book.Find("口径和数据时点", "A", "期间：2024-01-01至2024-12-31，含首尾两日");
}

TEST_F(ComparisonFileTest, FilesHaveNamesForPeopleAndTheSameInputMakesTheSameBytes) {
  const auto csv = Render(Format::kCsv);
  EXPECT_EQ(csv->file_name, "630106示例区比较2024-01-01至2024-12-31.csv");
  EXPECT_EQ(csv->media_type, "text/csv; charset=utf-8");
  EXPECT_THAT(Render(Format::kXlsx)->media_type, HasSubstr("spreadsheetml.sheet"));
  EXPECT_EQ(Render(Format::kXlsx)->content, Render(Format::kXlsx)->content);
}

TEST_F(ComparisonFileTest, OtherFormatsAndTooManyRowsAreRefused) {
  for (const Format format : {Format::kDocx, Format::kMarkdown, Format::kJson})
    EXPECT_THAT(Render(format), HasReason("FORMAT_NOT_OFFERED"));
  towns_.resize(201, towns_[0]);
  const std::vector<const char*> hundred(100, "cases");
  EXPECT_THAT(Render(Format::kCsv, hundred), HasReason("RESULT_TOO_LARGE"));
}

}  // namespace
}  // namespace zhenhui::testing

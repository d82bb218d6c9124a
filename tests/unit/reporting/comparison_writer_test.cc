// The bytes that the writer writes are those of the generated classes.
#include "services/reporting/wire/comparison_writer.h"

#include <gmock/gmock.h>

#include <limits>

#include "services/reporting/wire/figures.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

namespace zhenhui::reporting {
namespace {

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

// The answer made the plain way: as a message, in the generated class's own bytes.
class ByMessage {
 public:
  static std::string Write(std::span<const MetricComparison> comparisons, std::span<const TownView> towns) {
    v1::CompareTownshipsResponse out;
    for (const MetricComparison& comparison : comparisons) Add(comparison, towns, *out.add_comparisons());
    for (const TownView& town : towns)
      AddRevisions(town.code, town.state->applied(), out.mutable_revisions());
    return out.SerializeAsString();
  }

 private:
  static void Add(const MetricComparison& from, std::span<const TownView> towns, v1::MetricComparison& out) {
    out.set_metric(from.metric->name);
    out.set_metric_version(from.metric->metric->version);
    for (size_t i = 0; i < towns.size(); ++i) Add(from.towns[i], towns[i], *out.add_townships());
    ToProto(from.total, from.total_decimal.Text(), out.mutable_total());
    out.set_median(from.median.Text());
    out.set_gini(from.gini.Text());
  }
  static void Add(const TownFigure& from, const TownView& town, v1::TownshipFigure& out) {
    out.set_township("townships/" + town.code);
    if (const auto& township = town.state->places().township) out.set_display_name_zh(township->name_zh);
    ToProto(from.figure, from.decimal.Text(), out.mutable_figure());
    out.set_per_village(from.per_village.Text());
    out.set_per_10000_residents(from.per_10000_residents.Text());
    out.set_rank(from.rank);
    out.set_tied(from.tied);
    out.set_rank_withheld(static_cast<v1::RankWithheld>(from.rank_withheld));
    out.set_share_percent(from.share_percent.Text());
    out.set_difference_from_median(from.difference_from_median.Text());
    ToProto(from.last_year, from.last_year_decimal.Text(), out.mutable_last_year());
    out.set_change_percent(from.change_percent.Text());
  }
};

// A town's figure with something, nothing or the extreme in every field, by `shape`.
TownFigure MakeFigure(int shape) {
  const auto decimal = [shape](int64_t value) {
    return shape % 3 == 0 ? Decimal() : Decimal::Quotient(value, 1, shape % 7);
  };
  TownFigure town;
  town.figure = {static_cast<FigureState>(1 + shape % 4), shape % 5 == 0 ? kLeast : shape - 3,
                 shape % 4 == 0 ? kMost : 0, shape % 2 * 1'000'000};
  town.decimal = decimal(shape % 5 == 0 ? kLeast : shape);
  town.per_village = decimal(127);
  town.per_10000_residents = decimal(kMost);
  town.rank = shape % 6 == 0 ? 0 : shape * 100;
  town.tied = shape % 2 == 0;
  town.rank_withheld = static_cast<RankWithheld>(shape % 5);
  town.share_percent = decimal(-shape);
  town.difference_from_median = decimal(kLeast);
  town.last_year = {static_cast<FigureState>(1 + shape / 4 % 4), -shape, shape, 0};
  town.last_year_decimal = decimal(-1);
  town.change_percent = decimal(shape);
  return town;
}

class ComparisonWriterTest : public ::testing::Test {
 protected:
  // Every second one is known to the register, with a name longer than a length of one byte can say.
  std::vector<TownView> Towns(int count) {
    std::vector<TownView> towns;
    for (int i = 0; i < count; ++i) {
      std::vector<Facts> records;
      if (i % 2 == 0) records.emplace_back(TownshipFacts{i == 0 ? std::string(300, 'n') : "示例镇", 1, {}});
      towns.push_back(small_.Town(std::to_string(630106101 + i), records));
    }
    return towns;
  }
  MetricComparison Comparison(const char* metric, int towns) {
    MetricComparison comparison;
    comparison.metric = small_.Plan(metric);
    for (int i = 0; i < towns; ++i) comparison.towns.push_back(MakeFigure(i));
    comparison.total = {FigureState::kValue, 300, 0, 12};
    comparison.total_decimal = Decimal::Quotient(300, 1, 0);
    comparison.median = Decimal::Quotient(-1, 8, 2);
    return comparison;
  }
  testing::SmallCatalogue small_;
};

TEST_F(ComparisonWriterTest, WritesTheBytesOfTheMessageInEveryState) {
  // 84: every combination of the remainders in MakeFigure by which states, extremes and empty texts change.
  for (const int count : {0, 1, 2, 16, 84}) {
    const std::vector<TownView> towns = Towns(count);
    const std::vector<MetricComparison> one = {Comparison("cases", count)};
    const std::vector<MetricComparison> many = {Comparison("cases", count), Comparison("rate", count),
                                                Comparison("fines", count)};
    for (const auto& comparisons : {one, many}) {
      EXPECT_EQ(WriteComparisons(comparisons, towns).bytes(), ByMessage::Write(comparisons, towns)) << count;
    }
  }
}

TEST_F(ComparisonWriterTest, WhatCompareGivesReadsBackAsItsMessage) {
  std::vector<Facts> records = testing::ConfirmedMonths(Date(2023, 1, 1), Date(2024, 12, 1));
  records.emplace_back(small_.Activity("mediation", Date(2024, 5, 6), "", {{"cases", 4}, {"success", 3}}));
  const std::vector<TownView> towns = {small_.Town("630106101", records), small_.Town("630106102", {})};
  const ComparisonQuery query{{small_.Plan("cases"), small_.Plan("rate")},
                              {Date(2024, 1, 1), Date(2024, 12, 31)},
                              Normalisation::kPerVillage};
  const auto compared = Compare(small_.vocabulary, query, towns, Date(2025, 2, 1));
  ASSERT_THAT(compared, testing::IsOk());
  const WireWriter written = WriteComparisons(*compared, towns);
  EXPECT_EQ(written.bytes(), ByMessage::Write(*compared, towns));
  v1::CompareTownshipsResponse response;
  ASSERT_TRUE(response.ParseFromArray(written.bytes().data(), static_cast<int>(written.size())));
  EXPECT_EQ(response.comparisons(1).townships(0).figure().decimal(), "75.00");
}

TEST(WireWriterTest, GrowsFromNothingAndKeepsWhatIsThere) {
  WireWriter writer(0);
  for (int i = 0; i < 1000; ++i) {
    writer.Nested(1, [&] { writer.Text(2, std::string(static_cast<size_t>(i), 'x')); });
  }
  v1::ListMetricsResponse response;  // its field 1 is a list of messages with a text in field 2
  ASSERT_TRUE(response.ParseFromArray(writer.bytes().data(), static_cast<int>(writer.size())));
  ASSERT_EQ(response.metrics_size(), 1000);
  EXPECT_EQ(response.metrics(0).display_name_zh().size(), 999u);
  EXPECT_EQ(response.metrics(999).display_name_zh(), "");
}

}  // namespace
}  // namespace zhenhui::reporting

#include "services/reporting/wire/comparison_writer.h"

#include <ranges>

#include "services/reporting/wire/figures.h"
#include "zhenhui/common/v1/feed_position.pb.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

// Everything below is written from its end: the last field and the last element first (wire_writer.h).
namespace zhenhui::reporting {
namespace {

void WriteDecimal(WireWriter& writer, int field, const Decimal& decimal) {
  if (decimal.empty()) return;
  writer.Nested(field, [&] {
    writer.BytesBefore(Decimal::kLongest, [&](char* end) { return decimal.WriteBefore(end); });
  });
}

void WriteTownship(WireWriter& writer, int field, std::string_view code) {
  writer.Nested(field, [&] {
    writer.Bytes(code);
    writer.Bytes("townships/");
  });
}

void WriteFigure(WireWriter& writer, int field, const Figure& figure, const Decimal& decimal) {
  using Message = v1::Figure;
  writer.Nested(field, [&] {
    writer.Number(Message::kUnconfirmedMonthsFieldNumber, figure.unconfirmed_months);
    WriteDecimal(writer, Message::kDecimalFieldNumber, decimal);
    writer.Number(Message::kDenominatorFieldNumber, figure.denominator);
    writer.Number(Message::kValueFieldNumber, figure.value);
    writer.Number(Message::kStateFieldNumber, static_cast<int>(figure.state));
  });
}

void WriteTown(WireWriter& writer, int field, const TownFigure& town, const TownView& view) {
  using Message = v1::TownshipFigure;
  writer.Nested(field, [&] {
    WriteDecimal(writer, Message::kChangePercentFieldNumber, town.change_percent);
    WriteFigure(writer, Message::kLastYearFieldNumber, town.last_year, town.last_year_decimal);
    WriteDecimal(writer, Message::kDifferenceFromMedianFieldNumber, town.difference_from_median);
    WriteDecimal(writer, Message::kSharePercentFieldNumber, town.share_percent);
    writer.Number(Message::kRankWithheldFieldNumber, static_cast<int>(town.rank_withheld));
    writer.Number(Message::kTiedFieldNumber, town.tied);
    writer.Number(Message::kRankFieldNumber, town.rank);
    WriteDecimal(writer, Message::kPer10000ResidentsFieldNumber, town.per_10000_residents);
    WriteDecimal(writer, Message::kPerVillageFieldNumber, town.per_village);
    WriteFigure(writer, Message::kFigureFieldNumber, town.figure, town.decimal);
    if (const auto& township = view.state->places().township)
      writer.Text(Message::kDisplayNameZhFieldNumber, township->name_zh);
    WriteTownship(writer, Message::kTownshipFieldNumber, view.code);
  });
}

void WriteComparison(WireWriter& writer, int field, const MetricComparison& comparison,
                     std::span<const TownView> towns) {
  using Message = v1::MetricComparison;
  writer.Nested(field, [&] {
    WriteDecimal(writer, Message::kGiniFieldNumber, comparison.gini);
    WriteDecimal(writer, Message::kMedianFieldNumber, comparison.median);
    WriteFigure(writer, Message::kTotalFieldNumber, comparison.total, comparison.total_decimal);
    for (size_t i = towns.size(); i-- > 0;)
      WriteTown(writer, Message::kTownshipsFieldNumber, comparison.towns[i], towns[i]);
    writer.Number(Message::kMetricVersionFieldNumber, comparison.metric->metric->version);
    writer.Text(Message::kMetricFieldNumber, comparison.metric->name);
  });
}

void WriteRevision(WireWriter& writer, int field, const TownView& town, Feed feed) {
  using Message = common::v1::FeedPosition;
  writer.Nested(field, [&] {
    writer.Number(Message::kRevisionFieldNumber, town.state->applied()[feed]);
    WriteTownship(writer, Message::kTownshipFieldNumber, town.code);
    writer.Number(Message::kFeedFieldNumber, ToProto(feed));
  });
}

}  // namespace

WireWriter WriteComparisons(std::span<const MetricComparison> comparisons, std::span<const TownView> towns) {
  using Message = v1::CompareTownshipsResponse;
  constexpr size_t kTownBytes = 256;  // usual sizes
  constexpr size_t kRevisionBytes = 32;
  WireWriter writer(256 + towns.size() * (comparisons.size() * kTownBytes + 2 * kRevisionBytes));
  for (const TownView& town : towns | std::views::reverse) {
    for (const Feed feed : kFeeds | std::views::reverse)
      WriteRevision(writer, Message::kRevisionsFieldNumber, town, feed);
  }
  for (const MetricComparison& comparison : comparisons | std::views::reverse)
    WriteComparison(writer, Message::kComparisonsFieldNumber, comparison, towns);
  return writer;
}

}  // namespace zhenhui::reporting

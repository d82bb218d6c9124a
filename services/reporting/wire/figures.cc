#include "services/reporting/wire/figures.h"

#include <utility>

#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

v1::MetricType TypeOf(MetricType type) {
  switch (type) {
    case MetricType::kFlow:
      return v1::METRIC_TYPE_FLOW;
    case MetricType::kStock:
      return v1::METRIC_TYPE_STOCK;
    case MetricType::kRatio:
      return v1::METRIC_TYPE_RATIO;
    case MetricType::kDistinct:
      return v1::METRIC_TYPE_DISTINCT;
  }
  return v1::METRIC_TYPE_UNSPECIFIED;
}

// Into the string that the message has already, so that nothing is allocated where the text is short.
void SetTownship(std::string_view code, std::string* name) {
  name->reserve(19);
  name->assign("townships/").append(code);
}

}  // namespace

common::v1::Feed ToProto(Feed feed) {
  return feed == Feed::kActivities ? common::v1::FEED_ACTIVITIES : common::v1::FEED_TOWNSHIPS;
}

void ToProto(std::string_view township, Feed feed, int64_t revision, common::v1::FeedPosition* out) {
  out->set_feed(ToProto(feed));
  SetTownship(township, out->mutable_township());
  out->set_revision(revision);
}

void ToProto(const Figure& figure, std::string decimal, v1::Figure* out) {
  out->set_state(static_cast<v1::FigureState>(figure.state));
  out->set_value(figure.value);
  out->set_denominator(figure.denominator);
  out->set_decimal(std::move(decimal));
  out->set_unconfirmed_months(figure.unconfirmed_months);
}

void ToProto(const Metric& metric, v1::Metric* out) {
  out->set_name("metrics/" + metric.code);
  out->set_display_name_zh(metric.name.zh);
  out->set_display_name_en(metric.name.en);
  out->set_unit_zh(metric.unit.zh);
  out->set_unit_en(metric.unit.en);
  out->set_type(TypeOf(metric.type));
  out->set_section(metric.section);
  out->set_tier(metric.core ? "core" : "ext");
  out->set_version(metric.version);
  out->set_definition_zh(metric.definition.zh);
  out->set_definition_en(metric.definition.en);
  out->set_date_basis(metric.date_basis);
  out->set_formula(metric.formula.text());
  if (metric.denominator) out->set_denominator_formula(metric.denominator->text());
  out->set_decimal_shift(metric.decimal_shift);
  out->set_ratio_scale(metric.type == MetricType::kRatio ? metric.ratio_scale : 0);
}

void ToProto(RollupRow&& row, v1::RollupRow* out) {
  if (!row.township.empty()) out->set_township(TownshipName(row.township));
  out->set_member(std::move(row.member));
  out->set_display_name_zh(std::move(row.display_name_zh));
  out->set_metric(row.metric->name);
  out->set_start_date(FormatDate(row.period.begin));
  out->set_end_date(FormatDate(row.period.end));
  ToProto(row.figure, PrintFigure(*row.metric, row.figure), out->mutable_figure());
  if (!row.last_year) return;
  ToProto(*row.last_year, PrintFigure(*row.metric, *row.last_year), out->mutable_last_year());
  out->set_change_percent(row.change_percent.Text());
}

}  // namespace zhenhui::reporting

#include "clients/zhenhui/commands/query_options.h"

#include <algorithm>

#include "clients/zhenhui/client/server_places.h"
#include "clients/zhenhui/input/catalogue.h"
#include "clients/zhenhui/input/normalise.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {

using reporting::v1::RollupService;

absl::Status UsageError(const std::string& text) {
  return Error(absl::StatusCode::kInvalidArgument, "USAGE", text);
}

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

void PeriodOptions::AddTo(CLI::App& app) {
  app.add_option("--from", from, "第一天，含当天 (first day, inclusive)");
  app.add_option("--to", to, "最后一天，含当天 (last day, inclusive)");
  app.add_option("--year", year, "年 (year)")->check(CLI::Range(1900, 9999));
  app.add_option("--quarter", quarter, "季度，配合 --year (quarter 1 to 4, with --year)")
      ->check(CLI::Range(1, 4));
  app.add_option("--month", month, "月 (2024-03, or 3 with --year)");
}

absl::StatusOr<Period> PeriodOptions::Resolve(Date today) const {
  const bool days = !from.empty() || !to.empty();
  if (days && (year != 0 || quarter != 0 || !month.empty())) {
    return UsageError("--from/--to and --year/--quarter/--month exclude each other");
  }
  if (quarter != 0 && !month.empty()) return UsageError("--quarter and --month exclude each other");
  if (days) {
    const auto first = NormaliseDate(from);
    const auto last = to.empty() ? std::make_optional(FormatDate(today)) : NormaliseDate(to);
    if (!first.has_value() || !last.has_value())
      return UsageError("--from and --to are dates such as 2024-03-05");
    ASSIGN_OR_RETURN(const Date begin, ParseDate(*first));
    ASSIGN_OR_RETURN(const Date end, ParseDate(*last));
    if (end < begin) return UsageError("--to lies before --from");
    return Period{begin, end};
  }
  const int whole_year = year == 0 ? static_cast<int>(today.year()) : year;
  if (!month.empty()) {
    const bool bare = month.size() <= 2;
    const auto text = NormaliseMonth(bare ? std::to_string(whole_year) + "-" + month : month);
    if (!text.has_value() || (!bare && year != 0))
      return UsageError("--month is such as 2024-03, or 3 with --year");
    ASSIGN_OR_RETURN(const Date begin, ParseDate(*text + "-01"));
    return BucketOf(begin, Bucket::kMonth);
  }
  if (quarter != 0) return BucketOf(Date(whole_year, 3 * quarter, 1), Bucket::kQuarter);
  return BucketOf(Date(whole_year, 1, 1), Bucket::kYear);
}

void ScopeOptions::AddTo(CLI::App& app) {
  app.add_option("--township,-t", townships, "乡镇代码或名称，可重复 (township, code or name; repeatable)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--district,-d", district, "区县代码 (district code, 6 digits)");
}

absl::StatusOr<std::string> ResolveTownship(Context& context, Connection& connection,
                                            const std::string& given) {
  std::string text = LastPart(ToHalfWidth(given));
  const std::string scope = context.Scope();
  if (text.empty() && scope.size() >= 9) text = scope.substr(0, 9);
  if (text.empty()) return UsageError(context.T(Msg::kNeedScope));
  if (IsCode(text, 9)) return text;
  return ServerPlaces(&connection, scope).Township(text);
}

absl::StatusOr<reporting::v1::Scope> ScopeOptions::Resolve(Context& context, Connection& connection) const {
  reporting::v1::Scope scope;
  if (!townships.empty() && !district.empty())
    return UsageError("--township and --district exclude each other");
  for (const std::string& given : townships) {
    ASSIGN_OR_RETURN(const std::string code, ResolveTownship(context, connection, given));
    scope.add_townships("townships/" + code);
  }
  if (!townships.empty()) return scope;
  const std::string own = context.Scope();
  if (!district.empty()) {
    scope.set_district("districts/" + LastPart(ToHalfWidth(district)));
  } else if (own.size() >= 9) {
    scope.add_townships("townships/" + own.substr(0, 9));
  } else if (own.size() == 6) {
    scope.set_district("districts/" + own);
  } else {
    return UsageError(context.T(Msg::kNeedScope));
  }
  return scope;
}

void FreshOptions::AddTo(CLI::App& app) {
  app.add_flag("--fresh", fresh,
               "等到包含本机刚推送的数据 (wait until what was pushed from here is included)");
  app.add_option("--at-least", at_least,
                 "等到包含这个新鲜度标记，可重复 (freshness token to include; repeatable)")
      ->allow_extra_args(false);
}

absl::StatusOr<std::vector<common::v1::FeedPosition>> FreshOptions::Resolve(
    const Context& context, const reporting::v1::Scope& scope) const {
  std::vector<common::v1::FeedPosition> positions;
  const std::vector<common::v1::FeedPosition> stored =
      fresh ? LoadPositions(context.options.server) : std::vector<common::v1::FeedPosition>();
  for (const auto& position : stored) {
    const std::string& town = position.township();
    const bool concerned =
        std::count(scope.townships().begin(), scope.townships().end(), town) > 0 ||
        (!scope.district().empty() && LastPart(town).substr(0, 6) == LastPart(scope.district()));
    if (concerned) positions.push_back(position);
  }
  for (const std::string& text : at_least) {
    const auto position = ParsePosition(text);
    if (!position.has_value())
      return UsageError("--at-least is such as activities:630106101:42, not " + text);
    positions.push_back(*position);
  }
  return positions;
}

absl::StatusOr<MetricCatalogue> MetricCatalogue::Load(Connection& connection) {
  MetricCatalogue catalogue;
  RETURN_IF_ERROR(connection.Call(connection.reporting(), &RollupService::Stub::ListMetrics,
                                  reporting::v1::ListMetricsRequest(), &catalogue.response_));
  return catalogue;
}

const reporting::v1::Metric* MetricCatalogue::Find(const std::string& text) const {
  for (const auto& metric : response_.metrics()) {
    if (metric.name() == text || LastPart(metric.name()) == text ||
        FoldName(metric.display_name_zh()) == FoldName(text)) {
      return &metric;
    }
  }
  return nullptr;
}

std::vector<std::string> MetricCatalogue::Resolve(const std::vector<std::string>& given) const {
  std::vector<std::string> names;
  for (const auto& metric : response_.metrics()) {
    if (given.empty() && metric.tier() == "core") names.push_back(metric.name());
  }
  for (const std::string& text : given) {
    const reporting::v1::Metric* metric = Find(text);
    names.push_back(metric != nullptr ? metric->name() : "metrics/" + LastPart(text));
  }
  return names;
}

std::string MetricCatalogue::Title(const std::string& name, bool chinese) const {
  const reporting::v1::Metric* metric = Find(name);
  if (metric == nullptr) return name;
  if (chinese) return metric->display_name_zh() + "（" + metric->unit_zh() + "）";
  return metric->display_name_en() + " (" + metric->unit_en() + ")";
}

std::string RevisionsText(const Context& context,
                          const google::protobuf::RepeatedPtrField<common::v1::FeedPosition>& revisions) {
  std::string text;
  if (revisions.size() > 4) return text;
  for (const auto& position : revisions) {
    const bool activities = position.feed() == common::v1::FEED_ACTIVITIES;
    text += text.empty() ? "" : "  ";
    text += context.T(activities ? Msg::kFeedActivities : Msg::kFeedTownships) + " " +
            LastPart(position.township()) + "#" + std::to_string(position.revision());
  }
  return text;
}

}  // namespace zhenhui::cli

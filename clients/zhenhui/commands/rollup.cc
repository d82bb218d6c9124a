#include <map>

#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/output/figures.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::RollupRow;
using reporting::v1::RollupService;

// More buckets than this do not fit beside each other; they then stand below each other.
constexpr size_t kMaxPivot = 13;

struct RollupFlags {
  ScopeOptions scope;
  PeriodOptions period;
  FreshOptions fresh;
  std::vector<std::string> metrics;
  std::string bucket;
  std::string by;
  bool last_year = false;
};

std::string PlaceOf(const Context& context, const RollupRow& row) {
  if (!row.display_name_zh().empty()) return row.display_name_zh();
  if (!row.member().empty()) return row.member();
  if (row.township().empty()) return context.T(Msg::kTotal);
  return LastPart(row.township()) + context.T(Msg::kWholeTown);
}

std::string BucketTitle(const RollupRow& row) {
  const std::string& first = row.start_date();
  const std::string& last = row.end_date();
  if (first == last) return first;
  const auto month = ParseDate(first);
  if (month.ok() && BucketOf(*month, Bucket::kMonth) == Period{*month, ParseDate(last).value_or(*month)}) {
    return first.substr(0, 7);
  }
  return first + "~" + last.substr(first.substr(0, 4) == last.substr(0, 4) ? 5 : 0);
}

// Rows below each other, one for each figure: for spreadsheets and for many buckets.
Table LongTable(const Context& context, const reporting::v1::QueryRollupResponse& response,
                const MetricCatalogue& catalogue, bool csv, bool last_year) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(context.T(Msg::kHeadMember));
  table.AddColumn(context.T(Msg::kHeadPlace));
  table.AddColumn(context.T(Msg::kHeadMetric));
  table.AddColumn(context.T(Msg::kHeadPeriod));
  table.AddColumn(context.T(Msg::kHeadValue), Align::kRight);
  if (csv) table.AddColumn(context.T(Msg::kHeadState));
  if (last_year) {
    for (const Msg heading : {Msg::kHeadLastYear, Msg::kHeadChange})
      table.AddColumn(context.T(heading), Align::kRight);
  }
  const auto text = [&](const reporting::v1::Figure& figure) {
    return csv ? FigureCsv(figure, context.language()) : FigureText(figure, context.language());
  };
  for (const RollupRow& row : response.rows()) {
    std::vector<std::string> cells = {LastPart(row.township()),
                                      row.member(),
                                      PlaceOf(context, row),
                                      catalogue.Title(row.metric(), context.chinese()),
                                      row.start_date() + "~" + row.end_date(),
                                      text(row.figure())};
    if (csv) cells.push_back(FigureStateCode(row.figure()));
    if (last_year) cells.insert(cells.end(), {text(row.last_year()), row.change_percent()});
    table.AddRow(std::move(cells));
  }
  return table;
}

// One line for each place and metric, one column for each bucket.
Table WideTable(const Context& context, const reporting::v1::QueryRollupResponse& response,
                const MetricCatalogue& catalogue, const std::vector<std::string>& buckets) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadPlace));
  table.AddColumn(context.T(Msg::kHeadMetric));
  for (const std::string& bucket : buckets) {
    table.AddColumn(buckets.size() == 1 ? context.T(Msg::kHeadValue) : bucket, Align::kRight);
  }
  std::map<std::string, size_t> column_of;
  for (size_t i = 0; i < buckets.size(); ++i) column_of[buckets[i]] = i + 2;
  std::vector<std::string> cells;
  std::string last_key;
  for (const RollupRow& row : response.rows()) {
    const std::string key = row.township() + "|" + row.member() + "|" + row.metric();
    if (key != last_key) {
      if (!cells.empty()) table.AddRow(cells);
      cells.assign(buckets.size() + 2, "");
      cells[0] = PlaceOf(context, row);
      cells[1] = catalogue.Title(row.metric(), context.chinese());
      last_key = key;
    }
    cells[column_of[BucketTitle(row)]] = FigureText(row.figure(), context.language());
  }
  if (!cells.empty()) table.AddRow(cells);
  return table;
}

absl::StatusOr<reporting::v1::QueryRollupRequest> MakeRequest(const RollupFlags& flags, Context& context,
                                                              Connection& connection,
                                                              const MetricCatalogue& catalogue) {
  reporting::v1::QueryRollupRequest request;
  ASSIGN_OR_RETURN(*request.mutable_scope(), flags.scope.Resolve(context, connection));
  ASSIGN_OR_RETURN(const Period period, flags.period.Resolve(context.clock.Today()));
  request.set_start_date(FormatDate(period.begin));
  request.set_end_date(FormatDate(period.end));
  for (const std::string& metric : catalogue.Resolve(flags.metrics)) request.add_metrics(metric);
  static const std::map<std::string, reporting::v1::Bucket> kBuckets = {
      {"", reporting::v1::BUCKET_UNSPECIFIED},    {"day", reporting::v1::BUCKET_DAY},
      {"week", reporting::v1::BUCKET_WEEK},       {"month", reporting::v1::BUCKET_MONTH},
      {"quarter", reporting::v1::BUCKET_QUARTER}, {"year", reporting::v1::BUCKET_YEAR}};
  static const std::map<std::string, reporting::v1::GroupBy> kGroups = {
      {"", reporting::v1::GROUP_BY_UNSPECIFIED},
      {"township", reporting::v1::GROUP_BY_TOWNSHIP},
      {"village", reporting::v1::GROUP_BY_VILLAGE},
      {"audience", reporting::v1::GROUP_BY_AUDIENCE},
      {"roster", reporting::v1::GROUP_BY_ROSTER_ENTRY}};
  request.set_bucket(kBuckets.at(flags.bucket));
  request.set_group_by(kGroups.at(flags.by));
  // The sum over one town is that town; grouped so, its row bears its name.
  if (flags.by.empty() && request.scope().townships_size() == 1) {
    request.set_group_by(reporting::v1::GROUP_BY_TOWNSHIP);
  }
  request.set_with_last_year(flags.last_year);
  ASSIGN_OR_RETURN(const std::vector<common::v1::FeedPosition> positions,
                   flags.fresh.Resolve(context, request.scope()));
  request.mutable_at_least_as_fresh()->Add(positions.begin(), positions.end());
  return request;
}

int Rollup(const RollupFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  const auto request = MakeRequest(flags, context, **connection, *catalogue);
  if (!request.ok()) return context.Fail(request.status());
  reporting::v1::QueryRollupResponse response;
  const absl::Status queried =
      (*connection)->Call((*connection)->reporting(), &RollupService::Stub::QueryRollup, *request, &response);
  if (!queried.ok()) return context.Fail(queried);
  std::vector<std::string> buckets;
  for (const RollupRow& row : response.rows()) {
    const std::string title = BucketTitle(row);
    if (std::find(buckets.begin(), buckets.end(), title) == buckets.end()) buckets.push_back(title);
  }
  const bool csv = context.output() == Output::kCsv;
  const bool below_each_other = csv || flags.last_year || buckets.size() > kMaxPivot;
  context.Print(below_each_other ? LongTable(context, response, *catalogue, csv, flags.last_year)
                                 : WideTable(context, response, *catalogue, buckets),
                response);
  const std::string revisions = RevisionsText(context, response.revisions());
  if (context.output() == Output::kTable && !revisions.empty()) {
    context.out << context.T(Msg::kRevisions, {revisions}) << '\n';
  }
  return kExitOk;
}

}  // namespace

void AddRollup(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("rollup", "汇总指标 (roll up metrics over time and place)");
  auto flags = std::make_shared<RollupFlags>();
  flags->scope.AddTo(*command);
  flags->period.AddTo(*command);
  flags->fresh.AddTo(*command);
  command
      ->add_option("--metric,-m", flags->metrics,
                   "指标代码或名称，默认全部核心指标 (metrics; default: all core ones)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--bucket", flags->bucket, "时间分段 (day, week, month, quarter or year)")
      ->check(CLI::IsMember({"day", "week", "month", "quarter", "year"}));
  command->add_option("--by", flags->by, "分组 (township, village, audience or roster)")
      ->check(CLI::IsMember({"township", "village", "audience", "roster"}));
  command->add_flag("--last-year", flags->last_year, "附去年同期和同比 (with last year and the change)");
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Rollup(*flags, context); }; });
}

}  // namespace zhenhui::cli

#include <memory>
#include <utility>

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/commands/year_end.h"
#include "clients/zhenhui/output/figures.h"
#include "common/status/status_macros.h"

// Figures as they stood at a time or revision, and what made them change.
namespace zhenhui::cli {
namespace {

using reporting::v1::HistoryPoint;
using reporting::v1::HistoryService;

struct HistoryFlags {
  PeriodOptions period;
  std::string township;
  std::vector<std::string> metrics;
  std::vector<std::string> at;  // of as-of
  std::vector<std::string> before;
  std::vector<std::string> after;
};

// "now", a day ("2025-01-10": its end), a time ("2025-01-10T08:30:00", China), or revisions
// ("activities:630106101:42").
absl::StatusOr<HistoryPoint> ReadPoint(const Context& context, const std::vector<std::string>& given) {
  HistoryPoint point;
  for (const std::string& text : given) {
    if (text == "now") continue;
    if (const auto position = ParsePosition(text); position.has_value()) {
      *point.add_revisions() = *position;
      continue;
    }
    std::string why;
    absl::Time time;
    const absl::TimeZone china = absl::FixedTimeZone(8 * 3600);
    if (const auto day = ParseDate(text); day.ok()) {
      time = absl::FromCivil(absl::CivilSecond(*day + 1), china) - absl::Seconds(1);
    } else if (!absl::ParseTime("%Y-%m-%dT%H:%M:%S", text, china, &time, &why) &&
               !absl::ParseTime("%Y-%m-%dT%H:%M", text, china, &time, &why)) {
      return UsageError(
          Two(context, "时刻写成 now、2025-01-10、2025-01-10T08:30:00 或 activities:630106101:42，不是 ",
              "a point is now, 2025-01-10, 2025-01-10T08:30:00 or activities:630106101:42, not ") +
          text);
    }
    point.mutable_time()->set_seconds(absl::ToUnixSeconds(time));
  }
  return point;
}

// What both questions begin with.
struct Asked {
  Connection* connection;
  std::string town;
  MetricCatalogue catalogue;
  Period period;
};

absl::StatusOr<Asked> Ask(const HistoryFlags& flags, Context& context) {
  ASSIGN_OR_RETURN(Connection * connection, context.Connect());
  ASSIGN_OR_RETURN(std::string town, ResolveTownship(context, *connection, flags.township));
  ASSIGN_OR_RETURN(MetricCatalogue catalogue, MetricCatalogue::Load(*connection));
  ASSIGN_OR_RETURN(const Period period, flags.period.Resolve(context.clock.Today()));
  return Asked{connection, std::move(town), std::move(catalogue), period};
}

int AsOf(const HistoryFlags& flags, Context& context) {
  const auto asked = Ask(flags, context);
  if (!asked.ok()) return context.Fail(asked.status());
  const auto point = ReadPoint(context, flags.at);
  if (!point.ok()) return context.Fail(point.status());
  reporting::v1::GetFiguresAsOfRequest request;
  request.set_township("townships/" + asked->town);
  for (const std::string& metric : asked->catalogue.Resolve(flags.metrics)) request.add_metrics(metric);
  request.set_start_date(FormatDate(asked->period.begin));
  request.set_end_date(FormatDate(asked->period.end));
  *request.mutable_point() = *point;
  reporting::v1::GetFiguresAsOfResponse response;
  const absl::Status called = asked->connection->Call(
      asked->connection->history(), &HistoryService::Stub::GetFiguresAsOf, request, &response);
  if (!called.ok()) return context.Fail(called);
  Table table;
  table.AddColumn(context.T(Msg::kHeadMetric));
  table.AddColumn(context.T(Msg::kHeadValue), Align::kRight);
  table.AddColumn(context.T(Msg::kHeadState));
  for (int i = 0; i < response.figures_size(); ++i) {
    table.AddRow({asked->catalogue.Title(request.metrics(i), context.chinese()),
                  FigureCsv(response.figures(i), context.language()), FigureStateCode(response.figures(i))});
  }
  context.Print(table, response);
  if (context.output() == Output::kTable)
    context.out << context.T(Msg::kRevisions, {RevisionsText(context, response.revisions())}) << '\n';
  return kExitOk;
}

int Explain(const HistoryFlags& flags, Context& context) {
  const auto asked = Ask(flags, context);
  if (!asked.ok()) return context.Fail(asked.status());
  const auto from = ReadPoint(context, flags.before);
  if (!from.ok()) return context.Fail(from.status());
  const auto to = ReadPoint(context, flags.after);
  if (!to.ok()) return context.Fail(to.status());
  reporting::v1::ExplainDifferenceRequest request;
  request.set_township("townships/" + asked->town);
  if (!flags.metrics.empty()) {
    for (const std::string& metric : asked->catalogue.Resolve(flags.metrics)) request.add_metrics(metric);
  }
  request.set_start_date(FormatDate(asked->period.begin));
  request.set_end_date(FormatDate(asked->period.end));
  *request.mutable_from() = *from;
  *request.mutable_to() = *to;
  reporting::v1::ExplainDifferenceResponse response;
  const absl::Status called = asked->connection->Call(
      asked->connection->history(), &HistoryService::Stub::ExplainDifference, request, &response);
  if (!called.ok()) return context.Fail(called);
  Table table;
  table.AddColumn(context.T(Msg::kHeadMetric));
  table.AddColumn(context.T(Msg::kHeadRecord));
  table.AddColumn(context.T(Msg::kHeadTitle));
  table.AddColumn(Two(context, "原数", "old"), Align::kRight);
  table.AddColumn(Two(context, "现数", "new"), Align::kRight);
  table.AddColumn(context.T(Msg::kHeadReason));
  table.AddColumn(Two(context, "更正人", "by"));
  for (const auto& figure : response.figures()) {
    table.AddRow({asked->catalogue.Title(figure.metric(), context.chinese()),
                  Two(context, "（合计）", "(figure)"), "",
                  FigureCsv(figure.old_figure(), context.language()),
                  FigureCsv(figure.new_figure(), context.language()), "", ""});
    for (const auto& record : response.records()) {
      if (record.metric() != figure.metric()) continue;
      table.AddRow({"", LastPart(record.record().record()), record.record().title(),
                    absl::StrCat(record.old_value()), absl::StrCat(record.new_value()),
                    record.record().reason(), record.record().changed_by()});
    }
  }
  context.Print(table, response);
  if (response.figures_size() == 0) context.Note(Two(context, "没有差异", "no difference"));
  return kExitOk;
}

void AddShared(CLI::App& command, HistoryFlags& flags) {
  command.add_option("--township,-t", flags.township,
                     "乡镇代码或名称，默认按令牌 (township; default: the token's)");
  command.add_option("--metric,-m", flags.metrics, "指标代码或名称 (metrics)")
      ->delimiter(',')
      ->allow_extra_args(false);
  flags.period.AddTo(command);
}

}  // namespace

void AddFigures(CLI::App& app, Context& context) {
  CLI::App* group =
      app.add_subcommand("figures", "以往的数字和变化原因 (figures as they stood, and why they changed)");
  group->require_subcommand(1);
  auto as_of = std::make_shared<HistoryFlags>();
  CLI::App* command = group->add_subcommand("as-of", "某一时刻的数字 (figures as they stood)");
  AddShared(*command, *as_of);
  command
      ->add_option("--at", as_of->at,
                   "时刻或版本 (2025-01-10, 2025-01-10T08:30:00, activities:630106101:42 or now)")
      ->required();
  command->callback(
      [as_of, &context] { context.action = [as_of, &context] { return AsOf(*as_of, context); }; });

  auto difference = std::make_shared<HistoryFlags>();
  command =
      group->add_subcommand("difference", "两个时刻之间的变化及其记录 (what changed between two points)");
  AddShared(*command, *difference);
  command->add_option("--before", difference->before, "较早的时刻 (the earlier point)")->required();
  command->add_option("--after", difference->after, "较晚的时刻，默认现在 (the later point; default: now)");
  command->callback([difference, &context] {
    context.action = [difference, &context] { return Explain(*difference, context); };
  });
}

}  // namespace zhenhui::cli

#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/oversight.h"

namespace zhenhui::cli {
namespace {

using activities::v1::ActivityService;
using activities::v1::MonthState;
using activities::v1::TownCompleteness;

struct CompletenessFlags {
  ScopeOptions scope;
  int year = 0;
};

Msg MonthText(MonthState state) {
  switch (state) {
    case activities::v1::MONTH_STATE_RUNNING:
      return Msg::kMonthRunning;
    case activities::v1::MONTH_STATE_DUE:
      return Msg::kMonthDue;
    case activities::v1::MONTH_STATE_MISSING:
      return Msg::kMonthMissing;
    case activities::v1::MONTH_STATE_IN_TIME:
      return Msg::kMonthInTime;
    case activities::v1::MONTH_STATE_LATE:
      return Msg::kMonthLate;
    default:
      return Msg::kMonthNotApplicable;
  }
}

// Several towns: one row each, one column a month.
Table MonthsOfTowns(const Context& context, const activities::v1::GetCompletenessResponse& response) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadTownship));
  for (int month = 1; month <= 12; ++month) table.AddColumn(std::to_string(month));
  table.AddColumn(context.T(Msg::kHeadComplete), Align::kRight);
  table.AddColumn(context.T(Msg::kHeadTimely), Align::kRight);
  for (const TownCompleteness& town : response.townships()) {
    std::vector<std::string> row = {TownText(town.township(), town.display_name_zh())};
    for (const auto& month : town.months()) row.push_back(context.T(MonthText(month.state())));
    row.push_back(town.complete_percent());
    row.push_back(town.timely_percent());
    table.AddRow(std::move(row));
  }
  return table;
}

// One town: one row a month, with what stands in it.
Table MonthsOfTown(const Context& context, const TownCompleteness& town) {
  Table table;
  for (const Msg heading : {Msg::kHeadPeriod, Msg::kHeadState, Msg::kHeadDueDate, Msg::kHeadConfirmDate}) {
    table.AddColumn(context.T(heading));
  }
  for (const Msg heading : {Msg::kHeadActivities, Msg::kHeadChangedAfter, Msg::kHeadVillagesActive}) {
    table.AddColumn(context.T(heading), Align::kRight);
  }
  for (const auto& month : town.months()) {
    table.AddRow({month.month(), context.T(MonthText(month.state())), month.due_date(), month.confirm_date(),
                  std::to_string(month.activities()), std::to_string(month.changed_after_confirmation()),
                  std::to_string(month.villages_active()) + "/" + std::to_string(month.villages())});
  }
  return table;
}

int Completeness(const CompletenessFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto scope = flags.scope.Resolve(context, **connection);
  if (!scope.ok()) return context.Fail(scope.status());
  activities::v1::GetCompletenessResponse all;
  for (const std::string& parent : ParentsOf(*scope)) {
    activities::v1::GetCompletenessRequest request;
    request.set_parent(parent);
    request.set_year(YearOrThis(flags.year, context));
    activities::v1::GetCompletenessResponse response;
    const absl::Status asked =
        (*connection)
            ->Call((*connection)->activities(), &ActivityService::Stub::GetCompleteness, request, &response);
    if (!asked.ok()) return context.Fail(asked);
    all.MergeFrom(response);
  }
  const bool one = all.townships_size() == 1;
  context.Print(one ? MonthsOfTown(context, all.townships(0)) : MonthsOfTowns(context, all), all);
  if (one) {
    context.Note(context.T(Msg::kCompletenessOf,
                           {TownText(all.townships(0).township(), all.townships(0).display_name_zh()),
                            all.townships(0).complete_percent(), all.townships(0).timely_percent()}));
  }
  return kExitOk;
}

}  // namespace

void AddCompleteness(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("completeness", "各月是否报齐、是否按时 (how complete and timely months are)");
  auto flags = std::make_shared<CompletenessFlags>();
  flags->scope.AddTo(*command);
  command->add_option("--year", flags->year, "年，默认今年 (year, by default this one)")
      ->check(CLI::Range(2000, 2100));
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Completeness(*flags, context); }; });
}

}  // namespace zhenhui::cli

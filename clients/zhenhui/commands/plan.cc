#include <CLI/CLI.hpp>

#include "absl/strings/str_join.h"
#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/oversight.h"
#include "clients/zhenhui/commands/plan_import.h"
#include "clients/zhenhui/input/normalise.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using activities::v1::PlanService;
using reporting::v1::OversightService;

struct PlanFlags {
  ScopeOptions scope;
  FreshOptions fresh;
  int year = 0;
  std::string as_of;
  bool overdue = false;
  std::string metric;
  std::string township;
  std::string reason;
};

Msg StateText(reporting::v1::PlanState state) {
  switch (state) {
    case reporting::v1::PLAN_STATE_DONE:
      return Msg::kPlanDone;
    case reporting::v1::PLAN_STATE_ON_PACE:
      return Msg::kPlanOnPace;
    case reporting::v1::PLAN_STATE_BEHIND:
      return Msg::kPlanBehind;
    case reporting::v1::PLAN_STATE_OVERDUE:
      return Msg::kPlanOverdue;
    default:
      return Msg::kPlanUnknownMetric;
  }
}

Msg SourceText(activities::v1::TargetSource source) {
  switch (source) {
    case activities::v1::TARGET_SOURCE_STUDY_PLAN:
      return Msg::kSourceStudyPlan;
    case activities::v1::TARGET_SOURCE_PUBLICITY_PLAN:
      return Msg::kSourcePublicityPlan;
    default:
      return Msg::kSourceOther;
  }
}

Table StatusTable(const Context& context, const MetricCatalogue& catalogue,
                  const reporting::v1::GetPlanStatusResponse& response) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(context.T(Msg::kHeadMetric));
  for (const Msg heading :
       {Msg::kHeadTarget, Msg::kHeadDone, Msg::kHeadExpected, Msg::kHeadDue, Msg::kHeadPercent}) {
    table.AddColumn(context.T(heading), Align::kRight);
  }
  table.AddColumn(context.T(Msg::kHeadState));
  for (const auto& item : response.items()) {
    const bool known = item.state() != reporting::v1::PLAN_STATE_UNKNOWN_METRIC;
    std::string done = item.done().decimal();
    if (done.empty() && known) done = context.T(Msg::kStateNotReported);
    if (item.done().state() == reporting::v1::FIGURE_STATE_NOT_APPLICABLE && known) {
      done = context.T(Msg::kStateNotApplicable);
    }
    table.AddRow({TownText(item.township(), item.display_name_zh()),
                  catalogue.Title(item.metric(), context.chinese()), std::to_string(item.target()), done,
                  known ? std::to_string(item.expected()) : "", known ? std::to_string(item.due()) : "",
                  item.percent(), context.T(StateText(item.state()))});
  }
  return table;
}

int Status(const PlanFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto scope = flags.scope.Resolve(context, **connection);
  if (!scope.ok()) return context.Fail(scope.status());
  reporting::v1::GetPlanStatusRequest request;
  *request.mutable_scope() = *scope;
  request.set_year(YearOrThis(flags.year, context));
  request.set_overdue_only(flags.overdue);
  if (!flags.as_of.empty()) request.set_as_of_date(NormaliseDate(flags.as_of).value_or(flags.as_of));
  const auto positions = flags.fresh.Resolve(context, *scope);
  if (!positions.ok()) return context.Fail(positions.status());
  request.mutable_at_least_as_fresh()->Add(positions->begin(), positions->end());
  reporting::v1::GetPlanStatusResponse response;
  const absl::Status asked =
      (*connection)
          ->Call((*connection)->oversight(), &OversightService::Stub::GetPlanStatus, request, &response);
  if (!asked.ok()) return context.Fail(asked);
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  context.Print(StatusTable(context, *catalogue, response), response);
  context.Note(context.T(Msg::kPlanAsOf, {response.as_of_date()}));
  return kExitOk;
}

int List(const PlanFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto scope = flags.scope.Resolve(context, **connection);
  if (!scope.ok()) return context.Fail(scope.status());
  activities::v1::ListTargetsResponse all;
  for (const std::string& parent : ParentsOf(*scope)) {
    activities::v1::ListTargetsRequest request;
    request.set_parent(parent);
    request.set_year(YearOrThis(flags.year, context));
    activities::v1::ListTargetsResponse response;
    const absl::Status asked =
        (*connection)->Call((*connection)->plans(), &PlanService::Stub::ListTargets, request, &response);
    if (!asked.ok()) return context.Fail(asked);
    all.MergeFrom(response);
  }
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  Table table;
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(context.T(Msg::kHeadMetric));
  for (const char* quarter : {"Q1", "Q2", "Q3", "Q4"}) table.AddColumn(quarter, Align::kRight);
  table.AddColumn(context.T(Msg::kHeadSource));
  table.AddColumn(context.T(Msg::kHeadNote));
  for (const auto& target : all.targets()) {
    std::vector<std::string> row = {target.name().substr(sizeof("townships/") - 1, 9),
                                    catalogue->Title("metrics/" + target.metric(), context.chinese())};
    for (const int64_t quarter : target.quarters()) row.push_back(std::to_string(quarter));
    row.push_back(context.T(SourceText(target.source())));
    row.push_back(target.note());
    table.AddRow(std::move(row));
  }
  context.Print(table, all);
  return kExitOk;
}

int Withdraw(const PlanFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto township = ResolveTownship(context, **connection, flags.township);
  if (!township.ok()) return context.Fail(township.status());
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  activities::v1::WithdrawTargetRequest request;
  request.set_name("townships/" + *township + "/targets/" + std::to_string(YearOrThis(flags.year, context)) +
                   "." + LastPart(catalogue->Resolve({flags.metric}).front()));
  request.set_reason(flags.reason);
  activities::v1::WithdrawTargetResponse response;
  const absl::Status asked =
      (*connection)->Call((*connection)->plans(), &PlanService::Stub::WithdrawTarget, request, &response);
  if (!asked.ok()) return context.Fail(asked);
  Positions positions;
  positions.Add(response.position());
  StorePositions(context.options.server, positions);
  context.Note(context.T(Msg::kTargetWithdrawn, {request.name()}));
  return kExitOk;
}

void AddYear(CLI::App& command, PlanFlags& flags) {
  command.add_option("--year", flags.year, "年，默认今年 (year, by default this one)")
      ->check(CLI::Range(2000, 2100));
}

}  // namespace

void AddPlan(CLI::App& app, Context& context) {
  CLI::App* plan =
      app.add_subcommand("plan", "年度计划的目标和进度 (targets of yearly plans, and how far they are)");
  plan->require_subcommand(1);
  plan->fallthrough();
  AddPlanImport(*plan, context);
  auto flags = std::make_shared<PlanFlags>();
  CLI::App* list = plan->add_subcommand("list", "列出目标 (list the targets)");
  flags->scope.AddTo(*list);
  AddYear(*list, *flags);
  list->callback([flags, &context] { context.action = [flags, &context] { return List(*flags, context); }; });
  auto asked = std::make_shared<PlanFlags>();
  CLI::App* status =
      plan->add_subcommand("status", "完成与目标对照 (done against target, pace and what is overdue)");
  asked->scope.AddTo(*status);
  asked->fresh.AddTo(*status);
  AddYear(*status, *asked);
  status->add_option("--as-of", asked->as_of, "算到哪一天，默认今天 (the day to count to, by default today)");
  status->add_flag("--overdue", asked->overdue, "只列逾期的 (only what is overdue)");
  status->callback(
      [asked, &context] { context.action = [asked, &context] { return Status(*asked, context); }; });
  auto gone = std::make_shared<PlanFlags>();
  CLI::App* withdraw = plan->add_subcommand("withdraw", "撤回一个目标 (withdraw a target)");
  withdraw->add_option("metric", gone->metric, "指标代码或名称 (metric, code or name)")->required();
  withdraw->add_option("--township,-t", gone->township, "乡镇代码或名称 (township, code or name)");
  withdraw->add_option("--reason", gone->reason, "原因 (why)")->required();
  AddYear(*withdraw, *gone);
  withdraw->callback(
      [gone, &context] { context.action = [gone, &context] { return Withdraw(*gone, context); }; });
}

}  // namespace zhenhui::cli

#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/oversight.h"
#include "clients/zhenhui/input/catalogue.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::GapType;
using reporting::v1::OversightService;

struct GapFlags {
  ScopeOptions scope;
  PeriodOptions period;
  std::vector<std::string> types;
  std::string kind;
};

const std::map<std::string, GapType> kGapTypes = {{"village", reporting::v1::GAP_TYPE_VILLAGE},
                                                  {"audience", reporting::v1::GAP_TYPE_AUDIENCE},
                                                  {"roster", reporting::v1::GAP_TYPE_ROSTER_ENTRY},
                                                  {"counsel", reporting::v1::GAP_TYPE_NO_COUNSEL}};

Msg GapText(GapType type) {
  switch (type) {
    case reporting::v1::GAP_TYPE_VILLAGE:
      return Msg::kGapVillage;
    case reporting::v1::GAP_TYPE_AUDIENCE:
      return Msg::kGapAudience;
    case reporting::v1::GAP_TYPE_ROSTER_ENTRY:
      return Msg::kGapRosterEntry;
    default:
      return Msg::kGapNoCounsel;
  }
}

absl::StatusOr<reporting::v1::ListGapsRequest> MakeGapRequest(const GapFlags& flags, Context& context,
                                                              Connection& connection) {
  reporting::v1::ListGapsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_scope(), flags.scope.Resolve(context, connection));
  ASSIGN_OR_RETURN(const Period period, flags.period.Resolve(context.clock.Today()));
  request.set_start_date(FormatDate(period.begin));
  request.set_end_date(FormatDate(period.end));
  for (const std::string& type : flags.types) request.add_types(kGapTypes.at(type));
  if (!flags.kind.empty()) {
    activities::v1::ListKindsResponse kinds;
    RETURN_IF_ERROR(connection.Call(connection.activities(),
                                    &activities::v1::ActivityService::Stub::ListKinds,
                                    activities::v1::ListKindsRequest(), &kinds));
    request.set_kind(Catalogue(kinds).Kind(flags.kind).value_or(flags.kind));
  }
  request.set_page_size(1000);
  return request;
}

int Gaps(const GapFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  auto request = MakeGapRequest(flags, context, **connection);
  if (!request.ok()) return context.Fail(request.status());
  reporting::v1::ListGapsResponse all;
  do {
    reporting::v1::ListGapsResponse page;
    const absl::Status asked =
        (*connection)->Call((*connection)->oversight(), &OversightService::Stub::ListGaps, *request, &page);
    if (!asked.ok()) return context.Fail(asked);
    request->set_page_token(page.next_page_token());
    page.clear_next_page_token();
    if (all.revisions_size() > 0) page.clear_revisions();
    all.MergeFrom(page);
  } while (!request->page_token().empty());
  Table table;
  for (const Msg heading :
       {Msg::kHeadTownship, Msg::kHeadGap, Msg::kHeadMember, Msg::kHeadName, Msg::kHeadLastMonth}) {
    table.AddColumn(context.T(heading));
  }
  for (const auto& gap : all.gaps()) {
    table.AddRow({LastPart(gap.township()), context.T(GapText(gap.type())), gap.member(),
                  gap.display_name_zh(),
                  gap.last_month().empty() ? context.T(Msg::kNever) : gap.last_month()});
  }
  context.Print(table, all);
  for (const auto& town : all.evenness()) {
    context.Note(context.T(Msg::kEvenness,
                           {LastPart(town.township()), std::to_string(town.reached()),
                            std::to_string(town.villages()), town.gini().empty() ? "-" : town.gini()}));
  }
  return kExitOk;
}

}  // namespace

void AddGaps(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("gaps",
                                         "空白：没有活动的村、受众和人员，没有法律顾问的村 (villages, "
                                         "audiences and roster entries that nothing reached)");
  auto flags = std::make_shared<GapFlags>();
  flags->scope.AddTo(*command);
  flags->period.AddTo(*command);
  command
      ->add_option("--type", flags->types,
                   "village、audience、roster、counsel，可重复 (repeatable; default: all)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"village", "audience", "roster", "counsel"}));
  command->add_option("--kind", flags->kind, "只看这类活动，代码或名称 (only this kind, code or name)");
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Gaps(*flags, context); }; });
}

}  // namespace zhenhui::cli

#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/oversight.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::AlarmType;
using reporting::v1::OversightService;

struct AlarmFlags {
  ScopeOptions scope;
  int year = 0;
  std::vector<std::string> types;
  bool unexplained = false;
  std::string name;
  std::string text;
};

const std::map<std::string, AlarmType> kAlarmTypes = {{"jump", reporting::v1::ALARM_TYPE_JUMP},
                                                      {"one-village", reporting::v1::ALARM_TYPE_ONE_VILLAGE},
                                                      {"same", reporting::v1::ALARM_TYPE_SAME_EVERY_MONTH},
                                                      {"part", reporting::v1::ALARM_TYPE_PART_AND_WHOLE}};

Msg AlarmText(AlarmType type) {
  switch (type) {
    case reporting::v1::ALARM_TYPE_JUMP:
      return Msg::kAlarmJump;
    case reporting::v1::ALARM_TYPE_ONE_VILLAGE:
      return Msg::kAlarmOneVillage;
    case reporting::v1::ALARM_TYPE_SAME_EVERY_MONTH:
      return Msg::kAlarmSameEveryMonth;
    default:
      return Msg::kAlarmPartAndWhole;
  }
}

Table AlarmTable(const Context& context,
                 const google::protobuf::RepeatedPtrField<reporting::v1::Alarm>& alarms) {
  Table table;
  for (const Msg heading : {Msg::kHeadAlarm, Msg::kHeadMessage, Msg::kHeadExplanation, Msg::kHeadId}) {
    table.AddColumn(context.T(heading));
  }
  for (const auto& alarm : alarms) {
    table.AddRow({context.T(AlarmText(alarm.type())),
                  context.chinese() ? alarm.message_zh() : alarm.message_en(), alarm.explanation(),
                  alarm.name()});
  }
  return table;
}

absl::StatusOr<reporting::v1::ListAlarmsResponse> ListAll(const AlarmFlags& flags, Context& context,
                                                          Connection& connection) {
  reporting::v1::ListAlarmsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_scope(), flags.scope.Resolve(context, connection));
  request.set_year(YearOrThis(flags.year, context));
  for (const std::string& type : flags.types) request.add_types(kAlarmTypes.at(type));
  request.set_unexplained_only(flags.unexplained);
  request.set_page_size(1000);
  reporting::v1::ListAlarmsResponse all;
  do {
    reporting::v1::ListAlarmsResponse page;
    RETURN_IF_ERROR(
        connection.Call(connection.oversight(), &OversightService::Stub::ListAlarms, request, &page));
    request.set_page_token(page.next_page_token());
    page.clear_next_page_token();
    if (all.revisions_size() > 0) page.clear_revisions();
    all.MergeFrom(page);
  } while (!request.page_token().empty());
  return all;
}

int Alarms(const AlarmFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto all = ListAll(flags, context, **connection);
  if (!all.ok()) return context.Fail(all.status());
  context.Print(AlarmTable(context, all->alarms()), *all);
  return kExitOk;
}

int ExplainOne(const AlarmFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  reporting::v1::ExplainAlarmRequest request;
  request.set_name(flags.name);
  if (flags.name.find('/') == std::string::npos) {
    const auto township = ResolveTownship(context, **connection, "");
    if (!township.ok()) return context.Fail(township.status());
    request.set_name("townships/" + *township + "/alarms/" + flags.name);
  }
  request.set_explanation(flags.text);
  reporting::v1::ExplainAlarmResponse response;
  const absl::Status asked =
      (*connection)
          ->Call((*connection)->oversight(), &OversightService::Stub::ExplainAlarm, request, &response);
  if (!asked.ok()) return context.Fail(asked);
  google::protobuf::RepeatedPtrField<reporting::v1::Alarm> one;
  *one.Add() = response.alarm();
  context.Print(AlarmTable(context, one), response);
  context.Note(context.T(Msg::kAlarmExplained));
  return kExitOk;
}

}  // namespace

void AddAlarms(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("alarms", "需要说明的数字 (figures that want a look)");
  command->fallthrough();
  auto flags = std::make_shared<AlarmFlags>();
  flags->scope.AddTo(*command);
  command->add_option("--year", flags->year, "年，默认今年 (year, by default this one)")
      ->check(CLI::Range(2000, 2100));
  command
      ->add_option("--type", flags->types, "jump、one-village、same、part，可重复 (repeatable; default: all)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"jump", "one-village", "same", "part"}));
  command->add_flag("--unexplained", flags->unexplained,
                    "只列还没有说明的 (only those without an explanation)");
  CLI::App* explain = command->add_subcommand("explain", "写下说明 (store the town's explanation)");
  explain->add_option("alarm", flags->name, "编号，如 2024.jump.law_lectures (as listed)")->required();
  explain->add_option("text", flags->text, "说明 (explanation)")->required();
  // Both callbacks run for the sub-command, its own first or last: what decides is whether it was given.
  command->callback([flags, explain, &context] {
    const bool explains = explain->parsed();
    context.action = [flags, explains, &context] {
      return explains ? ExplainOne(*flags, context) : Alarms(*flags, context);
    };
  });
}

}  // namespace zhenhui::cli

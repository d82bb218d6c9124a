#include <CLI/CLI.hpp>

#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/client/server_places.h"
#include "clients/zhenhui/commands/activity_change.h"
#include "clients/zhenhui/commands/activity_table.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/input/normalise.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using activities::v1::Activity;
using activities::v1::ActivityService;

struct ActivityFlags {
  std::string township;
  std::string id;  // or a full resource name
  std::string from, to, village, text, audience;
  std::vector<std::string> kinds;
  bool all = false;
  bool newest = false;
  int limit = 0;
  bool history = false;
  std::vector<std::string> settings;
  std::string reason;
  std::string etag;
};

absl::StatusOr<std::string> NameOf(const ActivityFlags& flags, Context& context, Connection& connection) {
  if (flags.id.compare(0, 10, "townships/") == 0) return flags.id;
  ASSIGN_OR_RETURN(const std::string township, ResolveTownship(context, connection, flags.township));
  return "townships/" + township + "/activities/" + flags.id;
}

void PrintActivities(const Context& context, const std::vector<Activity>& activities,
                     const google::protobuf::Message& answer) {
  context.Print(
      context.output() == Output::kCsv ? ActivityCsv(activities) : ActivityTable(context, activities),
      answer);
}

absl::StatusOr<activities::v1::ListActivitiesRequest> MakeListRequest(const ActivityFlags& flags,
                                                                      Context& context,
                                                                      Connection& connection) {
  activities::v1::ListActivitiesRequest request;
  ASSIGN_OR_RETURN(const std::string township, ResolveTownship(context, connection, flags.township));
  request.set_parent("townships/" + township);
  request.set_page_size(flags.limit > 0 ? std::min(flags.limit, 1000) : 1000);
  const auto date = [](const std::string& text, std::string* out) {
    if (text.empty()) return true;
    const auto normal = NormaliseDate(text);
    if (normal.has_value()) *out = *normal;
    return normal.has_value();
  };
  if (!date(flags.from, request.mutable_start_date()) || !date(flags.to, request.mutable_end_date())) {
    return UsageError("--from and --to are dates such as 2024-03-05");
  }
  for (const std::string& kind : flags.kinds) request.add_kinds(kind);
  request.set_village(flags.village);
  if (!flags.village.empty() && !IsCode(flags.village, 12)) {
    ASSIGN_OR_RETURN(const std::string village,
                     ServerPlaces(&connection, context.Scope()).Village(township, flags.village, ""));
    request.set_village(village);
  }
  request.set_text(flags.text);
  request.set_audience(flags.audience);
  request.set_show_deleted(flags.all);
  if (flags.newest) request.set_order_by("date desc");
  return request;
}

int List(const ActivityFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  auto request = MakeListRequest(flags, context, **connection);
  if (!request.ok()) return context.Fail(request.status());
  activities::v1::ListActivitiesResponse all;
  do {
    activities::v1::ListActivitiesResponse page;
    const absl::Status listed =
        (*connection)
            ->Call((*connection)->activities(), &ActivityService::Stub::ListActivities, *request, &page);
    if (!listed.ok()) return context.Fail(listed);
    all.mutable_activities()->MergeFrom(page.activities());
    all.set_read_revision(page.read_revision());
    request->set_page_token(page.next_page_token());
  } while (!request->page_token().empty() && (flags.limit == 0 || all.activities_size() < flags.limit));
  const bool more = !request->page_token().empty();
  if (flags.limit > 0 && all.activities_size() > flags.limit) {
    all.mutable_activities()->DeleteSubrange(flags.limit, all.activities_size() - flags.limit);
  }
  PrintActivities(context, {all.activities().begin(), all.activities().end()}, all);
  if (more) context.Note(context.T(Msg::kExplainPartial, {std::to_string(all.activities_size())}));
  return kExitOk;
}

absl::StatusOr<Activity> Get(const std::string& name, Connection& connection) {
  activities::v1::GetActivityRequest request;
  request.set_name(name);
  activities::v1::GetActivityResponse response;
  RETURN_IF_ERROR(
      connection.Call(connection.activities(), &ActivityService::Stub::GetActivity, request, &response));
  return response.activity();
}

// Field after field, as two columns; only differences when there is something to compare with.
void PrintFields(const Context& context, const Activity& before, const Activity& after,
                 bool only_differences) {
  Table table;
  table.AddColumn("");
  table.AddColumn(only_differences ? context.T(Msg::kActivityBefore) : "");
  if (only_differences) table.AddColumn(context.T(Msg::kActivityAfter));
  const std::vector<std::pair<std::string, std::string>> was = ActivityFields(before);
  const std::vector<std::pair<std::string, std::string>> is = ActivityFields(after);
  for (size_t i = 0; i < was.size(); ++i) {
    if (only_differences && was[i].second == is[i].second) continue;
    table.AddRow(only_differences ? std::vector<std::string>{was[i].first, was[i].second, is[i].second}
                                  : std::vector<std::string>{was[i].first, was[i].second});
  }
  table.Print(context.out);
}

int Show(const ActivityFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = NameOf(flags, context, **connection);
  if (!name.ok()) return context.Fail(name.status());
  if (flags.history) {
    activities::v1::ListActivityRevisionsRequest request;
    request.set_name(*name);
    request.set_page_size(1000);
    activities::v1::ListActivityRevisionsResponse response;
    const absl::Status listed = (*connection)
                                    ->Call((*connection)->activities(),
                                           &ActivityService::Stub::ListActivityRevisions, request, &response);
    if (!listed.ok()) return context.Fail(listed);
    Table table;
    for (const Msg heading :
         {Msg::kHeadRevision, Msg::kHeadDate, Msg::kHeadTitle, Msg::kHeadMeasures, Msg::kHeadReason}) {
      table.AddColumn(context.T(heading));
    }
    for (const Activity& activity : response.revisions()) {
      table.AddRow({std::to_string(activity.revision()), activity.date(), activity.title(),
                    MeasuresText(activity), activity.revision_reason()});
    }
    context.Print(table, response);
    return kExitOk;
  }
  const auto activity = Get(*name, **connection);
  if (!activity.ok()) return context.Fail(activity.status());
  if (context.output() == Output::kTable) {
    PrintFields(context, *activity, *activity, /*only_differences=*/false);
  } else {
    PrintActivities(context, {*activity}, *activity);
  }
  return kExitOk;
}

int Correct(const ActivityFlags& flags, Context& context) {
  activities::v1::UpdateActivityRequest request;
  if (const absl::Status set = ApplySettings(flags.settings, &request); !set.ok()) return context.Fail(set);
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = NameOf(flags, context, **connection);
  if (!name.ok()) return context.Fail(name.status());
  const auto before = Get(*name, **connection);
  if (!before.ok()) return context.Fail(before.status());
  request.mutable_activity()->set_name(*name);
  // What was just read must still stand when it is changed.
  request.mutable_activity()->set_etag(flags.etag.empty() ? before->etag() : flags.etag);
  request.set_reason(flags.reason);
  activities::v1::UpdateActivityResponse response;
  const absl::Status updated =
      (*connection)
          ->Call((*connection)->activities(), &ActivityService::Stub::UpdateActivity, request, &response);
  if (!updated.ok()) return context.Fail(updated);
  Positions positions;
  positions.Add(response.position());
  StorePositions(context.options.server, positions);
  if (context.output() != Output::kTable) {
    PrintActivities(context, {response.activity()}, response);
  } else if (response.activity().revision() == before->revision()) {
    context.out << context.T(Msg::kActivityUnchanged) << '\n';
  } else {
    PrintFields(context, *before, response.activity(), /*only_differences=*/true);
  }
  for (const auto& position : positions.All()) {
    context.Note(context.T(Msg::kFreshnessToken, {FormatPosition(position)}));
  }
  return kExitOk;
}

int Delete(const ActivityFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = NameOf(flags, context, **connection);
  if (!name.ok()) return context.Fail(name.status());
  activities::v1::DeleteActivityRequest request;
  request.set_name(*name);
  request.set_etag(flags.etag);
  request.set_reason(flags.reason);
  activities::v1::DeleteActivityResponse response;
  const absl::Status deleted =
      (*connection)
          ->Call((*connection)->activities(), &ActivityService::Stub::DeleteActivity, request, &response);
  if (!deleted.ok()) return context.Fail(deleted);
  Positions positions;
  positions.Add(response.position());
  StorePositions(context.options.server, positions);
  if (context.output() != Output::kTable) {
    PrintActivities(context, {response.activity()}, response);
  } else {
    context.out << context.T(Msg::kActivityDeleted,
                             {LastPart(*name), std::to_string(response.activity().revision())})
                << '\n';
  }
  return kExitOk;
}

CLI::App* AddOne(CLI::App& parent, Context& context, const std::string& name, const std::string& help,
                 const std::shared_ptr<ActivityFlags>& flags, int (*run)(const ActivityFlags&, Context&)) {
  CLI::App* command = parent.add_subcommand(name, help);
  command->fallthrough();
  command->add_option("--township,-t", flags->township, "乡镇代码或名称 (township, code or name)");
  command->callback(
      [flags, run, &context] { context.action = [flags, run, &context] { return run(*flags, context); }; });
  return command;
}

}  // namespace

void AddActivities(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("activities", "查看和更正活动 (look at and correct activities)");
  command->require_subcommand(1);
  command->fallthrough();
  auto flags = std::make_shared<ActivityFlags>();  // only one of the commands is ever given

  CLI::App* list = AddOne(*command, context, "list",
                          "列出；csv 格式改后可再推送 (list; the csv can be edited and pushed)", flags, List);
  list->add_option("--from", flags->from, "第一天，含当天 (first day, inclusive)");
  list->add_option("--to", flags->to, "最后一天，含当天 (last day, inclusive)");
  list->add_option("--kind", flags->kinds, "活动类型：代码或名称，可重复 (kinds, code or Chinese name)")
      ->delimiter(',')
      ->allow_extra_args(false);
  list->add_option("--village", flags->village, "村，代码或名称 (village, code or name)");
  list->add_option("--audience", flags->audience, "受众：代码或名称 (audience, code or Chinese name)");
  list->add_option("--text", flags->text, "标题里的字 (part of the title)");
  list->add_flag("--all", flags->all, "包括已删除的 (deleted ones too)");
  list->add_flag("--newest", flags->newest, "最近的在前 (newest first)");
  list->add_option("--limit", flags->limit, "最多几条，0 为全部 (at most so many; 0 is all)")
      ->check(CLI::NonNegativeNumber);

  CLI::App* show = AddOne(*command, context, "show", "一条的全部内容 (all of one)", flags, Show);
  show->add_flag("--history", flags->history, "各版本 (its revisions)");

  CLI::App* correct = AddOne(*command, context, "correct",
                             "更正一条，前后对照 (correct one, shows before and after)", flags, Correct);
  correct->add_option("--set", flags->settings, "字段=值，如 date=2024-03-06、measures.cases=3 (FIELD=VALUE)")
      ->allow_extra_args(false)
      ->required();

  CLI::App* remove = AddOne(*command, context, "delete", "删除一条，不再计数 (delete one: it stops counting)",
                            flags, Delete);
  for (CLI::App* one : {show, correct, remove}) one->add_option("id", flags->id, "编号 (id)")->required();
  for (CLI::App* one : {correct, remove}) {
    one->add_option("--reason", flags->reason, "原因，必填 (why)")->required();
    one->add_option("--etag", flags->etag, "只在仍是这一版时 (only if it still is this version)");
  }
}

}  // namespace zhenhui::cli

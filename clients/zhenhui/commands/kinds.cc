#include <CLI/CLI.hpp>

#include "absl/strings/str_join.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"

namespace zhenhui::cli {
namespace {

int ListKinds(Context& context, bool terms) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  activities::v1::ListKindsResponse response;
  const absl::Status listed =
      (*connection)
          ->Call((*connection)->activities(), &activities::v1::ActivityService::Stub::ListKinds,
                 activities::v1::ListKindsRequest(), &response);
  if (!listed.ok()) return context.Fail(listed);
  const bool zh = context.chinese();
  Table table;
  table.AddColumn(context.T(Msg::kHeadCode));
  table.AddColumn(context.T(Msg::kHeadName));
  table.AddColumn(context.T(terms ? Msg::kHeadKind : Msg::kHeadMeasures));
  table.AddColumn(context.T(Msg::kHeadAliases));
  if (terms) {
    const auto add = [&](const auto& list, const char* type) {
      for (const auto& term : list) {
        table.AddRow({term.code(), zh ? term.display_name_zh() : term.display_name_en(), type,
                      absl::StrJoin(term.aliases_zh(), "、")});
      }
    };
    add(response.audiences(), "audience");
    add(response.channels(), "channel");
  } else {
    for (const auto& kind : response.kinds()) {
      std::string measures;
      for (const auto& measure : kind.measures()) {
        measures += measures.empty() ? "" : ", ";
        measures +=
            measure.code() + (zh ? " " + measure.display_name_zh() : "") + (measure.required() ? "*" : "");
      }
      table.AddRow({kind.code(), zh ? kind.display_name_zh() : kind.display_name_en(), measures,
                    absl::StrJoin(kind.aliases_zh(), "、")});
    }
  }
  context.Print(table, response);
  return kExitOk;
}

int ListMetrics(Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  Table table;
  for (const Msg heading :
       {Msg::kHeadCode, Msg::kHeadName, Msg::kHeadUnit, Msg::kHeadType, Msg::kHeadDefinition}) {
    table.AddColumn(context.T(heading));
  }
  const bool zh = context.chinese();
  for (const auto& metric : catalogue->response().metrics()) {
    const std::string type = reporting::v1::MetricType_Name(metric.type()).substr(sizeof("METRIC_TYPE_") - 1);
    table.AddRow({LastPart(metric.name()), zh ? metric.display_name_zh() : metric.display_name_en(),
                  zh ? metric.unit_zh() : metric.unit_en(), CLI::detail::to_lower(type),
                  zh ? metric.definition_zh() : metric.definition_en()});
  }
  context.Print(table, catalogue->response());
  return kExitOk;
}

}  // namespace

void AddKinds(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "kinds", "活动类型、数量（* 必填）和别名 (kinds, measures, * required, and aliases)");
  auto terms = std::make_shared<bool>(false);
  command->add_flag("--terms", *terms, "列受众和渠道 (audiences and channels instead)");
  command->callback(
      [terms, &context] { context.action = [terms, &context] { return ListKinds(context, *terms); }; });
}

void AddMetrics(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("metrics", "指标及其口径 (metrics and their definitions)");
  command->callback([&context] { context.action = [&context] { return ListMetrics(context); }; });
}

}  // namespace zhenhui::cli

#include "clients/zhenhui/commands/report.h"

#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"

namespace zhenhui::cli {

void AddReport(CLI::App& app, Context& context) {
  CLI::App* group = app.add_subcommand("report", "报告 (reports)");
  group->require_subcommand(1);
  AddReportCheck(*group, context);
  AddReportRender(*group, context);
}

}  // namespace zhenhui::cli

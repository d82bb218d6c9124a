#pragma once
#include "clients/zhenhui/context.h"

namespace CLI {
class App;
}

// Each function adds one command; the command sets context.action when it was given. `app` and `context` must
// live until the action has run.
namespace zhenhui::cli {

void AddPush(CLI::App& app, Context& context);
void AddImport(CLI::App& app, Context& context);
void AddConfirm(CLI::App& app, Context& context);
void AddActivities(CLI::App& app, Context& context);
void AddAlarms(CLI::App& app, Context& context);
void AddCompleteness(CLI::App& app, Context& context);
void AddGaps(CLI::App& app, Context& context);
void AddPlan(CLI::App& app, Context& context);
void AddKinds(CLI::App& app, Context& context);
void AddMetrics(CLI::App& app, Context& context);
void AddReport(CLI::App& app, Context& context);
void AddRollup(CLI::App& app, Context& context);
void AddCompare(CLI::App& app, Context& context);
void AddExplain(CLI::App& app, Context& context);
void AddFreshness(CLI::App& app, Context& context);
void AddVerify(CLI::App& app, Context& context);
void AddFigures(CLI::App& app, Context& context);
void AddYearEnd(CLI::App& app, Context& context);
void AddToken(CLI::App& app, Context& context);
void AddCompletion(CLI::App& app, Context& context);

}  // namespace zhenhui::cli

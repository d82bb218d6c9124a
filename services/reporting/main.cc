// zhenhui-reporting: the rollups as a process of its own.
#include <utility>

#include "common/log/log.h"
#include "common/process/secrets.h"
#include "common/service/service_main.h"
#include "common/status/status_macros.h"
#include "services/reporting/flags.h"
#include "services/reporting/service.h"

namespace zhenhui {
namespace {

absl::Status RequestRebuilds(const reporting::Flags& flags) {
  ASSIGN_OR_RETURN(const std::string dsn, process::ResolveSecret(flags.rebuild_dsn));
  ASSIGN_OR_RETURN(const int64_t towns, reporting::RequestRebuilds(dsn, flags.rebuild_prefix));
  log::Info("rebuilds requested", {{"townships", towns}});
  return absl::OkStatus();
}

}  // namespace
}  // namespace zhenhui

int main(int argc, char** argv) {
  using namespace zhenhui;
  reporting::Flags flags;
  service::Command rebuild{"rebuild", "asks the running processes to compute cells anew from the records",
                           [&](CLI::App& app) {
                             app.add_option("--dsn", flags.rebuild_dsn, "as for serve")->required();
                             app.add_option("--prefix", flags.rebuild_prefix,
                                            "of division codes; default: all towns");
                           },
                           [&] { return RequestRebuilds(flags); }};
  return service::RunProgram(
      argc, argv,
      {.name = "zhenhui-reporting",
       .description = "Rolls up what towns record, and answers queries from memory.",
       .schema = reporting::ReportingSchema(),
       .add_flags = [&](CLI::App& serve) { reporting::AddServeFlags(serve, flags); },
       .create = [&](const service::Config& config,
                     const service::ServeFlags&) { return reporting::Create(config, flags); },
       .extra_commands = {std::move(rebuild)}});
}

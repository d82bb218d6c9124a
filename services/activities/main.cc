// zhenhui-activities: activities and month confirmations as a process of its own.
#include <memory>
#include <string>

#include "common/process/secrets.h"
#include "common/rpc/channel.h"
#include "common/service/service_main.h"
#include "common/status/status_macros.h"
#include "services/activities/service.h"

namespace {

using namespace zhenhui;

// Where the townships service is, and how to speak to it.
struct TownshipsFlags {
  std::string target;
  std::string token;  // may be "@/path/to/file"
  bool tls = false;
  std::string ca_file;
};

void AddFlags(CLI::App& serve, TownshipsFlags& flags) {
  serve
      .add_option("--townships", flags.target,
                  "address of the townships service, for example dns:///townships:50051")
      ->required();
  serve
      .add_option("--townships-token", flags.token, "token of role job; @FILE reads it, again for each call")
      ->required();
  serve.add_flag("--townships-tls", flags.tls, "speak TLS to the townships service");
  serve.add_option("--townships-ca", flags.ca_file, "PEM of its authority; default: the system's");
}

absl::StatusOr<std::unique_ptr<service::HostedService>> Create(const service::Config& config,
                                                               const TownshipsFlags& flags) {
  rpc::ChannelOptions options;
  options.tls.enabled = flags.tls;
  options.tls.ca_file = flags.ca_file;
  RETURN_IF_ERROR(process::ResolveSecret(flags.token).status());
  // Read for each call, so that a token can be renewed without a restart; the calls are rare.
  options.token = [token = flags.token] { return process::ResolveSecret(token).value_or(""); };
  ASSIGN_OR_RETURN(std::shared_ptr<grpc::Channel> townships, rpc::Connect(flags.target, options));
  return activities::CreateService(config, std::move(townships));
}

}  // namespace

int main(int argc, char** argv) {
  TownshipsFlags flags;
  return service::RunProgram(
      argc, argv,
      {.name = "zhenhui-activities",
       .description = "Keeps what townships have done, with all revisions.",
       .schema = activities::ActivitiesSchema(),
       .add_flags = [&flags](CLI::App& serve) { AddFlags(serve, flags); },
       .create = [&flags](const service::Config& config,
                          const service::ServeFlags&) { return Create(config, flags); }});
}

#pragma once
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "absl/status/statusor.h"
#include "common/rpc/channel.h"
#include "common/service/hosted_service.h"

namespace zhenhui::reporting {

// What the flags of zhenhui-reporting have said, besides those that all services share.
struct Flags {
  std::string activities;
  std::string townships;
  std::string token;  // may be "@/path/to/file"
  rpc::ChannelTls tls;
  std::string metrics_file;
  std::string report_templates;
  int flush_ms = 500;
  int verify_ms = 5000;
  std::string scope;
  std::string rebuild_dsn;
  std::string rebuild_prefix;
};

// The flags of `serve`.
void AddServeFlags(CLI::App& serve, Flags& flags);

// The service with its channels to the other two.
absl::StatusOr<std::unique_ptr<service::HostedService>> Create(const service::Config& config,
                                                               const Flags& flags);

}  // namespace zhenhui::reporting

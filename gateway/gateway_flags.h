#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "common/rpc/channel.h"
#include "gateway/app/gateway.h"

namespace zhenhui::gateway {

// What the command line said.
struct GatewayFlags {
  GatewayOptions options;
  std::string townships, activities, reporting;  // addresses of the services
  rpc::ChannelTls upstream_tls;
  std::vector<std::string> public_key_files;
  std::string descriptor_file;
  std::string metrics_listen;
  std::string ready_file;
  std::string log_level = "info";
  int grace_seconds = 20;
  int notice_seconds = 0;
};

void AddFlags(CLI::App& app, GatewayFlags& flags);

}  // namespace zhenhui::gateway

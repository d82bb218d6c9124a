#include "services/standalone/http_front.h"

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/auth/jwt.h"
#include "common/auth/keys.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"

namespace zhenhui::standalone {
namespace {

namespace fs = std::filesystem;

constexpr char kOff[] = "off";
constexpr int kUsualPort = 7461;
constexpr absl::Duration kGrace = absl::Seconds(10);
constexpr absl::Duration kLinkLife = absl::Hours(24);
constexpr absl::Duration kSessionLife = absl::Hours(24 * 7);

// Installed, or built by CMake; empty if there is none.
std::string FindDashboard() {
  std::error_code error;
  const fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* beside : {"../share/zhenhui/dashboard", "../dashboard"}) {
    const fs::path found = folder / beside;
    if (fs::exists(found / "index.html", error)) return found.string();
  }
  return {};
}

}  // namespace

std::string HttpAddress(const std::string& flag, const std::string& rpc_listen) {
  if (flag == kOff) return {};
  if (!flag.empty()) return flag;
  int port = 0;
  const std::size_t colon = rpc_listen.rfind(':');
  if (rpc_listen.starts_with("unix:") || colon == std::string::npos ||
      !absl::SimpleAtoi(rpc_listen.substr(colon + 1), &port)) {
    return absl::StrCat("127.0.0.1:", kUsualPort);
  }
  return absl::StrCat("127.0.0.1:", port == 0 ? 0 : port + 1);
}

bool IsLoopback(const std::string& address) {
  return address.starts_with("127.") || address.starts_with("localhost:") || address.starts_with("[::1]:") ||
         address.starts_with("unix:");
}

absl::StatusOr<std::unique_ptr<HttpFront>> HttpFront::Start(const HttpFlags& flags,
                                                            const std::string& address,
                                                            const rpc::ServerTls& tls, const Keys& keys,
                                                            Composition& composition) {
  std::unique_ptr<HttpFront> front(new HttpFront());
  gateway::GatewayOptions options{.address = address,
                                  .tls = {.certificate = tls.certificate_file, .key = tls.key_file},
                                  .dashboard = flags.dashboard.empty() ? FindDashboard() : flags.dashboard,
                                  .access_log = gateway::AccessLog::kProblems};
  gateway::Surroundings surroundings{.verifier = nullptr,
                                     .clock = &front->clock_,
                                     .registry = &composition.metrics(),
                                     .ready = [&composition] { return composition.serving(); }};
  ASSIGN_OR_RETURN(surroundings.verifier, auth::TokenVerifier::Create({keys.public_pem}, front->clock_));
  const std::shared_ptr<grpc::Channel> channel = composition.Channel(nullptr);
  ASSIGN_OR_RETURN(front->gateway_, gateway::StartGateway(std::move(options), std::move(surroundings),
                                                          {channel, channel, channel}));
  log::Info("serving http", {{"http_port", front->gateway_->port()}});
  if (IsLoopback(address)) {
    RETURN_IF_ERROR(front->MakeLink(flags, keys));
  } else if (tls.certificate_file.empty()) {
    log::Warning("serving http beyond this machine without TLS: sessions can be read on the way",
                 {{"listen", address}});
  }
  return front;
}

absl::Status HttpFront::MakeLink(const HttpFlags& flags, const Keys& keys) {
  ASSIGN_OR_RETURN(const auth::TokenSigner signer, auth::TokenSigner::Create(keys.private_pem));
  const absl::Time now = clock_.Now();
  ASSIGN_OR_RETURN(std::string token, signer.Sign({.subject = "district-office",
                                                   .role = auth::Role::kDistrict,
                                                   .scope = std::string(auth::kWholeCountry),
                                                   .expires = now + kSessionLife},
                                                  now));
  sign_in_link_ = gateway_->SignInLink(std::move(token), kLinkLife);
  if (flags.sign_in_file.empty()) return absl::OkStatus();
  return auth::WriteSecretFile(flags.sign_in_file, absl::StrCat(sign_in_link_, "\n"));
}

void HttpFront::Stop() { gateway_->Stop(kGrace); }

}  // namespace zhenhui::standalone

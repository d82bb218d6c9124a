#include "common/rpc/server.h"

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include "absl/strings/str_cat.h"
#include "common/process/secrets.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::rpc {
namespace {

// Both switches belong to the process and not to a server; the second time reflection would be registered
// twice.
void TurnOnPlugins(bool reflection) {
  static std::once_flag health_once;
  static std::once_flag reflection_once;
  std::call_once(health_once, [] { grpc::EnableDefaultHealthCheckService(true); });
  if (reflection) {
    std::call_once(reflection_once, [] { grpc::reflection::InitProtoReflectionServerBuilderPlugin(); });
  }
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(const ServerTls& tls) {
  if (tls.certificate_file.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions options;
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  ASSIGN_OR_RETURN(pair.cert_chain, process::ReadSmallFile(tls.certificate_file));
  ASSIGN_OR_RETURN(pair.private_key, process::ReadSmallFile(tls.key_file));
  options.pem_key_cert_pairs.push_back(std::move(pair));
  if (!tls.client_ca_file.empty()) {
    ASSIGN_OR_RETURN(options.pem_root_certs, process::ReadSmallFile(tls.client_ca_file));
    options.client_certificate_request = GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  }
  return grpc::SslServerCredentials(options);
}

// Null if there is nothing to record.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> Recorder(
    const ServerOptions& options, const std::vector<Server::Hosted>& services) {
  const auto log = std::make_shared<const CallLog>(options.timers, options.access_log);
  if (!log->on()) return nullptr;
  std::vector<const OwnRecords*> own;
  for (const Server::Hosted& hosted : services) {
    if (hosted.own_records == nullptr) continue;
    hosted.own_records->SetLog(log);
    own.push_back(hosted.own_records);
  }
  return std::make_unique<AccessInterceptorFactory>(log, std::move(own));
}

void Configure(const ServerOptions& options, const std::vector<Server::Hosted>& services,
               grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(options.max_message_bytes);
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT,
                              0);  // two processes on one port would share the calls
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 256);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  grpc::ResourceQuota quota("server");
  quota.Resize(256 << 20);  // bytes of transport buffers
  builder->SetResourceQuota(quota);
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> interceptors;
  if (auto recorder = Recorder(options, services)) interceptors.push_back(std::move(recorder));
  builder->experimental().SetInterceptorCreators(std::move(interceptors));
}

}  // namespace

Server::Server(ServerOptions options, std::vector<Hosted> services)
    : options_(std::move(options)), services_(std::move(services)) {}

Server::~Server() { Shutdown(absl::ZeroDuration()); }

absl::StatusOr<int> Server::Start() {
  TurnOnPlugins(options_.reflection);
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ServerCredentials> credentials, Credentials(options_.tls));
  grpc::ServerBuilder builder;
  int port = 0;
  const bool listens = !options_.address.empty();
  if (listens) builder.AddListeningPort(options_.address, credentials, &port);
  for (const Hosted& hosted : services_) builder.RegisterService(hosted.service);
  Configure(options_, services_, &builder);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || (listens && port == 0)) {
    server_ = nullptr;
    return Error(absl::StatusCode::kUnavailable, "ADDRESS_UNAVAILABLE",
                 absl::StrCat("cannot listen at ", options_.address,
                              ": the address is taken or not of this machine, or the TLS files do not fit"));
  }
  for (const Hosted& hosted : services_) SetServing(hosted.health_name, false);
  return port;
}

void Server::SetServing(std::string_view health_name, bool serving) {
  if (server_ == nullptr) return;
  server_->GetHealthCheckService()->SetServingStatus(std::string(health_name), serving);
}

void Server::Shutdown(absl::Duration grace, absl::Duration drain) {
  if (server_ == nullptr) return;
  server_->GetHealthCheckService()->SetServingStatus(false);
  std::this_thread::sleep_for(absl::ToChronoNanoseconds(drain));
  server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(grace));
  server_->Wait();
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel(TokenProvider token) {
  return server_->experimental().InProcessChannelWithInterceptors(grpc::ChannelArguments(),
                                                                  TokenInterceptors(std::move(token)));
}

}  // namespace zhenhui::rpc

#include "common/rpc/channel.h"

#include <chrono>
#include <utility>

#include <grpcpp/support/client_interceptor.h>

#include "common/process/secrets.h"
#include "common/rpc/call.h"
#include "common/status/status_macros.h"

namespace zhenhui::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;

// gRPC's own call credentials refuse insecure channels, even on loopback; an interceptor does not.
class TokenInterceptor final : public grpc::experimental::Interceptor {
 public:
  explicit TokenInterceptor(const TokenProvider& token) : token_(token) {}
  void Intercept(grpc::experimental::InterceptorBatchMethods* batch) override {
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      auto* metadata = batch->GetSendInitialMetadata();
      const std::string token = token_();
      // A caller who set the header himself knows better.
      if (!token.empty() && !metadata->contains(kAuthorizationHeader)) {
        metadata->insert({kAuthorizationHeader, "Bearer " + token});
      }
    }
    batch->Proceed();
  }

 private:
  const TokenProvider& token_;
};

class TokenInterceptorFactory final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit TokenInterceptorFactory(TokenProvider token) : token_(std::move(token)) {}
  grpc::experimental::Interceptor* CreateClientInterceptor(grpc::experimental::ClientRpcInfo*) override {
    return new TokenInterceptor(token_);  // gRPC takes ownership; the factory lives as long as the channel
  }

 private:
  const TokenProvider token_;
};

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(const ChannelTls& tls) {
  if (!tls.enabled) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  if (!tls.ca_file.empty()) {
    ASSIGN_OR_RETURN(options.pem_root_certs, process::ReadSmallFile(tls.ca_file));
  }
  if (!tls.certificate_file.empty()) {
    ASSIGN_OR_RETURN(options.pem_cert_chain, process::ReadSmallFile(tls.certificate_file));
    ASSIGN_OR_RETURN(options.pem_private_key, process::ReadSmallFile(tls.key_file));
  }
  return grpc::SslCredentials(options);
}

}  // namespace

std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> TokenInterceptors(
    TokenProvider token) {
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> factories;
  if (token) factories.push_back(std::make_unique<TokenInterceptorFactory>(std::move(token)));
  return factories;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const std::string& target,
                                                       const ChannelOptions& options) {
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ChannelCredentials> credentials, Credentials(options.tls));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
  arguments.SetLoadBalancingPolicyName("round_robin");
  // A service that restarts is back within a second; gRPC's default would wait up to two minutes to notice.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(options.keepalive)));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  return grpc::experimental::CreateCustomChannelWithInterceptors(target, credentials, arguments,
                                                                 TokenInterceptors(options.token));
}

void PrepareContext(grpc::ClientContext* context, absl::Duration timeout, const std::string& request_id) {
  if (timeout < absl::InfiniteDuration()) {
    context->set_deadline(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(timeout));
  }
  if (!request_id.empty()) context->AddMetadata(kRequestIdHeader, request_id);
}

}  // namespace zhenhui::rpc

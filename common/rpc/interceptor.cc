#include "common/rpc/interceptor.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string_view>

#include "common/log/log.h"
#include "common/rpc/call.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;

class AccessInterceptor final : public grpc::experimental::Interceptor {
 public:
  AccessInterceptor(metrics::Timers* timers, AccessLog access_log, const char* method)
      : timers_(timers), access_log_(access_log), method_(method == nullptr ? "" : method) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* batch) override {
    // Both points come in one batch for a unary call, in this order.
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      const auto* metadata = batch->GetSendInitialMetadata();
      const auto found = metadata->find(kRequestIdHeader);
      if (found != metadata->end()) request_id_ = found->second;
    }
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      if (IsUnreadable(batch->GetSendStatus())) batch->ModifySendStatus(ToGrpc(MessageMalformed()));
      Record(batch->GetSendStatus());
    }
    batch->Proceed();
  }

 private:
  // What gRPC answers by itself when it cannot parse a request of a method that we do serve: no handler has
  // run. Our own errors always have a message.
  static bool IsUnreadable(const grpc::Status& status) {
    return status.error_code() == grpc::StatusCode::UNIMPLEMENTED && status.error_message().empty();
  }

  void Record(const grpc::Status& status) const {
    const auto took = std::chrono::steady_clock::now() - start_;
    const auto code = static_cast<absl::StatusCode>(status.error_code());
    if (timers_ != nullptr) timers_->Record(method_, code, took);
    const bool problem = !status.ok() || took > absl::ToChronoNanoseconds(kSlowCall);
    if (access_log_ == AccessLog::kOff || (access_log_ == AccessLog::kProblems && !problem)) return;
    const std::string code_name = absl::StatusCodeToString(code);
    const std::int64_t micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    if (status.ok()) {
      log::Info("call",
                {{"method", method_}, {"code", code_name}, {"us", micros}, {"request_id", request_id_}});
    } else {
      log::Info("call", {{"method", method_},
                         {"code", code_name},
                         {"us", micros},
                         {"request_id", request_id_},
                         {"error", status.error_message()}});
    }
  }

  metrics::Timers* const timers_;
  const AccessLog access_log_;
  const std::string_view method_;  // gRPC's, lives as long as the server
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::string request_id_;
};

}  // namespace

grpc::experimental::Interceptor* AccessInterceptorFactory::CreateServerInterceptor(
    grpc::experimental::ServerRpcInfo* info) {
  return new AccessInterceptor(timers_, access_log_, info->method());  // gRPC takes ownership
}

}  // namespace zhenhui::rpc

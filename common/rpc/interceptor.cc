#include "common/rpc/interceptor.h"

#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include "common/rpc/call.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::rpc {
namespace {

using grpc::experimental::InterceptionHookPoints;

class AccessInterceptor final : public grpc::experimental::Interceptor {
 public:
  AccessInterceptor(const CallLog& log, std::string_view method) : log_(log), method_(method) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* batch) override {
    // Both points come in one batch for a unary call, in this order.
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      TakeRequestId(*batch->GetSendInitialMetadata());
    }
    if (batch->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = batch->GetSendStatus();
      auto* trailing = batch->GetSendTrailingMetadata();
      TakeRequestId(*trailing);
      if (status.ok()) trailing->erase(kRequestIdHeader);  // see BeginCall
      const auto took = std::chrono::steady_clock::now() - start_;
      if (IsUnreadable(status)) {
        const grpc::Status better = ToGrpc(MessageMalformed());
        batch->ModifySendStatus(better);
        log_.Record(method_, better, took, request_id_);
      } else {
        log_.Record(method_, status, took, request_id_);
      }
    }
    batch->Proceed();
  }

 private:
  // What gRPC answers by itself when it cannot parse a request of a method that we do serve: no handler has
  // run. Our own errors always have a message.
  static bool IsUnreadable(const grpc::Status& status) {
    return status.error_code() == grpc::StatusCode::UNIMPLEMENTED && status.error_message().empty();
  }

  // The caller's is in the initial metadata, one of our own in the trailing metadata.
  void TakeRequestId(const std::multimap<std::string, std::string>& metadata) {
    if (metadata.empty()) return;
    const auto found = metadata.find(kRequestIdHeader);
    if (found != metadata.end()) request_id_ = found->second;
  }

  const CallLog& log_;
  const std::string_view method_;  // gRPC's, lives as long as the server
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::string request_id_;
};

}  // namespace

grpc::experimental::Interceptor* AccessInterceptorFactory::CreateServerInterceptor(
    grpc::experimental::ServerRpcInfo* info) {
  const std::string_view method = info->method() == nullptr ? "" : info->method();
  for (const OwnRecords* own : own_) {
    if (own->Has(method)) return nullptr;
  }
  return new AccessInterceptor(*log_, method);  // gRPC takes ownership
}

}  // namespace zhenhui::rpc

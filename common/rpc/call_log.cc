#include "common/rpc/call_log.h"

#include <cstdint>

#include "common/log/log.h"
#include "common/rpc/call.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::rpc {

void CallLog::Record(std::string_view method, const grpc::Status& status,
                     std::chrono::steady_clock::duration took, std::string_view request_id) const {
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  if (timers_ != nullptr) timers_->Record(method, code, took);
  const bool problem = !status.ok() || took > absl::ToChronoNanoseconds(kSlowCall);
  if (access_log_ == AccessLog::kOff || (access_log_ == AccessLog::kProblems && !problem)) return;
  const std::string code_name = absl::StatusCodeToString(code);
  const std::int64_t micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  if (status.ok()) {
    log::Info("call", {{"method", method}, {"code", code_name}, {"us", micros}, {"request_id", request_id}});
  } else {
    log::Info("call", {{"method", method},
                       {"code", code_name},
                       {"us", micros},
                       {"request_id", request_id},
                       {"error", status.error_message()}});
  }
}

grpc::Status CallEnd::operator()(const absl::Status& status) const {
  grpc::Status answer = ToGrpc(status);
  if (own_ == nullptr) return answer;
  if (!answer.ok() && tell_) context_->AddTrailingMetadata(kRequestIdHeader, request_id_);
  if (const CallLog* log = own_->log(); log != nullptr)
    log->Record(method_, answer, std::chrono::steady_clock::now() - start_, request_id_);
  return answer;
}

}  // namespace zhenhui::rpc

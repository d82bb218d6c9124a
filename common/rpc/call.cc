#include "common/rpc/call.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"

namespace zhenhui::rpc {
namespace {

std::string_view Header(const grpc::CallbackServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return {};
  return std::string_view(found->second.data(), found->second.size());
}

// A request id goes into logs and headers, so a stranger may not put anything he likes into it.
bool IsRequestId(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace

absl::StatusOr<Call> BeginCall(grpc::CallbackServerContext* context, const auth::Authenticator& authenticator,
                               std::string_view method, absl::Duration longest, CallEnd* end) {
  Call call;
  const std::string_view sent_id = Header(*context, kRequestIdHeader);
  const bool sent = IsRequestId(sent_id);
  call.request_id = sent ? std::string(sent_id) : log::NewRequestId();
  if (sent) context->AddInitialMetadata(kRequestIdHeader, call.request_id);
  if (end != nullptr) {
    end->SetRequestId(call.request_id, /*tell=*/!sent);
  } else if (!sent) {
    // The access interceptor reads it there, and takes it out of an answer that succeeds: a header that is
    // new in every answer costs both sides more than it is worth.
    context->AddTrailingMetadata(kRequestIdHeader, call.request_id);
  }
  ASSIGN_OR_RETURN(call.claims, authenticator.Authenticate(Header(*context, kAuthorizationHeader), method));
  call.deadline = std::min(absl::FromChrono(context->deadline()), absl::Now() + longest);
  return call;
}

}  // namespace zhenhui::rpc

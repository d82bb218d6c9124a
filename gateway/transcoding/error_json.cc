#include "gateway/transcoding/error_json.h"

#include <array>

#include <google/protobuf/any.pb.h>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "gateway/transcoding/json_text.h"
#include "gateway/transcoding/json_writer.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace zhenhui::gateway::transcoding {
namespace {

struct CodeRow {
  std::string_view name;
  int http_status;
};

// By google.rpc.Code.
constexpr std::array<CodeRow, 17> kCodes = {{
    {"OK", 200},
    {"CANCELLED", 499},
    {"UNKNOWN", 500},
    {"INVALID_ARGUMENT", 400},
    {"DEADLINE_EXCEEDED", 504},
    {"NOT_FOUND", 404},
    {"ALREADY_EXISTS", 409},
    {"PERMISSION_DENIED", 403},
    {"RESOURCE_EXHAUSTED", 429},
    {"FAILED_PRECONDITION", 400},
    {"ABORTED", 409},
    {"OUT_OF_RANGE", 400},
    {"UNIMPLEMENTED", 501},
    {"INTERNAL", 500},
    {"UNAVAILABLE", 503},
    {"DATA_LOSS", 500},
    {"UNAUTHENTICATED", 401},
}};

const CodeRow& RowOf(int grpc_code) {
  const bool known = grpc_code >= 0 && static_cast<size_t>(grpc_code) < kCodes.size();
  return kCodes[known ? static_cast<size_t>(grpc_code) : 2];
}

void AppendDetail(const Plans& plans, const pb::Any& detail, std::string* out) {
  const MessagePlan any{.shape = Shape::kAny,
                        .prototype = &pb::Any::default_instance()};  // which a schema may lack
  if (AppendJson(plans, any, detail.SerializeAsString(), out).ok()) return;
  absl::StrAppend(out, "{\"@type\":");
  AppendJsonStringReplacing(detail.type_url(), out);
  absl::StrAppend(out, ",\"value\":");
  AppendBase64(detail.value(), out);
  out->push_back('}');
}

std::optional<int64_t> RetryAfter(const google::rpc::Status& status) {
  google::rpc::RetryInfo info;
  for (const pb::Any& detail : status.details()) {
    if (!detail.UnpackTo(&info) || info.retry_delay().seconds() < 0) continue;
    return info.retry_delay().seconds() + (info.retry_delay().nanos() > 0 ? 1 : 0);
  }
  return std::nullopt;
}

}  // namespace

int HttpStatusOf(int grpc_code) { return RowOf(grpc_code).http_status; }

std::string_view CodeName(int grpc_code) { return RowOf(grpc_code).name; }

HttpError MakeHttpError(const Plans& plans, const GrpcError& error) {
  google::rpc::Status status;
  // Details that cannot be read are dropped; code and message are worth more.
  if (!status.ParseFromArray(error.details.data(), static_cast<int>(error.details.size()))) status.Clear();
  HttpError http;
  http.status = error.http_status.value_or(HttpStatusOf(error.code));
  http.retry_after = RetryAfter(status);
  if (!error.request_id.empty()) {
    google::rpc::RequestInfo info;
    info.set_request_id(std::string(error.request_id));
    status.add_details()->PackFrom(info);
  }
  absl::StrAppend(&http.body, "{\"error\":{\"code\":", http.status, ",\"status\":\"",
                  Absl(CodeName(error.code)), "\",\"message\":");
  AppendJsonStringReplacing(error.message, &http.body);
  for (int i = 0; i < status.details_size(); ++i) {
    http.body += i == 0 ? ",\"details\":[" : ",";
    AppendDetail(plans, status.details(i), &http.body);
  }
  if (status.details_size() > 0) http.body += ']';
  http.body += "}}\n";
  return http;
}

}  // namespace zhenhui::gateway::transcoding

#include "common/rpc/status_to_grpc.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/status/reason.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace zhenhui::rpc {
namespace {

// A longer trailer than gRPC's default limit for metadata (8 KiB) would turn the answer into another error.
constexpr std::size_t kMaxDetailBytes = 6 << 10;

void AddErrorInfo(const absl::Status& status, google::rpc::Status* out) {
  const std::string reason = ReasonOf(status);
  const std::map<std::string, std::string> metadata = MetadataOf(status);
  if (reason.empty() && metadata.empty()) return;
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(kErrorDomain);
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  out->add_details()->PackFrom(info);
}

void AddRetryInfo(const absl::Status& status, google::rpc::Status* out) {
  const std::optional<absl::Duration> delay = RetryDelayOf(status);
  if (!delay) return;
  google::rpc::RetryInfo info;
  absl::Duration rest = *delay;
  info.mutable_retry_delay()->set_seconds(absl::IDivDuration(rest, absl::Seconds(1), &rest));
  info.mutable_retry_delay()->set_nanos(static_cast<std::int32_t>(absl::ToInt64Nanoseconds(rest)));
  out->add_details()->PackFrom(info);
}

// Adds as many violations as fit: the first ones are worth more than none.
void AddBadRequest(const absl::Status& status, google::rpc::Status* out) {
  google::rpc::BadRequest bad;
  std::size_t bytes = out->ByteSizeLong();
  for (const FieldViolation& violation : ViolationsOf(status)) {
    bytes += violation.field.size() + violation.reason.size() + violation.description.size() + 16;
    if (bytes > kMaxDetailBytes) break;
    google::rpc::BadRequest::FieldViolation* item = bad.add_field_violations();
    item->set_field(violation.field);
    item->set_reason(violation.reason);
    item->set_description(violation.description);
  }
  if (bad.field_violations_size() > 0) out->add_details()->PackFrom(bad);
}

// The message travels in a header of its own and has the same limit. Cuts between characters of UTF-8.
std::string Shortened(absl::string_view message) {
  constexpr std::size_t kMax = 1 << 10;  // percent-encoding makes a Chinese character three times as long
  if (message.size() <= kMax) return std::string(message);
  std::size_t end = kMax;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
  return std::string(message.substr(0, end)) + "...";
}

absl::Status ReadDetail(const google::protobuf::Any& detail, absl::Status status) {
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::RetryInfo retry;
  if (detail.UnpackTo(&info)) {
    if (!info.reason().empty()) status = WithReason(std::move(status), info.reason());
    for (const auto& [key, value] : info.metadata()) status = WithMetadata(std::move(status), key, value);
  } else if (detail.UnpackTo(&bad)) {
    std::vector<FieldViolation> violations;
    for (const auto& item : bad.field_violations()) {
      violations.push_back({item.field(), item.reason(), item.description()});
    }
    status = WithViolations(std::move(status), violations);
  } else if (detail.UnpackTo(&retry)) {
    status = WithRetryDelay(std::move(status), absl::Seconds(retry.retry_delay().seconds()) +
                                                   absl::Nanoseconds(retry.retry_delay().nanos()));
  }
  return status;
}

}  // namespace

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string message = Shortened(status.message());
  google::rpc::Status details;
  AddErrorInfo(status, &details);
  AddRetryInfo(status, &details);
  AddBadRequest(status, &details);
  // absl and gRPC share the canonical code numbers, so the cast is exact.
  const auto code = static_cast<grpc::StatusCode>(status.code());
  if (details.details().empty()) return grpc::Status(code, message);
  details.set_code(static_cast<int>(code));
  details.set_message(message);
  return grpc::Status(code, message, details.SerializeAsString());
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  absl::Status result(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  google::rpc::Status details;
  if (status.error_details().empty() || !details.ParseFromString(status.error_details())) return result;
  for (const google::protobuf::Any& detail : details.details())
    result = ReadDetail(detail, std::move(result));
  return result;
}

}  // namespace zhenhui::rpc

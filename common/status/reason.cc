#include "common/status/reason.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"

namespace zhenhui {
namespace {

constexpr char kReasonPayload[] = "zhenhui/reason";
constexpr char kViolationsPayload[] = "zhenhui/violations";
constexpr char kMetadataPayload[] = "zhenhui/metadata";
constexpr char kRetryPayload[] = "zhenhui/retry-delay-ns";

// A list of texts as "length:bytes" one after the other; any byte may occur in a text.
std::string Pack(const std::vector<std::string_view>& texts) {
  std::string packed;
  for (const std::string_view text : texts) {
    absl::StrAppend(&packed, text.size(), ":");
    packed.append(text);
  }
  return packed;
}

std::vector<std::string> Unpack(std::string_view packed) {
  std::vector<std::string> texts;
  while (!packed.empty()) {
    const size_t colon = packed.find(':');
    size_t length = 0;
    if (colon == std::string_view::npos ||
        !absl::SimpleAtoi(absl::string_view(packed.data(), colon), &length) ||
        length > packed.size() - colon - 1) {
      return {};
    }
    texts.emplace_back(packed.substr(colon + 1, length));
    packed.remove_prefix(colon + 1 + length);
  }
  return texts;
}

std::string Read(const absl::Status& status, const char* payload) {
  const auto cord = status.GetPayload(payload);
  return cord.has_value() ? std::string(*cord) : std::string();
}

absl::Status Write(absl::Status status, const char* payload, std::string_view bytes) {
  status.SetPayload(payload, absl::Cord(Absl(bytes)));
  return status;
}

}  // namespace

absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message) {
  return WithReason(absl::Status(code, Absl(message)), reason);
}

absl::Status InvalidFields(std::vector<FieldViolation> violations) {
  if (violations.empty()) return absl::OkStatus();
  std::string message;
  for (const FieldViolation& violation : violations) {
    absl::StrAppend(&message, message.empty() ? "" : "; ", violation.field, ": ", violation.description);
  }
  const std::string_view reason = violations.size() == 1 ? violations[0].reason : kFieldViolation;
  return WithViolations(Error(absl::StatusCode::kInvalidArgument, reason, message), violations);
}

absl::Status WithReason(absl::Status status, std::string_view reason) {
  return Write(std::move(status), kReasonPayload, reason);
}

absl::Status WithViolations(absl::Status status, const std::vector<FieldViolation>& violations) {
  std::vector<std::string_view> texts;
  for (const FieldViolation& violation : violations) {
    texts.insert(texts.end(), {violation.field, violation.reason, violation.description});
  }
  return Write(std::move(status), kViolationsPayload, Pack(texts));
}

absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value) {
  std::map<std::string, std::string> metadata = MetadataOf(status);
  metadata[std::string(key)] = value;
  std::vector<std::string_view> texts;
  for (const auto& [name, text] : metadata) texts.insert(texts.end(), {name, text});
  return Write(std::move(status), kMetadataPayload, Pack(texts));
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  return Write(std::move(status), kRetryPayload, absl::StrCat(absl::ToInt64Nanoseconds(delay)));
}

std::string ReasonOf(const absl::Status& status) { return Read(status, kReasonPayload); }

std::vector<FieldViolation> ViolationsOf(const absl::Status& status) {
  const std::vector<std::string> texts = Unpack(Read(status, kViolationsPayload));
  std::vector<FieldViolation> violations;
  for (size_t i = 0; i + 2 < texts.size(); i += 3)
    violations.push_back({texts[i], texts[i + 1], texts[i + 2]});
  return violations;
}

std::map<std::string, std::string> MetadataOf(const absl::Status& status) {
  const std::vector<std::string> texts = Unpack(Read(status, kMetadataPayload));
  std::map<std::string, std::string> metadata;
  for (size_t i = 0; i + 1 < texts.size(); i += 2) metadata[texts[i]] = texts[i + 1];
  return metadata;
}

std::optional<absl::Duration> RetryDelayOf(const absl::Status& status) {
  int64_t nanoseconds = 0;
  if (!absl::SimpleAtoi(Read(status, kRetryPayload), &nanoseconds)) return std::nullopt;
  return absl::Nanoseconds(nanoseconds);
}

}  // namespace zhenhui

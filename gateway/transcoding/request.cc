#include "gateway/transcoding/request.h"

#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <google/protobuf/text_format.h>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "gateway/transcoding/json_reader.h"
#include "gateway/transcoding/percent.h"

namespace zhenhui::gateway::transcoding {
namespace {

absl::Status Invalid(std::string_view reason, std::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

absl::StatusOr<Parameters> ParseQuery(std::string_view query) {
  Parameters parameters;
  while (!query.empty()) {
    const size_t end = query.find('&');
    const std::string_view part = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    std::optional<std::string> name = PercentDecode(part.substr(0, equals), PercentRule::kForm);
    std::optional<std::string> value =
        PercentDecode(equals == std::string_view::npos ? "" : part.substr(equals + 1), PercentRule::kForm);
    if (!name || !value) {
      return Invalid("QUERY_MALFORMED", "the query cannot be decoded: a broken %XX, a NUL byte, or no UTF-8");
    }
    if (parameters.size() == kMaxParameters) {
      return Invalid("TOO_MANY_PARAMETERS", absl::StrCat("at most ", kMaxParameters,
                                                         " parameters are allowed; POST has no "
                                                         "such limit where it is offered"));
    }
    parameters.emplace_back(*std::move(name), *std::move(value));
  }
  return parameters;
}

bool GivenByPath(const Route& route, const FieldPath& path) {
  for (const FieldPath& variable : route.variables) {
    if (variable == path) return true;
  }
  return false;
}

std::optional<FieldViolation> SetParameter(const Route& route, const std::string& name,
                                           const std::string& value, std::set<std::string>& given,
                                           pb::Message& message) {
  const auto violation = [&name](std::string_view reason, std::string description) {
    return FieldViolation{name.substr(0, 200), std::string(reason), std::move(description)};
  };
  const std::optional<FieldPath> path = FindPath(*message.GetDescriptor(), name);
  if (!path) return violation("PARAMETER_UNKNOWN", "there is no such parameter");
  if (route.body == Route::Body::kWhole || path->front() == route.body_field) {
    return violation("PARAMETER_NOT_ALLOWED", "this field belongs into the body");
  }
  if (GivenByPath(route, *path)) return violation("PARAMETER_NOT_ALLOWED", "this field is given by the path");
  if (!path->back()->is_repeated() && !given.insert(ToString(*path)).second) {
    return violation("PARAMETER_REPEATED", "this parameter takes one value only");
  }
  if (std::optional<std::string> wrong = SetFromText(message, *path, value)) {
    return violation("PARAMETER_MALFORMED", *std::move(wrong));
  }
  return std::nullopt;
}

absl::Status SetQuery(const Route& route, std::string_view query, pb::Message& message) {
  ASSIGN_OR_RETURN(const Parameters parameters, ParseQuery(query));
  std::vector<FieldViolation> violations;
  std::set<std::string> given;
  for (const auto& [name, value] : parameters) {
    if (auto violation = SetParameter(route, name, value, given, message))
      violations.push_back(*std::move(violation));
    if (violations.size() == kMaxViolations) break;
  }
  return InvalidFields(std::move(violations));
}

// The field's value as text, to compare it; nothing if it is at its default.
std::optional<std::string> Shown(const pb::Message& message, const FieldPath& path) {
  const pb::Message* at = &message;
  for (size_t i = 0; i + 1 < path.size(); ++i) at = &at->GetReflection()->GetMessage(*at, path[i]);
  if (!at->GetReflection()->HasField(*at, path.back())) return std::nullopt;
  std::string text;
  pb::TextFormat::PrintFieldValueToString(*at, path.back(), -1, &text);
  return text;
}

std::optional<FieldViolation> SetVariable(const FieldPath& path, const std::string& value,
                                          pb::Message& message) {
  const std::optional<std::string> in_body = Shown(message, path);
  if (std::optional<std::string> wrong = SetFromText(message, path, value)) {
    return FieldViolation{ToString(path), "PATH_MALFORMED", absl::StrCat("in the path: ", *wrong)};
  }
  if (in_body && in_body != Shown(message, path)) {
    return FieldViolation{ToString(path), "PATH_BODY_CONFLICT", "the body says another value than the path"};
  }
  return std::nullopt;
}

absl::Status ReadBody(const Route& route, std::string_view body, pb::Message& message) {
  if (body.empty()) return absl::OkStatus();
  switch (route.body) {
    case Route::Body::kWhole:
      return ReadJson(body, &message);
    case Route::Body::kField:
      return ReadJsonField(body, *route.body_field, &message);
    case Route::Body::kNone:
      break;
  }
  return Invalid("BODY_NOT_ALLOWED", absl::StrCat(route.http_method, " ", route.path_text, " takes no body"));
}

}  // namespace

absl::StatusOr<std::string> MakeRequest(const Route& route, const std::vector<std::string>& path_values,
                                        std::string_view query, std::string_view body) {
  const std::unique_ptr<pb::Message> message(route.request->New());
  RETURN_IF_ERROR(ReadBody(route, body, *message));
  std::vector<FieldViolation> violations;
  for (size_t i = 0; i < route.variables.size(); ++i) {
    auto violation = SetVariable(route.variables[i], path_values[i], *message);
    if (violation) violations.push_back(*std::move(violation));
  }
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(SetQuery(route, query, *message));
  return message->SerializeAsString();
}

}  // namespace zhenhui::gateway::transcoding

#include "gateway/transcoding/transcoder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "gateway/transcoding/json_writer.h"
#include "gateway/transcoding/wire.h"
#include "google/api/httpbody.pb.h"

namespace zhenhui::gateway::transcoding {
namespace {

// All that the wire says of a field of bytes, one after the other. Of a submessage that is the submessage,
// since parts of a message merge by standing side by side; of a text only the last counts.
bool CollectField(std::string_view message, int number, bool merge, std::string* out) {
  WireReader in(message);
  while (!in.done()) {
    uint32_t found = 0;
    WireType type = WireType::kVarint;
    if (!in.ReadTag(&found, &type)) return false;
    if (found != static_cast<uint32_t>(number) || type != WireType::kBytes) {
      if (!in.Skip(found, type)) return false;
      continue;
    }
    std::string_view bytes;
    if (!in.ReadBytes(&bytes)) return false;
    if (!merge) out->clear();
    out->append(bytes);
  }
  return true;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const Transcoder>> Transcoder::Create(std::unique_ptr<const Schema> schema) {
  std::unique_ptr<Transcoder> made(new Transcoder(std::move(schema)));
  for (const pb::ServiceDescriptor* service : made->schema_->services()) {
    for (int i = 0; i < service->method_count(); ++i) {
      ASSIGN_OR_RETURN(std::vector<Route> routes,
                       RoutesOf(*service->method(i), *made->schema_, made->plans_));
      for (Route& route : routes) {
        RETURN_IF_ERROR(made->router_.Add(route.http_method, route.path,
                                          static_cast<int>(made->routes_.size()), route.method->full_name()));
        made->routes_.push_back(std::move(route));
      }
    }
  }
  return std::unique_ptr<const Transcoder>(std::move(made));
}

absl::StatusOr<std::unique_ptr<const Transcoder>> Transcoder::Create(std::string_view descriptor_set) {
  ASSIGN_OR_RETURN(std::unique_ptr<const Schema> schema, Schema::Load(descriptor_set));
  return Create(std::move(schema));
}

RouteMatch Transcoder::Find(std::string_view http_method, std::string_view path) const {
  return router_.Find(http_method == "HEAD" ? "GET" : http_method, path);
}

absl::Status Transcoder::AppendAnswer(const Route& route, std::string_view message, std::string* out) const {
  if (route.response_field == nullptr) return AppendJson(plans_, *route.answer_plan, message, out);
  return AppendFieldJson(plans_, *route.answer_plan, *route.response_field, message, out);
}

absl::StatusOr<RawAnswer> Transcoder::TakeRaw(const Route& route, std::string_view message) const {
  std::string bytes;
  RawAnswer answer;
  bool read = true;
  if (route.response_field != nullptr) {
    read = CollectField(message, route.response_field->number(), /*merge=*/true, &bytes);
    if (route.file_name != nullptr) {
      read = read && CollectField(message, route.file_name->number(), /*merge=*/false, &answer.file_name);
    }
  }
  google::api::HttpBody body;
  const std::string_view body_bytes = route.response_field == nullptr ? message : std::string_view(bytes);
  read = read && body.ParseFromArray(body_bytes.data(), static_cast<int>(body_bytes.size()));
  if (!read) {
    return Error(absl::StatusCode::kInternal, "ANSWER_MALFORMED",
                 "the service's answer cannot be read; gateway and service may be of different versions");
  }
  answer.content_type = std::move(*body.mutable_content_type());
  answer.data = std::move(*body.mutable_data());
  return answer;
}

}  // namespace zhenhui::gateway::transcoding

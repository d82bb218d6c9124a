#include "gateway/transcoding/route.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "google/api/annotations.pb.h"

namespace zhenhui::gateway::transcoding {
namespace {

using google::api::HttpRule;

constexpr char kHttpBody[] = "google.api.HttpBody";

absl::Status RouteInvalid(const pb::MethodDescriptor& method, std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "ROUTE_INVALID",
               absl::StrCat(method.full_name(), ": ", Absl(what)));
}

// HTTP method and template.
std::pair<std::string, std::string> PatternOf(const HttpRule& rule) {
  switch (rule.pattern_case()) {
    case HttpRule::kGet:
      return {"GET", rule.get()};
    case HttpRule::kPut:
      return {"PUT", rule.put()};
    case HttpRule::kPost:
      return {"POST", rule.post()};
    case HttpRule::kDelete:
      return {"DELETE", rule.delete_()};
    case HttpRule::kPatch:
      return {"PATCH", rule.patch()};
    case HttpRule::kCustom:
      return {rule.custom().kind(), rule.custom().path()};
    case HttpRule::PATTERN_NOT_SET:
      break;
  }
  return {};
}

absl::Status BindVariables(const pb::MethodDescriptor& method, Route* route) {
  for (const PathTemplate::Variable& variable : route->path.variables) {
    std::optional<FieldPath> path = FindPath(*method.input_type(), variable.field_path);
    if (!path) {
      return RouteInvalid(method, absl::StrCat("its request has no field \"", variable.field_path, "\""));
    }
    if (path->back()->is_repeated() || path->back()->message_type() != nullptr) {
      return RouteInvalid(
          method, absl::StrCat("\"", variable.field_path, "\" is no single plain value, as a path needs it"));
    }
    route->variables.push_back(*std::move(path));
  }
  return absl::OkStatus();
}

absl::Status BindBody(const pb::MethodDescriptor& method, const HttpRule& rule, Route* route) {
  if (rule.body() == "*") {
    route->body = Route::Body::kWhole;
  } else if (!rule.body().empty()) {
    route->body = Route::Body::kField;
    route->body_field = method.input_type()->FindFieldByName(rule.body());
    if (route->body_field == nullptr) {
      return RouteInvalid(method,
                          absl::StrCat("its request has no field \"", rule.body(), "\" for the body"));
    }
  }
  if (route->body != Route::Body::kNone && (route->http_method == "GET" || route->http_method == "DELETE")) {
    return RouteInvalid(method, absl::StrCat(route->http_method, " takes no body"));
  }
  return absl::OkStatus();
}

absl::Status BindAnswer(const pb::MethodDescriptor& method, const HttpRule& rule, Route* route) {
  const pb::Descriptor& answer = *method.output_type();
  route->raw_answer = answer.full_name() == kHttpBody;
  if (rule.response_body().empty()) return absl::OkStatus();
  route->response_field = answer.FindFieldByName(rule.response_body());
  if (route->response_field == nullptr) {
    return RouteInvalid(method, absl::StrCat("its response has no field \"", rule.response_body(), "\""));
  }
  const pb::Descriptor* type = route->response_field->message_type();
  route->raw_answer =
      type != nullptr && type->full_name() == kHttpBody && !route->response_field->is_repeated();
  const pb::FieldDescriptor* name = answer.FindFieldByName("file_name");
  if (route->raw_answer && name != nullptr && name->type() == pb::FieldDescriptor::TYPE_STRING &&
      !name->is_repeated()) {
    route->file_name = name;
  }
  return absl::OkStatus();
}

absl::StatusOr<Route> MakeRoute(const pb::MethodDescriptor& method, const HttpRule& rule,
                                const Schema& schema, const Plans& plans) {
  Route route;
  route.method = &method;
  route.grpc_path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
  route.server_streaming = method.server_streaming();
  route.request = &schema.Prototype(*method.input_type());
  route.answer_plan = &plans.Of(*method.output_type());
  std::tie(route.http_method, route.path_text) = PatternOf(rule);
  if (route.http_method.empty()) return RouteInvalid(method, "the binding has no HTTP method");
  absl::StatusOr<PathTemplate> path = ParsePathTemplate(route.path_text);
  if (!path.ok()) {
    return Error(path.status().code(), ReasonOf(path.status()),
                 absl::StrCat(method.full_name(), ": ", path.status().message()));
  }
  route.path = *std::move(path);
  RETURN_IF_ERROR(BindVariables(method, &route));
  RETURN_IF_ERROR(BindBody(method, rule, &route));
  RETURN_IF_ERROR(BindAnswer(method, rule, &route));
  return route;
}

}  // namespace

absl::StatusOr<std::vector<Route>> RoutesOf(const pb::MethodDescriptor& method, const Schema& schema,
                                            const Plans& plans) {
  std::vector<Route> routes;
  if (!method.options().HasExtension(google::api::http)) return routes;
  if (method.client_streaming()) return RouteInvalid(method, "a stream of requests cannot come by HTTP");
  const HttpRule& rule = method.options().GetExtension(google::api::http);
  ASSIGN_OR_RETURN(Route first, MakeRoute(method, rule, schema, plans));
  routes.push_back(std::move(first));
  for (const HttpRule& more : rule.additional_bindings()) {
    if (more.additional_bindings_size() > 0) return RouteInvalid(method, "additional bindings do not nest");
    ASSIGN_OR_RETURN(Route route, MakeRoute(method, more, schema, plans));
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace zhenhui::gateway::transcoding

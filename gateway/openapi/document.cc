#include "gateway/openapi/document.h"

#include <algorithm>
#include <map>
#include <utility>

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/comments.h"
#include "gateway/openapi/operation.h"

namespace zhenhui::gateway::openapi {
namespace {

using transcoding::Route;

constexpr char kAbout[] =
    "District-wide aggregation of townships' work. 各乡镇工作的全区汇总与比较。\n\n"
    "Every operation is a gRPC method; the protos' comments are the descriptions here. Dates are ISO 8601 "
    "(`2024-03-05`), both ends "
    "of a period are inclusive. 64-bit integers are JSON strings. Fields at their type's default (0, empty, "
    "false) are left out.\n\n"
    "Lists of query parameters are the parameter several times. Streams answer Server-Sent Events to "
    "`accept: "
    "text/event-stream`, else a line of JSON for each message.\n\n"
    "Errors have the form of `Error`; programs switch on the `reason` of their ErrorInfo. Limits: a body of "
    "5 MiB, 1000 query "
    "parameters, 100 levels of JSON.";

Json Components(Schemas& schemas) {
  Json components;
  Json all = schemas.Components();
  all["Error"] = Json::parse(R"({
    "type": "object", "description": "An error, by AIP-193.", "required": ["error"],
    "properties": {"error": {"type": "object", "required": ["code", "status", "message"], "properties": {
      "code": {"type": "integer", "format": "int32", "description": "The HTTP status."},
      "status": {"type": "string", "description": "The name of the google.rpc.Code.", "examples": ["NOT_FOUND"]},
      "message": {"type": "string", "description": "For developers, in English."},
      "details": {"type": "array", "description": "google.rpc.ErrorInfo with a stable reason, BadRequest with the fields that are wrong, RetryInfo, RequestInfo.",
        "items": {"type": "object", "required": ["@type"], "properties": {"@type": {"type": "string"}}, "additionalProperties": true}}}}}})");
  components["schemas"] = std::move(all);
  components["responses"] = Json::parse(R"({
    "ClientError": {"description": "The request is refused; the error says why and what to do.",
      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}},
    "ServerError": {"description": "The service failed or cannot be reached; `retry-after` says when to try again.",
      "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}})");
  components["parameters"] = Json::parse(R"({
    "Timeout": {"name": "x-timeout-ms", "in": "header", "required": false,
      "description": "How long to wait for the answer, in milliseconds; 10000 for GET and 30000 for the rest where it is not given, streams without end.",
      "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 120000}}})");
  components["securitySchemes"] = Json::parse(R"({
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "For programs."},
    "session": {"type": "apiKey", "in": "cookie", "name": "zhenhui_session",
      "description": "For browsers, set by POST /session (over TLS named __Host-zhenhui_session). Calls that change something also need the header x-zhenhui-csrf with the csrf_token that GET /session tells."}})");
  return components;
}

}  // namespace

std::string OpenApiPath(const transcoding::PathTemplate& path, std::vector<std::string>* names) {
  std::string text;
  std::string literal;
  for (size_t i = 0; i < path.segments.size(); ++i) {
    const auto& segment = path.segments[i];
    if (segment.kind == transcoding::PathTemplate::Kind::kLiteral) {
      absl::StrAppend(&text, "/", segment.literal);
      literal = segment.literal;
      continue;
    }
    // A variable of one segment has a name; a star within one is named after what stands before it.
    std::string name = literal.empty() ? absl::StrCat("part", i) : absl::StrCat(literal, "Id");
    for (const auto& variable : path.variables) {
      if (variable.begin == i && variable.end == i + 1)
        name = variable.field_path.substr(variable.field_path.rfind('.') + 1);
    }
    while (std::find(names->begin(), names->end(), name) != names->end()) name += "2";
    names->push_back(name);
    absl::StrAppend(&text, "/{", name, "}");
  }
  return path.verb.empty() ? text : absl::StrCat(text, ":", path.verb);
}

Json MakeDocument(const transcoding::Transcoder& transcoder) {
  Schemas schemas;
  Json document;
  document["openapi"] = "3.1.0";
  document["info"] = {{"title", "镇汇 Zhenhui API"},
                      {"version", "v1"},
                      {"description", kAbout},
                      {"license", {{"name", "Apache 2.0"}, {"identifier", "Apache-2.0"}}}};
  document["servers"] = Json::array({{{"url", "/"}, {"description", "This gateway."}}});
  document["security"] = Json::array({{{"bearer", Json::array()}}, {{"session", Json::array()}}});
  Json tags = Json::array();
  Json paths = Json::object();
  std::map<std::string, int> bindings;  // of each method so far
  for (const Route& route : transcoder.routes()) {
    const pb::ServiceDescriptor& service = *route.method->service();
    const bool known =
        std::any_of(tags.begin(), tags.end(), [&](const Json& tag) { return tag["name"] == service.name(); });
    if (!known) tags.push_back({{"name", service.name()}, {"description", CommentOf(service)}});
    std::vector<std::string> names;
    const std::string path = OpenApiPath(route.path, &names);
    const int number = ++bindings[route.grpc_path];
    paths[path][absl::AsciiStrToLower(route.http_method)] = MakeOperation(route, names, number, schemas);
  }
  document["tags"] = std::move(tags);
  document["paths"] = std::move(paths);
  document["components"] = Components(schemas);
  return document;
}

}  // namespace zhenhui::gateway::openapi

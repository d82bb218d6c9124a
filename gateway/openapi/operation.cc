#include "gateway/openapi/operation.h"

#include <set>
#include <utility>

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_cat.h"
#include "gateway/openapi/comments.h"
#include "google/api/field_behavior.pb.h"

namespace zhenhui::gateway::openapi {
namespace {

using transcoding::FieldPath;
using transcoding::Route;

constexpr size_t kMaxLevels = 4;  // of messages in messages that become parameters

bool BoundByPath(const Route& route, const FieldPath& path) {
  for (const FieldPath& variable : route.variables) {
    if (variable == path) return true;
  }
  return false;
}

std::string ParameterName(const FieldPath& path) {
  std::string name;
  for (const pb::FieldDescriptor* field : path)
    absl::StrAppend(&name, name.empty() ? "" : ".", field->json_name());
  return name;
}

// Adds the query parameters of a message's fields, those of submessages with dots.
class QueryParameters {
 public:
  QueryParameters(const Route& route, Schemas& schemas, Json* parameters)
      : route_(route), schemas_(schemas), parameters_(*parameters) {}

  void Add(const pb::Descriptor& type, bool required) {
    for (int i = 0; i < type.field_count(); ++i) {
      path_.push_back(type.field(i));
      AddField(*type.field(i), required && HasBehaviour(*type.field(i), google::api::REQUIRED));
      path_.pop_back();
    }
  }

 private:
  void AddField(const pb::FieldDescriptor& field, bool required) {
    if (BoundByPath(route_, path_) || path_.front() == route_.body_field) return;
    if (transcoding::IsTextual(field)) {
      // The comment belongs to the parameter.
      Json schema = schemas_.OfField(field);
      schema.erase("description");
      parameters_.push_back({{"name", ParameterName(path_)},
                             {"in", "query"},
                             {"required", required},
                             {"description", CommentOf(field)},
                             {"schema", std::move(schema)}});
    } else if (!field.is_repeated() && path_.size() < kMaxLevels) {
      Add(*field.message_type(), required);
    }
  }

  const Route& route_;
  Schemas& schemas_;
  Json& parameters_;
  FieldPath path_ = {};
};

Json Parameters(const Route& route, const std::vector<std::string>& path_names, Schemas& schemas) {
  Json parameters = Json::array();
  for (const std::string& name : path_names) {
    std::string description =
        absl::StrCat("The last part of a resource name, as in `", route.path_text, "`.");
    for (size_t i = 0; i < route.variables.size(); ++i) {
      if (route.variables[i].back()->name() == name) description = CommentOf(*route.variables[i].back());
    }
    parameters.push_back({{"name", name},
                          {"in", "path"},
                          {"required", true},
                          {"description", std::move(description)},
                          {"schema", {{"type", "string"}, {"minLength", 1}}}});
  }
  if (route.body != Route::Body::kWhole) {
    QueryParameters(route, schemas, &parameters).Add(*route.method->input_type(), /*required=*/true);
  }
  parameters.push_back({{"$ref", "#/components/parameters/Timeout"}});
  return parameters;
}

// The body's schema; of a whole request without what the path gives.
Json Body(const Route& route, Schemas& schemas) {
  std::set<std::string> without;
  for (const FieldPath& variable : route.variables) {
    if (variable.size() == 1) without.insert(variable[0]->full_name());
  }
  const Json schema = route.body == Route::Body::kField ? schemas.OfField(*route.body_field)
                      : without.empty()                 ? schemas.OfMessage(*route.method->input_type())
                                        : schemas.WrittenOut(*route.method->input_type(), without);
  return {{"required", true}, {"content", {{"application/json", {{"schema", schema}}}}}};
}

Json Answer(const Route& route, Schemas& schemas) {
  const pb::Descriptor& type = *route.method->output_type();
  if (route.raw_answer) {
    return {{"description",
             "The file's bytes, of the type that content-type says; content-disposition has its name."},
            {"content", {{"application/octet-stream", {{"schema", Json::object()}}}}}};
  }
  Json schema =
      route.response_field == nullptr ? schemas.OfMessage(type) : schemas.OfField(*route.response_field);
  if (!route.server_streaming) {
    return {{"description", "The answer."},
            {"content", {{"application/json", {{"schema", std::move(schema)}}}}}};
  }
  return {{"description",
           "A stream of messages. As events: `event: message` with `id` and one message as `data`; `event: "
           "error` with an "
           "Error, or `event: end`, is the last one. As lines: a message each; an Error is the last one."},
          {"content",
           {{"text/event-stream", {{"schema", {{"type", "string"}}}}},
            {"application/x-ndjson", {{"schema", std::move(schema)}}}}}};
}

}  // namespace

Json MakeOperation(const Route& route, const std::vector<std::string>& path_names, int number,
                   Schemas& schemas) {
  const std::string comment = CommentOf(*route.method);
  Json operation;
  operation["operationId"] = absl::StrCat(route.method->service()->name(), "_", route.method->name(),
                                          number == 1 ? "" : absl::StrCat("_", number));
  operation["tags"] = Json::array({route.method->service()->name()});
  operation["summary"] = FirstSentence(comment);
  operation["description"] = absl::StrCat(comment, "\n\ngRPC: `", route.grpc_path.substr(1), "`");
  operation["parameters"] = Parameters(route, path_names, schemas);
  if (route.body != Route::Body::kNone) operation["requestBody"] = Body(route, schemas);
  operation["responses"] = {{"200", Answer(route, schemas)},
                            {"4XX", {{"$ref", "#/components/responses/ClientError"}}},
                            {"5XX", {{"$ref", "#/components/responses/ServerError"}}}};
  return operation;
}

}  // namespace zhenhui::gateway::openapi

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/transcoding/field_value.h"
#include "gateway/transcoding/path_template.h"
#include "gateway/transcoding/plan.h"

namespace zhenhui::gateway::transcoding {

// One HTTP binding of a method, checked against its messages.
struct Route {
  enum class Body { kNone, kWhole, kField };

  const pb::MethodDescriptor* method = nullptr;
  std::string grpc_path = {};    // "/zhenhui.reporting.v1.RollupService/CompareTownships"
  std::string http_method = {};  // "GET"
  std::string path_text = {};    // the template as it was written
  PathTemplate path = {};
  std::vector<FieldPath> variables = {};  // the fields that path.variables are bound to
  Body body = Body::kNone;
  const pb::FieldDescriptor* body_field = nullptr;      // of Body::kField
  const pb::FieldDescriptor* response_field = nullptr;  // response_body; null: the whole answer
  bool server_streaming = false;
  // The answer (or its response_field) is a google.api.HttpBody: bytes that go out as they are.
  bool raw_answer = false;
  // A text field "file_name" beside a raw response_field: becomes the download's name.
  const pb::FieldDescriptor* file_name = nullptr;
  const pb::Message* request = nullptr;      // the empty request
  const MessagePlan* answer_plan = nullptr;  // of the answer
};

// The bindings of a method by its google.api.http option with its additional_bindings, in their order; none
// where it has no option. INVALID_ARGUMENT, reason ROUTE_INVALID, for a binding to fields that do not exist
// or cannot be in a URL, or of a method whose requests are a stream; TEMPLATE_INVALID. Messages name the
// method.
absl::StatusOr<std::vector<Route>> RoutesOf(const pb::MethodDescriptor& method, const Schema& schema,
                                            const Plans& plans);

}  // namespace zhenhui::gateway::transcoding

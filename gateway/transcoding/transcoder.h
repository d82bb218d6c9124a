#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gateway/transcoding/error_json.h"
#include "gateway/transcoding/plan.h"
#include "gateway/transcoding/request.h"
#include "gateway/transcoding/route.h"
#include "gateway/transcoding/router.h"
#include "gateway/transcoding/schema.h"

namespace zhenhui::gateway::transcoding {

// Bytes that an answer holds in a google.api.HttpBody.
struct RawAnswer {
  std::string content_type = {};  // empty: not said
  std::string data = {};
  std::string file_name = {};  // empty: none
};

// Between HTTP with JSON and gRPC's messages, for every bound method of a schema. Everything is compiled at
// start; const and thread-safe afterwards.
class Transcoder {
 public:
  // Errors: those of RoutesOf and Router::Add.
  static absl::StatusOr<std::unique_ptr<const Transcoder>> Create(std::unique_ptr<const Schema> schema);
  // Of a descriptor set: errors of Schema::Load too.
  static absl::StatusOr<std::unique_ptr<const Transcoder>> Create(std::string_view descriptor_set);

  const Schema& schema() const { return *schema_; }
  const Plans& plans() const { return plans_; }
  const std::vector<Route>& routes() const { return routes_; }  // in the order of the protos

  // The route of a request; `path` as Router::Find wants it. HEAD is answered as GET.
  RouteMatch Find(std::string_view http_method, std::string_view path) const;

  // Appends the JSON that `message`, a serialised answer of the route's method, becomes.
  absl::Status AppendAnswer(const Route& route, std::string_view message, std::string* out) const;

  // The bytes of an answer of a route with raw_answer. Errors as AppendJson.
  absl::StatusOr<RawAnswer> TakeRaw(const Route& route, std::string_view message) const;

 private:
  explicit Transcoder(std::unique_ptr<const Schema> schema) : schema_(std::move(schema)), plans_(*schema_) {}

  std::unique_ptr<const Schema> schema_;
  Plans plans_;
  std::vector<Route> routes_;
  Router router_;
};

}  // namespace zhenhui::gateway::transcoding

#pragma once

#include <set>
#include <string>

#include <google/protobuf/descriptor.h>
#include <nlohmann/json.hpp>

namespace zhenhui::gateway::openapi {

namespace pb = google::protobuf;
// Members stay in the order in which they were added.
using Json = nlohmann::ordered_json;

// JSON schemas (2020-12, as OpenAPI 3.1 has them) of proto3's JSON. Types are named by their full names
// without "zhenhui.": "reporting.v1.Figure". Not thread-safe.
class Schemas {
 public:
  // The schema of one value of the field, with its comment; a list or map where it is one.
  Json OfField(const pb::FieldDescriptor& field);
  // A reference to the type's schema; the schema itself for types with a JSON form of their own.
  Json OfMessage(const pb::Descriptor& type);
  // The type written out, of a body that leaves fields to the path. `without`: full names of fields.
  Json WrittenOut(const pb::Descriptor& type, const std::set<std::string>& without);

  // All schemas that were referred to, by name.
  Json Components();

 private:
  Json OfValue(const pb::FieldDescriptor& field);
  Json Reference(const std::string& full_name);
  Json DescribeEnum(const pb::EnumDescriptor& type);

  std::set<const pb::Descriptor*> messages_;
  std::set<const pb::EnumDescriptor*> enums_;
};

// "reporting.v1.Figure".
std::string ShortName(const std::string& full_name);

// Whether google.api.field_behavior says REQUIRED, OUTPUT_ONLY ... (numbers as in field_behavior.proto).
bool HasBehaviour(const pb::FieldDescriptor& field, int behaviour);

}  // namespace zhenhui::gateway::openapi

#include "gateway/openapi/schemas.h"

#include <map>
#include <optional>
#include <utility>

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/openapi/comments.h"
#include "google/api/field_behavior.pb.h"

namespace zhenhui::gateway::openapi {
namespace {

using Type = pb::FieldDescriptor::Type;
using Known = pb::Descriptor::WellKnownType;

Json Plain(const char* type, const char* format) { return {{"type", type}, {"format", format}}; }

// Types with a JSON form of their own. Wrappers are their values.
std::optional<Json> SchemaOfKnown(const pb::Descriptor& type) {
  switch (type.well_known_type()) {
    case Known::WELLKNOWNTYPE_UNSPECIFIED:
      return std::nullopt;
    case Known::WELLKNOWNTYPE_TIMESTAMP:
      return Plain("string", "date-time");
    case Known::WELLKNOWNTYPE_DURATION:
      return Json{{"type", "string"}, {"pattern", "^-?[0-9]+(\\.[0-9]{1,9})?s$"}, {"examples", {"1.5s"}}};
    case Known::WELLKNOWNTYPE_FIELDMASK:
      return Json{{"type", "string"}, {"examples", {"displayName,endDate"}}};
    case Known::WELLKNOWNTYPE_LISTVALUE:
      return Json{{"type", "array"}, {"items", Json::object()}};
    case Known::WELLKNOWNTYPE_VALUE:
      return Json::object();
    case Known::WELLKNOWNTYPE_BOOLVALUE:
      return Json{{"type", "boolean"}};
    case Known::WELLKNOWNTYPE_STRINGVALUE:
    case Known::WELLKNOWNTYPE_BYTESVALUE:
      return Json{{"type", "string"}};
    case Known::WELLKNOWNTYPE_INT64VALUE:
    case Known::WELLKNOWNTYPE_UINT64VALUE:
      return Plain("string", "int64");
    case Known::WELLKNOWNTYPE_INT32VALUE:
    case Known::WELLKNOWNTYPE_UINT32VALUE:
      return Plain("integer", "int32");
    case Known::WELLKNOWNTYPE_DOUBLEVALUE:
    case Known::WELLKNOWNTYPE_FLOATVALUE:
      return Json{{"type", "number"}};
    default:
      return Json{{"type", "object"}, {"additionalProperties", true}};  // Struct and Any
  }
}

Json SchemaOfPlain(Type type) {
  switch (type) {
    case Type::TYPE_BOOL:
      return {{"type", "boolean"}};
    case Type::TYPE_STRING:
      return {{"type", "string"}};
    case Type::TYPE_BYTES:
      return {{"type", "string"}, {"contentEncoding", "base64"}};
    case Type::TYPE_DOUBLE:
      return Plain("number", "double");
    case Type::TYPE_FLOAT:
      return Plain("number", "float");
    case Type::TYPE_INT32:
    case Type::TYPE_SINT32:
    case Type::TYPE_SFIXED32:
      return Plain("integer", "int32");
    case Type::TYPE_UINT32:
    case Type::TYPE_FIXED32:
      return {{"type", "integer"}, {"format", "int64"}, {"minimum", 0}};
    default:  // 64 bits: as text, since JavaScript's numbers cannot hold them
      return {{"type", "string"}, {"format", "int64"}};
  }
}

}  // namespace

std::string ShortName(const std::string& full_name) {
  constexpr char kPrefix[] = "zhenhui.";
  return absl::StartsWith(full_name, kPrefix) ? full_name.substr(sizeof(kPrefix) - 1) : full_name;
}

bool HasBehaviour(const pb::FieldDescriptor& field, int behaviour) {
  for (int i = 0; i < field.options().ExtensionSize(google::api::field_behavior); ++i) {
    if (field.options().GetExtension(google::api::field_behavior, i) == behaviour) return true;
  }
  return false;
}

Json Schemas::Reference(const std::string& full_name) {
  return {{"$ref", absl::StrCat("#/components/schemas/", ShortName(full_name))}};
}

Json Schemas::OfMessage(const pb::Descriptor& type) {
  if (std::optional<Json> known = SchemaOfKnown(type)) return *std::move(known);
  messages_.insert(&type);
  return Reference(type.full_name());
}

Json Schemas::OfValue(const pb::FieldDescriptor& field) {
  if (field.message_type() != nullptr) return OfMessage(*field.message_type());
  if (field.enum_type() != nullptr) {
    enums_.insert(field.enum_type());
    return Reference(field.enum_type()->full_name());
  }
  return SchemaOfPlain(field.type());
}

Json Schemas::OfField(const pb::FieldDescriptor& field) {
  Json schema;
  if (field.is_map()) {
    schema = {{"type", "object"}, {"additionalProperties", OfValue(*field.message_type()->map_value())}};
  } else if (field.is_repeated()) {
    schema = {{"type", "array"}, {"items", OfValue(field)}};
  } else {
    schema = OfValue(field);
  }
  if (const std::string comment = CommentOf(field); !comment.empty()) schema["description"] = comment;
  if (HasBehaviour(field, google::api::OUTPUT_ONLY)) schema["readOnly"] = true;
  if (HasBehaviour(field, google::api::INPUT_ONLY)) schema["writeOnly"] = true;
  return schema;
}

Json Schemas::WrittenOut(const pb::Descriptor& type, const std::set<std::string>& without) {
  Json schema = {{"type", "object"}};
  if (const std::string comment = CommentOf(type); !comment.empty()) schema["description"] = comment;
  Json required = Json::array();
  Json properties = Json::object();
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    if (without.contains(field.full_name())) continue;
    properties[field.json_name()] = OfField(field);
    if (HasBehaviour(field, google::api::REQUIRED)) required.push_back(field.json_name());
  }
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  return schema;
}

Json Schemas::DescribeEnum(const pb::EnumDescriptor& type) {
  std::string description = CommentOf(type);
  Json names = Json::array();
  for (int i = 0; i < type.value_count(); ++i) {
    names.push_back(type.value(i)->name());
    absl::StrAppend(&description, i == 0 ? "\n\n" : "\n", "- `", type.value(i)->name(),
                    "`: ", CommentOf(*type.value(i)));
  }
  return {{"type", "string"}, {"description", std::move(description)}, {"enum", std::move(names)}};
}

Json Schemas::Components() {
  // Writing a type out may refer to further ones, until there are no more.
  std::map<std::string, Json> schemas;
  for (bool found = true; found;) {
    found = false;
    const std::set<const pb::Descriptor*> messages = messages_;
    for (const pb::Descriptor* type : messages) {
      const std::string name = ShortName(type->full_name());
      if (schemas.contains(name)) continue;
      schemas[name] = WrittenOut(*type, {});
      found = true;
    }
  }
  for (const pb::EnumDescriptor* type : enums_) schemas[ShortName(type->full_name())] = DescribeEnum(*type);
  Json components = Json::object();
  for (auto& [name, schema] : schemas) components[name] = std::move(schema);
  return components;
}

}  // namespace zhenhui::gateway::openapi

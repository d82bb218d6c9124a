#include "gateway/transcoding/json_reader.h"

#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <google/protobuf/struct.pb.h>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "gateway/transcoding/field_value.h"
#include "gateway/transcoding/json_tree.h"

namespace zhenhui::gateway::transcoding {
namespace {

using nlohmann::json;
using CppType = pb::FieldDescriptor::CppType;
using Known = pb::Descriptor::WellKnownType;

// Builds a message from a parsed JSON text, and collects what is wrong.
class TreeReader {
 public:
  void ReadMessage(const json& value, pb::Message& message);
  void ReadField(const json& value, const pb::FieldDescriptor& field, pb::Message& message);
  absl::Status Finish() { return InvalidFields(std::move(violations_)); }

 private:
  // A step of the path to what is being read, taken back at the end of its scope.
  class Step {
   public:
    Step(TreeReader& reader, const std::string& text) : path_(reader.path_), size_(path_.size()) {
      absl::StrAppend(&path_, path_.empty() || text[0] == '[' ? "" : ".", text);
    }
    ~Step() { path_.resize(size_); }

   private:
    std::string& path_;
    const size_t size_;
  };

  void Wrong(std::string_view reason, std::string description) {
    if (violations_.size() < kMaxViolations) {
      violations_.push_back({path_, std::string(reason), std::move(description)});
    }
  }
  void Malformed(std::string_view expected) {
    Wrong("FIELD_MALFORMED", absl::StrCat(Absl(expected), " is expected"));
  }

  void ReadObject(const json& object, pb::Message& message);
  void ReadMap(const json& object, const pb::FieldDescriptor& field, pb::Message& message);
  void ReadValue(const json& value, const pb::FieldDescriptor& field, pb::Message& message);
  void ReadNumber(const json& value, const pb::FieldDescriptor& field, pb::Message& message);
  void ReadAny(const json& object, pb::Message& message);
  bool TakesNull(const pb::FieldDescriptor& field) const;

  std::string path_ = {};
  std::vector<FieldViolation> violations_ = {};
};

// google.protobuf.Value, which says null by a value of its own.
bool TreeReader::TakesNull(const pb::FieldDescriptor& field) const {
  if (field.enum_type() != nullptr) return field.enum_type()->full_name() == "google.protobuf.NullValue";
  return field.message_type() != nullptr &&
         field.message_type()->well_known_type() == Known::WELLKNOWNTYPE_VALUE;
}

void TreeReader::ReadMessage(const json& value, pb::Message& message) {
  const pb::Descriptor& type = *message.GetDescriptor();
  switch (type.well_known_type()) {
    case Known::WELLKNOWNTYPE_UNSPECIFIED:
      if (!value.is_object()) return Malformed("an object");
      return ReadObject(value, message);
    case Known::WELLKNOWNTYPE_ANY:
      if (!value.is_object()) return Malformed("an object with \"@type\"");
      return ReadAny(value, message);
    case Known::WELLKNOWNTYPE_TIMESTAMP:
    case Known::WELLKNOWNTYPE_DURATION:
    case Known::WELLKNOWNTYPE_FIELDMASK: {
      const auto bytes =
          value.is_string() ? TextToWellKnown(type, value.get_ref<const std::string&>()) : std::nullopt;
      if (!bytes) return Malformed(absl::StrCat("a text that is a ", type.name()));
      message.ParseFromString(*bytes);
      return;
    }
    case Known::WELLKNOWNTYPE_STRUCT:
    case Known::WELLKNOWNTYPE_VALUE:
    case Known::WELLKNOWNTYPE_LISTVALUE: {
      const auto bytes = TreeToStruct(type, value);
      if (!bytes) return Malformed(type.name() == "Struct" ? "an object" : "a list");
      message.ParseFromString(*bytes);
      return;
    }
    default:  // a wrapper
      return ReadValue(value, *type.field(0), message);
  }
}

void TreeReader::ReadObject(const json& object, pb::Message& message) {
  const pb::Descriptor& type = *message.GetDescriptor();
  std::set<int> given;
  for (const auto& [name, value] : object.items()) {
    const pb::FieldDescriptor* field = FindField(type, name);
    const Step step(*this, name.empty() ? "\"\"" : name);
    if (field == nullptr) {
      Wrong("FIELD_UNKNOWN", absl::StrCat(type.name(), " has no such field"));
    } else if (!given.insert(field->number()).second) {
      Wrong("FIELD_REPEATED", "the field is given under both of its names");
    } else {
      ReadField(value, *field, message);
    }
  }
}

void TreeReader::ReadField(const json& value, const pb::FieldDescriptor& field, pb::Message& message) {
  if (value.is_null() && (field.is_repeated() || !TakesNull(field))) return;
  if (field.is_map()) return ReadMap(value, field, message);
  if (const pb::OneofDescriptor* oneof = field.real_containing_oneof()) {
    if (message.GetReflection()->HasOneof(message, oneof)) {
      return Wrong("FIELD_REPEATED",
                   absl::StrCat("only one of the fields of ", oneof->name(), " can be given"));
    }
  }
  if (!field.is_repeated()) return ReadValue(value, field, message);
  if (!value.is_array()) return Malformed("a list");
  for (size_t i = 0; i < value.size(); ++i) {
    const Step step(*this, absl::StrCat("[", i, "]"));
    if (value[i].is_null() && !TakesNull(field)) {
      Malformed("a value");
    } else {
      ReadValue(value[i], field, message);
    }
  }
}

void TreeReader::ReadMap(const json& object, const pb::FieldDescriptor& field, pb::Message& message) {
  if (!object.is_object()) return Malformed("an object");
  const pb::FieldDescriptor& key = *field.message_type()->map_key();
  const pb::FieldDescriptor& value = *field.message_type()->map_value();
  for (const auto& [name, element] : object.items()) {
    const Step step(*this, name.empty() ? "\"\"" : name);
    pb::Message& entry = *message.GetReflection()->AddMessage(&message, &field);
    if (const auto wrong = SetFromText(entry, {&key}, name))
      Wrong("FIELD_MALFORMED", absl::StrCat("of the key: ", *wrong));
    if (element.is_null() && !TakesNull(value)) {
      Malformed("a value");
    } else {
      ReadValue(element, value, entry);
    }
  }
}

void TreeReader::ReadValue(const json& value, const pb::FieldDescriptor& field, pb::Message& message) {
  const pb::Reflection* reflection = message.GetReflection();
  if (field.cpp_type() == CppType::CPPTYPE_MESSAGE) {
    return ReadMessage(value, field.is_repeated() ? *reflection->AddMessage(&message, &field)
                                                  : *reflection->MutableMessage(&message, &field));
  }
  if (field.cpp_type() == CppType::CPPTYPE_BOOL) {
    if (!value.is_boolean()) return Malformed("true or false");
    return void(SetFromText(message, {&field}, value.get<bool>() ? "true" : "false"));
  }
  if (value.is_null() && TakesNull(field)) return void(SetFromText(message, {&field}, "0"));
  if (value.is_number() && field.cpp_type() != CppType::CPPTYPE_STRING)
    return ReadNumber(value, field, message);
  if (!value.is_string()) {
    return Malformed(field.cpp_type() == CppType::CPPTYPE_STRING ? "a text"
                     : field.cpp_type() == CppType::CPPTYPE_ENUM ? "the name of a value"
                                                                 : "a number");
  }
  // A number in quotation marks is a number: so 64 bits survive JavaScript.
  if (const auto wrong = SetFromText(message, {&field}, value.get_ref<const std::string&>())) {
    Wrong("FIELD_MALFORMED", *wrong);
  }
}

// 5, 5.0 and 5e0 are the same number to JSON.
void TreeReader::ReadNumber(const json& value, const pb::FieldDescriptor& field, pb::Message& message) {
  std::string text;
  const bool real = field.cpp_type() == CppType::CPPTYPE_DOUBLE || field.cpp_type() == CppType::CPPTYPE_FLOAT;
  if (real && field.cpp_type() == CppType::CPPTYPE_FLOAT &&
      std::abs(value.get<double>()) > static_cast<double>(std::numeric_limits<float>::max())) {
    return Malformed("a number of single precision");
  }
  if (!real && value.is_number_float()) {
    const double number = value.get<double>();
    constexpr double kExact =
        9007199254740992;  // 2^53: beyond it a double no longer says which integer it is
    if (std::trunc(number) != number || std::abs(number) > kExact) return Malformed("a whole number");
    text = absl::StrCat(static_cast<int64_t>(number));
  } else {
    text = value.dump();
  }
  if (const auto wrong = SetFromText(message, {&field}, text)) Wrong("FIELD_MALFORMED", *wrong);
}

void TreeReader::ReadAny(const json& object, pb::Message& message) {
  if (object.empty()) return;
  const auto type_url = object.find("@type");
  if (type_url == object.end() || !type_url->is_string()) return Malformed("a text under \"@type\"");
  const std::string url = type_url->get<std::string>();
  const pb::Descriptor& any = *message.GetDescriptor();
  const pb::Descriptor* type = any.file()->pool()->FindMessageTypeByName(url.substr(url.rfind('/') + 1));
  if (type == nullptr || url.find('/') == std::string::npos) return Malformed("a known type under \"@type\"");
  const pb::Reflection* reflection = message.GetReflection();
  const std::unique_ptr<pb::Message> inner(reflection->GetMessageFactory()->GetPrototype(type)->New());
  if (type->well_known_type() == Known::WELLKNOWNTYPE_UNSPECIFIED) {
    json members = object;
    members.erase("@type");
    ReadObject(members, *inner);
  } else {
    const auto value = object.find("value");
    if (value == object.end() || object.size() != 2) return Malformed("\"@type\" and \"value\"");
    ReadMessage(*value, *inner);
  }
  reflection->SetString(&message, any.FindFieldByNumber(1), url);
  reflection->SetString(&message, any.FindFieldByNumber(2), inner->SerializeAsString());
}

}  // namespace

absl::Status ReadJson(std::string_view text, pb::Message* message) {
  ASSIGN_OR_RETURN(const json tree, ParseTree(text));
  TreeReader reader;
  reader.ReadMessage(tree, *message);
  return reader.Finish();
}

absl::Status ReadJsonField(std::string_view text, const pb::FieldDescriptor& field, pb::Message* message) {
  ASSIGN_OR_RETURN(const json tree, ParseTree(text));
  TreeReader reader;
  reader.ReadField(tree, field, *message);
  return reader.Finish();
}

}  // namespace zhenhui::gateway::transcoding

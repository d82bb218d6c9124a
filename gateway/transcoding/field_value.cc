#include "gateway/transcoding/field_value.h"

#include <cmath>
#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "gateway/transcoding/plan.h"
#include "gateway/transcoding/well_known.h"

namespace zhenhui::gateway::transcoding {
namespace {

using CppType = pb::FieldDescriptor::CppType;

// Sets or adds a scalar through reflection.
class Target {
 public:
  Target(pb::Message& message, const pb::FieldDescriptor& field)
      : message_(&message), field_(&field), reflection_(message.GetReflection()) {}

#define TARGET_PUT(Name, Value)                                              \
  void Put(Value value) {                                                    \
    field_->is_repeated() ? reflection_->Add##Name(message_, field_, value)  \
                          : reflection_->Set##Name(message_, field_, value); \
  }
  TARGET_PUT(Bool, bool)
  TARGET_PUT(Int32, int32_t)
  TARGET_PUT(UInt32, uint32_t)
  TARGET_PUT(Int64, int64_t)
  TARGET_PUT(UInt64, uint64_t)
  TARGET_PUT(Double, double)
  TARGET_PUT(Float, float)
  TARGET_PUT(String, std::string)
#undef TARGET_PUT

  void PutEnum(int number) {
    field_->is_repeated() ? reflection_->AddEnumValue(message_, field_, number)
                          : reflection_->SetEnumValue(message_, field_, number);
  }
  pb::Message& Submessage() {
    return field_->is_repeated() ? *reflection_->AddMessage(message_, field_)
                                 : *reflection_->MutableMessage(message_, field_);
  }

 private:
  pb::Message* message_;
  const pb::FieldDescriptor* field_;
  const pb::Reflection* reflection_;
};

template <typename Value>
std::optional<std::string> PutIf(Target& target, const std::optional<Value>& value,
                                 std::string_view expected) {
  if (!value) return absl::StrCat(Absl(expected), " is expected");
  target.Put(*value);
  return std::nullopt;
}

bool IsWrapper(const pb::Descriptor& type) {
  const auto known = type.well_known_type();
  return known >= pb::Descriptor::WELLKNOWNTYPE_DOUBLEVALUE &&
         known <= pb::Descriptor::WELLKNOWNTYPE_BOOLVALUE;
}

Shape TextShape(const pb::Descriptor& type) {
  switch (type.well_known_type()) {
    case pb::Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return Shape::kTimestamp;
    case pb::Descriptor::WELLKNOWNTYPE_DURATION:
      return Shape::kDuration;
    case pb::Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return Shape::kFieldMask;
    default:
      return Shape::kPlain;
  }
}

std::optional<std::string> PutMessage(Target& target, const pb::Descriptor& type, std::string_view text) {
  if (IsWrapper(type)) return SetFromText(target.Submessage(), {type.field(0)}, text);
  const std::optional<std::string> bytes = WellKnownFromText(TextShape(type), text);
  if (!bytes) {
    return absl::StrCat("a ", type.name(), " in the JSON form of protobuf is expected, such as ",
                        type.name() == "Timestamp"  ? "2024-03-05T01:02:03Z"
                        : type.name() == "Duration" ? "1.5s"
                                                    : "displayName,endDate");
  }
  target.Submessage().ParseFromString(*bytes);
  return std::nullopt;
}

std::optional<bool> BoolFrom(std::string_view text) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

template <typename Integer>
std::optional<Integer> Narrow(std::string_view text) {
  using Limits = std::numeric_limits<Integer>;
  if constexpr (Limits::is_signed) {
    const auto value = IntegerFrom(text, Limits::min(), Limits::max());
    return value ? std::optional<Integer>(static_cast<Integer>(*value)) : std::nullopt;
  } else {
    const auto value = UnsignedFrom(text, Limits::max());
    return value ? std::optional<Integer>(static_cast<Integer>(*value)) : std::nullopt;
  }
}

std::optional<std::string> PutText(pb::Message& message, const pb::FieldDescriptor& field,
                                   std::string_view text) {
  Target target(message, field);
  switch (field.cpp_type()) {
    case CppType::CPPTYPE_STRING:
      if (field.type() == pb::FieldDescriptor::TYPE_BYTES)
        return PutIf(target, BytesFromBase64(text), "base64");
      target.Put(std::string(text));
      return std::nullopt;
    case CppType::CPPTYPE_BOOL:
      return PutIf(target, BoolFrom(text), "true or false");
    case CppType::CPPTYPE_INT32:
      return PutIf(target, Narrow<int32_t>(text), "a whole number of 32 bits");
    case CppType::CPPTYPE_UINT32:
      return PutIf(target, Narrow<uint32_t>(text), "a whole number of 32 bits that is not negative");
    case CppType::CPPTYPE_INT64:
      return PutIf(target, Narrow<int64_t>(text), "a whole number of 64 bits");
    case CppType::CPPTYPE_UINT64:
      return PutIf(target, Narrow<uint64_t>(text), "a whole number of 64 bits that is not negative");
    case CppType::CPPTYPE_DOUBLE:
      return PutIf(target, DoubleFrom(text), "a number");
    case CppType::CPPTYPE_FLOAT: {
      const auto value = DoubleFrom(text);
      return PutIf(target, value ? std::optional<float>(static_cast<float>(*value)) : std::nullopt,
                   "a number");
    }
    case CppType::CPPTYPE_ENUM: {
      const std::optional<int> number = EnumFrom(*field.enum_type(), text);
      if (!number)
        return absl::StrCat("a value of ", field.enum_type()->name(), " is expected, by name or number");
      target.PutEnum(*number);
      return std::nullopt;
    }
    case CppType::CPPTYPE_MESSAGE:
      return PutMessage(target, *field.message_type(), text);
  }
  return "this field cannot be set";
}

}  // namespace

const pb::FieldDescriptor* FindField(const pb::Descriptor& type, std::string_view name) {
  const std::string copy(name);
  if (const pb::FieldDescriptor* field = type.FindFieldByName(copy)) return field;
  if (const pb::FieldDescriptor* field = type.FindFieldByCamelcaseName(copy)) {
    if (field->json_name() == copy) return field;
  }
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->has_json_name() && type.field(i)->json_name() == copy) return type.field(i);
  }
  return nullptr;
}

std::optional<FieldPath> FindPath(const pb::Descriptor& type, std::string_view path) {
  FieldPath found;
  const pb::Descriptor* at = &type;
  while (true) {
    const size_t dot = path.find('.');
    const pb::FieldDescriptor* field = at == nullptr ? nullptr : FindField(*at, path.substr(0, dot));
    if (field == nullptr || found.size() >= 32) return std::nullopt;
    found.push_back(field);
    if (dot == std::string_view::npos) return found;
    if (field->is_repeated()) return std::nullopt;
    at = field->message_type();
    path.remove_prefix(dot + 1);
  }
}

std::string ToString(const FieldPath& path) {
  std::string text;
  for (const pb::FieldDescriptor* field : path)
    absl::StrAppend(&text, text.empty() ? "" : ".", field->name());
  return text;
}

pb::Message& ParentOf(pb::Message& message, const FieldPath& path) {
  pb::Message* at = &message;
  for (size_t i = 0; i + 1 < path.size(); ++i) at = at->GetReflection()->MutableMessage(at, path[i]);
  return *at;
}

bool IsTextual(const pb::FieldDescriptor& field) {
  if (field.is_map()) return false;
  if (field.message_type() == nullptr) return true;
  return IsWrapper(*field.message_type()) || TextShape(*field.message_type()) != Shape::kPlain;
}

std::optional<std::string> SetFromText(pb::Message& message, const FieldPath& path, std::string_view text) {
  if (!IsTextual(*path.back()))
    return "an object cannot be given in a URL; name one of its fields, or send it as JSON";
  return PutText(ParentOf(message, path), *path.back(), text);
}

std::optional<int64_t> IntegerFrom(std::string_view text, int64_t min, int64_t max) {
  int64_t value = 0;
  // Abseil would also take spaces around it.
  const bool plain = !text.empty() && text.find_first_not_of("-0123456789") == std::string_view::npos;
  if (!plain || !absl::SimpleAtoi(Absl(text), &value) || value < min || value > max) return std::nullopt;
  return value;
}

std::optional<uint64_t> UnsignedFrom(std::string_view text, uint64_t max) {
  uint64_t value = 0;
  const bool plain = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!plain || !absl::SimpleAtoi(Absl(text), &value) || value > max) return std::nullopt;
  return value;
}

std::optional<double> DoubleFrom(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  double value = 0;
  const bool plain = !text.empty() && text.find_first_not_of("+-0123456789.eE") == std::string_view::npos;
  if (!plain || !absl::SimpleAtod(Absl(text), &value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::string> BytesFromBase64(std::string_view text) {
  std::string bytes;
  // The web-safe decoder knows '-' and '_' for '+' and '/', and takes either padding or none.
  std::string web_safe(text);
  for (char& c : web_safe) c = c == '+' ? '-' : c == '/' ? '_' : c;
  const bool plain = web_safe.find_first_of(" \t\r\n\v\f.") == std::string::npos;
  if (!plain || !absl::WebSafeBase64Unescape(web_safe, &bytes)) return std::nullopt;
  return bytes;
}

std::optional<int> EnumFrom(const pb::EnumDescriptor& type, std::string_view text) {
  if (const pb::EnumValueDescriptor* value = type.FindValueByName(std::string(text))) return value->number();
  const auto number = IntegerFrom(text, INT32_MIN, INT32_MAX);
  return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

}  // namespace zhenhui::gateway::transcoding

#include "tests/unit/gateway/transcoding/random_message.h"

#include <limits>
#include <string>

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/struct.pb.h>

namespace zhenhui::gateway::transcoding {
namespace {

namespace pb = google::protobuf;
using CppType = pb::FieldDescriptor::CppType;
using Known = pb::Descriptor::WellKnownType;

template <typename T, size_t n>
T OneOf(const T (&values)[n], std::mt19937& random) {
  return values[random() % n];
}

template <typename Integer>
Integer RandomInteger(std::mt19937& random) {
  using Limits = std::numeric_limits<Integer>;
  const Integer edges[] = {
      0, 1, Limits::min(), Limits::max(), static_cast<Integer>(-1), static_cast<Integer>(random())};
  return OneOf(edges, random);
}

double RandomReal(std::mt19937& random) {
  const double edges[] = {0, -0.0, 1, -2.5, 0.1, 1e21, 1e-7, 123456789.125, static_cast<double>(random())};
  return OneOf(edges, random);
}

std::string RandomText(std::mt19937& random) {
  const char* const pieces[] = {"",
                                "a",
                                "\"",
                                "\\",
                                "\n",
                                "\t\r",
                                "\x01\x1f",
                                "\x7f",
                                "法律讲座",
                                "😀",
                                "<b>&",
                                "\xE2\x80\xA8",
                                "0123456789abcdef",
                                "é"};
  std::string text;
  for (unsigned i = random() % 5; i > 0; --i) text += OneOf(pieces, random);
  return text;
}

void SetWhole(pb::Message& message, const char* field, int64_t value) {
  const pb::FieldDescriptor* found = message.GetDescriptor()->FindFieldByName(field);
  if (found->cpp_type() == CppType::CPPTYPE_INT64) {
    message.GetReflection()->SetInt64(&message, found, value);
  } else {
    message.GetReflection()->SetInt32(&message, found, static_cast<int32_t>(value));
  }
}

void FillValue(pb::Value& value, std::mt19937& random, int levels) {
  switch (random() % (levels > 0 ? 6 : 4)) {
    case 0:
      return value.set_null_value(pb::NULL_VALUE);
    case 1:
      return value.set_number_value(RandomReal(random));
    case 2:
      return value.set_string_value(RandomText(random));
    case 3:
      return value.set_bool_value(random() % 2 == 0);
    case 4:
      return FillValue((*value.mutable_struct_value()->mutable_fields())[RandomText(random)], random,
                       levels - 1);
    default:
      return FillValue(*value.mutable_list_value()->add_values(), random, levels - 1);
  }
}

// Types with a JSON form of their own. False for the others.
bool FillWellKnown(pb::Message& message, std::mt19937& random) {
  const int64_t nanos[] = {0, 500'000'000, 1'000, 999'999'999, 120'000'000};
  const pb::Descriptor& type = *message.GetDescriptor();
  pb::Value value;
  switch (type.well_known_type()) {
    case Known::WELLKNOWNTYPE_TIMESTAMP: {
      const int64_t seconds[] = {0, -62'135'596'800, 253'402'300'799, 1'709'600'000, -1};
      SetWhole(message, "seconds", OneOf(seconds, random));
      SetWhole(message, "nanos", OneOf(nanos, random));
      return true;
    }
    case Known::WELLKNOWNTYPE_DURATION: {
      const int sign = random() % 2 == 0 ? 1 : -1;
      const int64_t seconds[] = {0, 315'576'000'000, 3};
      SetWhole(message, "seconds", sign * OneOf(seconds, random));
      SetWhole(message, "nanos", sign * OneOf(nanos, random));
      return true;
    }
    case Known::WELLKNOWNTYPE_FIELDMASK:
      for (const char* path : {"display_name", "scope.townships", "a"}) {
        if (random() % 2 == 0) message.GetReflection()->AddString(&message, type.field(0), path);
      }
      return true;
    case Known::WELLKNOWNTYPE_VALUE:
      FillValue(value, random, 3);
      message.ParseFromString(value.SerializeAsString());
      return true;
    case Known::WELLKNOWNTYPE_STRUCT:
      FillValue((*value.mutable_struct_value()->mutable_fields())["k"], random, 3);
      message.ParseFromString(value.struct_value().SerializeAsString());
      return true;
    case Known::WELLKNOWNTYPE_LISTVALUE:
      FillValue(*value.mutable_list_value()->add_values(), random, 3);
      message.ParseFromString(value.list_value().SerializeAsString());
      return true;
    case Known::WELLKNOWNTYPE_ANY: {
      const pb::Descriptor* inner = type.file()->pool()->FindMessageTypeByName("google.protobuf.Timestamp");
      if (inner == nullptr) return true;
      const auto* prototype = message.GetReflection()->GetMessageFactory()->GetPrototype(inner);
      const std::unique_ptr<pb::Message> packed(prototype->New());
      // Of an empty value protobuf 3.21 leaves out "value", against the specification.
      while (packed->ByteSizeLong() == 0) FillWellKnown(*packed, random);
      message.GetReflection()->SetString(&message, type.field(0),
                                         "type.googleapis.com/google.protobuf.Timestamp");
      message.GetReflection()->SetString(&message, type.field(1), packed->SerializeAsString());
      return true;
    }
    default:
      return false;
  }
}

void FillField(pb::Message& message, const pb::FieldDescriptor& field, std::mt19937& random, int levels) {
  const pb::Reflection& reflection = *message.GetReflection();
#define FILL(Name, value)                                                    \
  return field.is_repeated() ? reflection.Add##Name(&message, &field, value) \
                             : reflection.Set##Name(&message, &field, value)
  switch (field.cpp_type()) {
    case CppType::CPPTYPE_BOOL:
      FILL(Bool, random() % 2 == 0);
    case CppType::CPPTYPE_INT32:
      FILL(Int32, RandomInteger<int32_t>(random));
    case CppType::CPPTYPE_UINT32:
      FILL(UInt32, RandomInteger<uint32_t>(random));
    case CppType::CPPTYPE_INT64:
      FILL(Int64, RandomInteger<int64_t>(random));
    case CppType::CPPTYPE_UINT64:
      FILL(UInt64, RandomInteger<uint64_t>(random));
    case CppType::CPPTYPE_DOUBLE:
      FILL(Double, RandomReal(random));
    case CppType::CPPTYPE_FLOAT:
      FILL(Float, static_cast<float>(RandomReal(random)));
    case CppType::CPPTYPE_STRING:
      FILL(String, RandomText(random));
    case CppType::CPPTYPE_ENUM: {
      const pb::EnumDescriptor& type = *field.enum_type();
      const bool unknown = random() % 8 == 0 && type.full_name() != "google.protobuf.NullValue";
      const int number =
          unknown
              ? 4711
              : type.value(static_cast<int>(random() % static_cast<unsigned>(type.value_count())))->number();
      FILL(EnumValue, number);
    }
    case CppType::CPPTYPE_MESSAGE:
      if (levels == 0) return;
      return FillRandomly(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                              : *reflection.MutableMessage(&message, &field),
                          random, levels - 1);
  }
#undef FILL
}

}  // namespace

void FillRandomly(pb::Message& message, std::mt19937& random, int levels) {
  if (FillWellKnown(message, random)) return;
  const pb::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    if (!type.options().map_entry() && random() % 3 == 0) continue;
    const unsigned count = field.is_map() ? 1 : field.is_repeated() ? random() % 4 : 1;
    for (unsigned k = 0; k < count; ++k) FillField(message, field, random, levels);
  }
}

}  // namespace zhenhui::gateway::transcoding

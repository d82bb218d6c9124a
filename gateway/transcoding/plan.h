#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/transcoding/schema.h"
#include "gateway/transcoding/wire.h"

namespace zhenhui::gateway::transcoding {

struct MessagePlan;

// The JSON of an enum's values, with quotation marks; numbers without a name are written as numbers.
struct EnumPlan {
  std::unordered_map<int32_t, std::string> names = {};
  bool null_value = false;  // google.protobuf.NullValue: always null
};

// What the writer must know about a field, looked up once at start.
struct FieldPlan {
  uint32_t number = 0;
  pb::FieldDescriptor::Type type = pb::FieldDescriptor::TYPE_STRING;
  WireType wire_type = WireType::kBytes;  // of one value; repeated numbers may also come packed
  bool narrow = false;                    // a varint of which 32 bits count
  bool repeated = false;                  // also of maps
  bool map = false;
  bool explicit_presence = false;        // written even if it holds its type's default
  int oneof = -1;                        // index of its real oneof
  size_t index = 0;                      // in MessagePlan::fields
  std::string key = {};                  // ,"jsonName":
  const MessagePlan* message = nullptr;  // of a message; of a map the entry
  const EnumPlan* enumeration = nullptr;
};

// Types with a JSON form of their own.
enum class Shape { kPlain, kTimestamp, kDuration, kFieldMask, kStruct, kValue, kListValue, kWrapper, kAny };

struct MessagePlan {
  // Null for a number that the type does not have.
  const FieldPlan* Find(uint32_t number) const;

  Shape shape = Shape::kPlain;
  const pb::Message* prototype = nullptr;
  std::vector<FieldPlan> fields = {};      // by number
  std::array<int16_t, 32> by_number = {};  // index of fields 0 to 31; -1: none
};

// The plans of all types of a schema. Const after construction; thread-safe. The schema must outlive it.
class Plans {
 public:
  explicit Plans(const Schema& schema);
  Plans(const Plans&) = delete;
  Plans& operator=(const Plans&) = delete;

  // Null for a type that is not of this schema.
  const MessagePlan* Find(const std::string& full_name) const;
  const MessagePlan& Of(const pb::Descriptor& type) const { return *Find(type.full_name()); }

 private:
  void AddTypes(const Schema& schema, const pb::Descriptor& type);
  FieldPlan MakeField(const pb::FieldDescriptor& field);
  const EnumPlan* PlanOf(const pb::EnumDescriptor& type);

  std::unordered_map<std::string, std::unique_ptr<MessagePlan>> messages_;
  std::map<const pb::EnumDescriptor*, std::unique_ptr<EnumPlan>> enums_;
};

}  // namespace zhenhui::gateway::transcoding

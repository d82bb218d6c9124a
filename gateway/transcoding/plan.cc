#include "gateway/transcoding/plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/json_text.h"

namespace zhenhui::gateway::transcoding {
namespace {

using Type = pb::FieldDescriptor::Type;

Shape ShapeOf(const pb::Descriptor& type) {
  switch (type.well_known_type()) {
    case pb::Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return Shape::kTimestamp;
    case pb::Descriptor::WELLKNOWNTYPE_DURATION:
      return Shape::kDuration;
    case pb::Descriptor::WELLKNOWNTYPE_FIELDMASK:
      return Shape::kFieldMask;
    case pb::Descriptor::WELLKNOWNTYPE_STRUCT:
      return Shape::kStruct;
    case pb::Descriptor::WELLKNOWNTYPE_VALUE:
      return Shape::kValue;
    case pb::Descriptor::WELLKNOWNTYPE_LISTVALUE:
      return Shape::kListValue;
    case pb::Descriptor::WELLKNOWNTYPE_ANY:
      return Shape::kAny;
    case pb::Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
      return Shape::kPlain;
    default:  // the nine wrappers
      return Shape::kWrapper;
  }
}

WireType WireTypeOf(Type type) {
  switch (type) {
    case Type::TYPE_DOUBLE:
    case Type::TYPE_FIXED64:
    case Type::TYPE_SFIXED64:
      return WireType::kFixed64;
    case Type::TYPE_FLOAT:
    case Type::TYPE_FIXED32:
    case Type::TYPE_SFIXED32:
      return WireType::kFixed32;
    case Type::TYPE_STRING:
    case Type::TYPE_BYTES:
    case Type::TYPE_MESSAGE:
      return WireType::kBytes;
    case Type::TYPE_GROUP:  // of proto2; no service has any
      return WireType::kStartGroup;
    default:
      return WireType::kVarint;
  }
}

}  // namespace

const FieldPlan* MessagePlan::Find(uint32_t number) const {
  if (number < by_number.size()) {
    const int16_t index = by_number[number];
    return index < 0 ? nullptr : &fields[static_cast<size_t>(index)];
  }
  const auto field =
      std::lower_bound(fields.begin(), fields.end(), number,
                       [](const FieldPlan& plan, uint32_t wanted) { return plan.number < wanted; });
  return field != fields.end() && field->number == number ? &*field : nullptr;
}

Plans::Plans(const Schema& schema) {
  for (const pb::FileDescriptor* file : schema.files()) {
    for (int i = 0; i < file->message_type_count(); ++i) AddTypes(schema, *file->message_type(i));
  }
  // Types may hold each other, so the fields come when all plans have their address.
  for (auto& [name, plan] : messages_) {
    const pb::Descriptor* type = plan->prototype->GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) plan->fields.push_back(MakeField(*type->field(i)));
    std::sort(plan->fields.begin(), plan->fields.end(),
              [](const FieldPlan& a, const FieldPlan& b) { return a.number < b.number; });
    plan->by_number.fill(-1);
    for (size_t i = 0; i < plan->fields.size(); ++i) {
      plan->fields[i].index = i;
      const uint32_t number = plan->fields[i].number;
      if (number < plan->by_number.size()) plan->by_number[number] = static_cast<int16_t>(i);
    }
  }
}

void Plans::AddTypes(const Schema& schema, const pb::Descriptor& type) {
  auto plan = std::make_unique<MessagePlan>();
  plan->shape = ShapeOf(type);
  plan->prototype = &schema.Prototype(type);
  messages_[type.full_name()] = std::move(plan);
  for (int i = 0; i < type.nested_type_count(); ++i) AddTypes(schema, *type.nested_type(i));
}

FieldPlan Plans::MakeField(const pb::FieldDescriptor& field) {
  FieldPlan plan;
  plan.number = static_cast<uint32_t>(field.number());
  plan.type = field.type();
  plan.wire_type = WireTypeOf(field.type());
  plan.narrow =
      plan.wire_type == WireType::kVarint && (field.cpp_type() == pb::FieldDescriptor::CPPTYPE_INT32 ||
                                              field.cpp_type() == pb::FieldDescriptor::CPPTYPE_UINT32 ||
                                              field.cpp_type() == pb::FieldDescriptor::CPPTYPE_ENUM);
  plan.repeated = field.is_repeated();
  plan.map = field.is_map();
  plan.explicit_presence = !field.is_repeated() && field.has_presence();
  if (field.real_containing_oneof() != nullptr) plan.oneof = field.real_containing_oneof()->index();
  plan.key.push_back(',');
  AppendJsonString(field.json_name(), &plan.key);
  plan.key += ':';
  if (field.message_type() != nullptr) plan.message = messages_.at(field.message_type()->full_name()).get();
  if (field.enum_type() != nullptr) plan.enumeration = PlanOf(*field.enum_type());
  return plan;
}

const EnumPlan* Plans::PlanOf(const pb::EnumDescriptor& type) {
  std::unique_ptr<EnumPlan>& plan = enums_[&type];
  if (plan == nullptr) {
    plan = std::make_unique<EnumPlan>();
    plan->null_value = type.full_name() == "google.protobuf.NullValue";
    // Of aliases the first counts, as in protobuf.
    for (int i = 0; i < type.value_count(); ++i) {
      plan->names.try_emplace(type.value(i)->number(), absl::StrCat("\"", type.value(i)->name(), "\""));
    }
  }
  return plan.get();
}

const MessagePlan* Plans::Find(const std::string& full_name) const {
  const auto plan = messages_.find(full_name);
  return plan == messages_.end() ? nullptr : plan->second.get();
}

}  // namespace zhenhui::gateway::transcoding

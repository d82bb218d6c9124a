#include "gateway/transcoding/json_pass.h"

#include <bit>
#include <charconv>

#include "gateway/transcoding/json_text.h"
#include "gateway/transcoding/well_known.h"

namespace zhenhui::gateway::transcoding {
namespace {

using Type = pb::FieldDescriptor::Type;

template <typename Integer>
void AppendInteger(Integer value, std::string* out) {
  char digits[24];
  out->append(digits, std::to_chars(digits, digits + sizeof(digits), value).ptr);
}

}  // namespace

bool ReadRaw(WireType type, WireReader& in, Raw* raw) {
  switch (type) {
    case WireType::kVarint:
      return in.ReadVarint(&raw->number);
    case WireType::kFixed64:
      return in.ReadFixed64(&raw->number);
    case WireType::kFixed32:
      return in.ReadFixed32(&raw->number);
    case WireType::kBytes:
      return in.ReadBytes(&raw->bytes);
    default:
      return false;
  }
}

void JsonPass::Number(const FieldPlan& field, uint64_t number) {
  const auto quoted = [&](auto value) {
    out_.push_back('"');
    AppendInteger(value, &out_);
    out_.push_back('"');
  };
  switch (field.type) {
    case Type::TYPE_BOOL:
      out_.append(number != 0 ? "true" : "false");
      return;
    case Type::TYPE_INT32:
    case Type::TYPE_SFIXED32:
      return AppendInteger(static_cast<int32_t>(number), &out_);
    case Type::TYPE_UINT32:
    case Type::TYPE_FIXED32:
      return AppendInteger(static_cast<uint32_t>(number), &out_);
    case Type::TYPE_SINT32: {
      const auto zigzag = static_cast<uint32_t>(number);
      return AppendInteger(static_cast<int32_t>(zigzag >> 1 ^ (0u - (zigzag & 1))), &out_);
    }
    case Type::TYPE_INT64:
    case Type::TYPE_SFIXED64:
      return quoted(static_cast<int64_t>(number));
    case Type::TYPE_SINT64:
      return quoted(static_cast<int64_t>(number >> 1 ^ (uint64_t{0} - (number & 1))));
    case Type::TYPE_UINT64:
    case Type::TYPE_FIXED64:
      return quoted(number);
    case Type::TYPE_DOUBLE:
      return AppendDouble(std::bit_cast<double>(number), &out_);
    case Type::TYPE_FLOAT:
      return AppendFloat(std::bit_cast<float>(static_cast<uint32_t>(number)), &out_);
    default: {  // an enum
      if (field.enumeration->null_value) return void(out_.append("null"));
      const auto name = field.enumeration->names.find(static_cast<int32_t>(number));
      if (name != field.enumeration->names.end()) return void(out_.append(name->second));
      AppendInteger(static_cast<int32_t>(number), &out_);
    }
  }
}

Outcome JsonPass::Value(const FieldPlan& field, const Raw& raw, int levels) {
  switch (field.type) {
    case Type::TYPE_STRING:
      return AppendJsonString(raw.bytes, &out_) ? Outcome::kWritten : Outcome::kMalformed;
    case Type::TYPE_BYTES:
      AppendBase64(raw.bytes, &out_);
      return Outcome::kWritten;
    case Type::TYPE_MESSAGE:
      return Message(*field.message, raw.bytes, levels - 1);
    default:
      Number(field, raw.number);
      return Outcome::kWritten;
  }
}

Outcome JsonPass::Message(const MessagePlan& plan, std::string_view bytes, int levels) {
  if (levels < 0) return Outcome::kMalformed;
  switch (plan.shape) {
    case Shape::kPlain: {
      out_.push_back('{');
      WRITE_OR_RETURN(Fields(plan, bytes, levels, /*first=*/true));
      out_.push_back('}');
      return Outcome::kWritten;
    }
    case Shape::kWrapper:
      return Wrapper(plan, bytes, levels);
    case Shape::kAny:
      return Any(bytes, levels);
    default:
      return AppendWellKnown(plan.shape, bytes, &out_) ? Outcome::kWritten : Outcome::kMalformed;
  }
}

// The members of an object, without its braces. `first`: whether nothing stands before them.
Outcome JsonPass::Fields(const MessagePlan& plan, std::string_view bytes, int levels, bool first) {
  WireReader in(bytes);
  Seen seen(plan.fields.size());
  Seen oneofs(plan.fields.size());
  Open open;
  while (!in.done()) {
    uint32_t number = 0;
    WireType type = WireType::kVarint;
    if (!in.ReadTag(&number, &type)) return Outcome::kMalformed;
    const FieldPlan* field = plan.Find(number);
    const bool packed = field != nullptr && field->repeated && type == WireType::kBytes;
    if (field == nullptr || (field->wire_type != type && !packed)) {  // unknown to this schema
      if (!in.Skip(number, type)) return Outcome::kMalformed;
      continue;
    }
    if (field->repeated) {
      WRITE_OR_RETURN(Elements(*field, type, in, levels, &first, seen, open));
      continue;
    }
    Close(open);
    Raw raw;
    if (!ReadRaw(type, in, &raw)) return Outcome::kMalformed;
    if (field->narrow) raw.number = static_cast<uint32_t>(raw.number);
    if (!seen.Set(field->index)) return Outcome::kNotCanonical;
    if (field->oneof >= 0 && !oneofs.Set(static_cast<size_t>(field->oneof))) return Outcome::kNotCanonical;
    if (!field->explicit_presence && raw.IsDefault()) continue;
    Key(*field, &first);
    WRITE_OR_RETURN(Value(*field, raw, levels));
  }
  Close(open);
  return Outcome::kWritten;
}

// What follows one tag of a repeated field: an element, or a packed run of them.
Outcome JsonPass::Elements(const FieldPlan& field, WireType type, WireReader& in, int levels, bool* first,
                           Seen& seen, Open& open) {
  Raw raw;
  if (!ReadRaw(type, in, &raw)) return Outcome::kMalformed;
  const bool packed = field.wire_type != type;
  if (packed && raw.bytes.empty()) return Outcome::kWritten;
  if (open.field != &field) {
    Close(open);
    if (!seen.Set(field.index)) return Outcome::kNotCanonical;  // the list was interrupted
    Key(field, first);
    open.field = &field;
    out_.push_back(field.map ? '{' : '[');
  } else {
    out_.push_back(',');
  }
  if (field.map) return MapEntry(field, raw.bytes, levels, open);
  if (!packed) return Value(field, raw, levels);
  WireReader run(raw.bytes);
  for (bool comma = false; !run.done(); comma = true) {
    Raw element;
    if (!ReadRaw(field.wire_type, run, &element)) return Outcome::kMalformed;
    if (comma) out_.push_back(',');
    WRITE_OR_RETURN(Value(field, element, levels));
  }
  return Outcome::kWritten;
}

}  // namespace zhenhui::gateway::transcoding

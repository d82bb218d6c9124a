#include "gateway/transcoding/json_writer.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <numeric>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "common/status/reason.h"
#include "gateway/transcoding/json_text.h"
#include "gateway/transcoding/well_known.h"

namespace zhenhui::gateway::transcoding {
namespace {

using Type = pb::FieldDescriptor::Type;

enum class Outcome { kWritten, kNotCanonical, kMalformed };

#define WRITE_OR_RETURN(expr)                                                                     \
  do {                                                                                            \
    if (const Outcome zh_outcome_ = (expr); zh_outcome_ != Outcome::kWritten) return zh_outcome_; \
  } while (false)

// One value as it stands on the wire.
struct Raw {
  uint64_t number = 0;
  std::string_view bytes = {};
  bool IsDefault() const { return number == 0 && bytes.empty(); }
};

// Which fields and oneofs a message has shown already.
class Seen {
 public:
  explicit Seen(size_t fields) : words_((fields + 63) / 64) {}
  // False if it was set before.
  bool Set(size_t index) {
    uint64_t& word = words_[index / 64];
    const uint64_t bit = uint64_t{1} << (index % 64);
    return (std::exchange(word, word | bit) & bit) == 0;
  }

 private:
  absl::InlinedVector<uint64_t, 1> words_;
};

template <typename Integer>
void AppendInteger(Integer value, std::string* out) {
  char digits[24];
  out->append(digits, std::to_chars(digits, digits + sizeof(digits), value).ptr);
}

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

class Writer {
 public:
  Writer(const Plans& plans, std::string* out) : plans_(plans), out_(*out) {}

  Outcome Message(const MessagePlan& plan, std::string_view bytes, int levels);
  Outcome Fields(const MessagePlan& plan, std::string_view bytes, int levels, bool first);

 private:
  struct Open {  // the list or map whose elements are being written
    const FieldPlan* field = nullptr;
    std::vector<std::pair<size_t, size_t>> keys = {};  // of a map: where in out_ they stand
  };

  Outcome Value(const FieldPlan& field, const Raw& raw, int levels);
  void Number(const FieldPlan& field, uint64_t number);
  Outcome Elements(const FieldPlan& field, WireType type, WireReader& in, int levels, bool* first, Seen& seen,
                   Open& open);
  Outcome MapEntry(const FieldPlan& field, std::string_view bytes, int levels, Open& open);
  void Close(Open& open);
  void DropRepeatedKeys(const Open& open);
  Outcome Wrapper(const MessagePlan& plan, std::string_view bytes, int levels);
  Outcome Any(std::string_view bytes, int levels);
  void Key(const FieldPlan& field, bool* first) {
    const std::string_view key = field.key;
    out_.append(std::exchange(*first, false) ? key.substr(1) : key);
  }

  const Plans& plans_;
  std::string& out_;
};

void Writer::Number(const FieldPlan& field, uint64_t number) {
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

Outcome Writer::Value(const FieldPlan& field, const Raw& raw, int levels) {
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

Outcome Writer::Message(const MessagePlan& plan, std::string_view bytes, int levels) {
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
Outcome Writer::Fields(const MessagePlan& plan, std::string_view bytes, int levels, bool first) {
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
Outcome Writer::Elements(const FieldPlan& field, WireType type, WireReader& in, int levels, bool* first,
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

Outcome Writer::MapEntry(const FieldPlan& field, std::string_view bytes, int levels, Open& open) {
  const FieldPlan* const parts[] = {field.message->Find(1), field.message->Find(2)};
  Raw values[2];
  Seen seen(2);
  WireReader in(bytes);
  while (!in.done()) {
    uint32_t number = 0;
    WireType type = WireType::kVarint;
    if (!in.ReadTag(&number, &type)) return Outcome::kMalformed;
    if (number > 2 || parts[number - 1]->wire_type != type) {
      if (!in.Skip(number, type)) return Outcome::kMalformed;
    } else {
      if (!ReadRaw(type, in, &values[number - 1])) return Outcome::kMalformed;
      if (!seen.Set(number - 1)) return Outcome::kNotCanonical;
    }
  }
  const size_t begin = out_.size();
  WRITE_OR_RETURN(Value(*parts[0], values[0], levels));
  if (out_[begin] != '"') {  // strings and 64-bit numbers bring quotation marks of their own
    out_.insert(begin, 1, '"');
    out_.push_back('"');
  }
  open.keys.emplace_back(begin, out_.size());
  out_.push_back(':');
  return Value(*parts[1], values[1], levels);
}

void Writer::Close(Open& open) {
  if (open.field == nullptr) return;
  if (open.keys.size() > 1) DropRepeatedKeys(open);
  out_.push_back(open.field->map ? '}' : ']');
  open.field = nullptr;
  open.keys.clear();
}

// Of two entries with the same key the last counts.
void Writer::DropRepeatedKeys(const Open& open) {
  const auto text = [&](size_t entry) {
    const auto [begin, end] = open.keys[entry];
    return std::string_view(out_).substr(begin, end - begin);
  };
  std::vector<size_t> order(open.keys.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return text(a) < text(b); });
  std::vector<size_t> dropped;
  for (size_t i = 0; i + 1 < order.size(); ++i) {
    if (text(order[i]) == text(order[i + 1])) dropped.push_back(order[i]);
  }
  // From the back, so that places before stay. An entry reaches to the next one's key, with the comma; the
  // last stays.
  std::sort(dropped.rbegin(), dropped.rend());
  for (const size_t entry : dropped) {
    out_.erase(open.keys[entry].first, open.keys[entry + 1].first - open.keys[entry].first);
  }
}

// A wrapper is its value, also when that is the default.
Outcome Writer::Wrapper(const MessagePlan& plan, std::string_view bytes, int levels) {
  const FieldPlan& value = plan.fields[0];
  Raw raw;
  Seen seen(1);
  WireReader in(bytes);
  while (!in.done()) {
    uint32_t number = 0;
    WireType type = WireType::kVarint;
    if (!in.ReadTag(&number, &type)) return Outcome::kMalformed;
    const bool known = number == value.number && type == value.wire_type;
    if (known ? !ReadRaw(type, in, &raw) : !in.Skip(number, type)) return Outcome::kMalformed;
    if (known && !seen.Set(0)) return Outcome::kNotCanonical;
  }
  return Value(value, raw, levels);
}

// {"@type": ..., members}; a type with a JSON form of its own, or one that this schema does not have, under
// "value".
Outcome Writer::Any(std::string_view bytes, int levels) {
  std::string_view parts[2];  // type_url, value
  Seen seen(2);
  WireReader in(bytes);
  while (!in.done()) {
    uint32_t number = 0;
    WireType type = WireType::kVarint;
    if (!in.ReadTag(&number, &type)) return Outcome::kMalformed;
    const bool known = number <= 2 && type == WireType::kBytes;
    if (known ? !in.ReadBytes(&parts[number - 1]) : !in.Skip(number, type)) return Outcome::kMalformed;
    if (known && !seen.Set(number - 1)) return Outcome::kNotCanonical;
  }
  if (parts[0].empty()) {
    out_.append("{}");
    return parts[1].empty() ? Outcome::kWritten : Outcome::kMalformed;
  }
  out_.append("{\"@type\":");
  if (!AppendJsonString(parts[0], &out_)) return Outcome::kMalformed;
  const MessagePlan* plan = plans_.Find(std::string(parts[0].substr(parts[0].rfind('/') + 1)));
  if (plan == nullptr) {
    out_.append(",\"value\":");
    AppendBase64(parts[1], &out_);
  } else {
    // The value is opaque to whoever serialises the Any, so it is made canonical by itself.
    const size_t begin = out_.size();
    const auto write = [&](std::string_view value) {
      out_.resize(begin);
      if (plan->shape == Shape::kPlain) return Fields(*plan, value, levels - 1, /*first=*/false);
      out_.append(",\"value\":");
      return Message(*plan, value, levels - 1);
    };
    if (levels <= 0) return Outcome::kMalformed;
    Outcome outcome = write(parts[1]);
    if (outcome == Outcome::kNotCanonical) {
      const std::unique_ptr<pb::Message> built(plan->prototype->New());
      if (!built->ParseFromArray(parts[1].data(), static_cast<int>(parts[1].size())))
        return Outcome::kMalformed;
      outcome = write(built->SerializeAsString());
    }
    WRITE_OR_RETURN(outcome);
  }
  out_.push_back('}');
  return Outcome::kWritten;
}

constexpr int kMaxLevels = 100;

}  // namespace

absl::Status AppendJson(const Plans& plans, const MessagePlan& plan, std::string_view message,
                        std::string* out) {
  const size_t begin = out->size();
  Writer writer(plans, out);
  Outcome outcome = writer.Message(plan, message, kMaxLevels);
  if (outcome == Outcome::kNotCanonical) {
    out->resize(begin);
    const std::unique_ptr<pb::Message> built(plan.prototype->New());
    const bool parsed = built->ParseFromArray(message.data(), static_cast<int>(message.size()));
    outcome = parsed ? writer.Message(plan, built->SerializeAsString(), kMaxLevels) : Outcome::kMalformed;
  }
  if (outcome == Outcome::kWritten) return absl::OkStatus();
  out->resize(begin);
  return Error(absl::StatusCode::kInternal, "ANSWER_MALFORMED",
               "the service's answer cannot be read; gateway and service may be of different versions");
}

absl::Status AppendFieldJson(const Plans& plans, const MessagePlan& plan, const pb::FieldDescriptor& field,
                             std::string_view message, std::string* out) {
  const size_t begin = out->size();
  MessagePlan only{.shape = Shape::kPlain, .prototype = plan.prototype, .fields = {}, .by_number = {}};
  only.by_number.fill(-1);
  for (const FieldPlan& candidate : plan.fields) {
    if (candidate.number != static_cast<uint32_t>(field.number())) continue;
    only.fields.push_back(candidate);
    only.fields[0].index = 0;
    only.fields[0].oneof = -1;
    if (candidate.number < only.by_number.size()) only.by_number[candidate.number] = 0;
  }
  // Written even when it is the default; what is absent is told from the empty object.
  if (!field.is_repeated()) only.fields[0].explicit_presence = true;
  if (absl::Status status = AppendJson(plans, only, message, out); !status.ok()) return status;
  if (out->size() == begin + 2) {  // {}
    out->resize(begin);
    if (field.is_repeated()) {
      out->append(field.is_map() ? "{}" : "[]");
      return absl::OkStatus();
    }
    if (field.message_type() != nullptr) return AppendJson(plans, *only.fields[0].message, "", out);
    only.shape = Shape::kWrapper;  // which is its value, also when that is the default
    return AppendJson(plans, only, "", out);
  }
  out->erase(begin, only.fields[0].key.size());  // the brace stands where the key has its comma
  out->pop_back();
  return absl::OkStatus();
}

}  // namespace zhenhui::gateway::transcoding

// Maps, wrappers and Any: what has another form in JSON than on the wire.
#include <algorithm>
#include <memory>
#include <numeric>

#include "gateway/transcoding/json_pass.h"
#include "gateway/transcoding/json_text.h"

namespace zhenhui::gateway::transcoding {

Outcome JsonPass::MapEntry(const FieldPlan& field, std::string_view bytes, int levels, Open& open) {
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

void JsonPass::Close(Open& open) {
  if (open.field == nullptr) return;
  if (open.keys.size() > 1) DropRepeatedKeys(open);
  out_.push_back(open.field->map ? '}' : ']');
  open.field = nullptr;
  open.keys.clear();
}

// Of two entries with the same key the last counts.
void JsonPass::DropRepeatedKeys(const Open& open) {
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
Outcome JsonPass::Wrapper(const MessagePlan& plan, std::string_view bytes, int levels) {
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
Outcome JsonPass::Any(std::string_view bytes, int levels) {
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

}  // namespace zhenhui::gateway::transcoding

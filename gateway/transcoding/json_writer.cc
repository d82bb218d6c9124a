#include "gateway/transcoding/json_writer.h"

#include <memory>

#include "common/status/reason.h"
#include "gateway/transcoding/json_pass.h"

namespace zhenhui::gateway::transcoding {
namespace {

constexpr int kMaxLevels = 100;

}  // namespace

absl::Status AppendJson(const Plans& plans, const MessagePlan& plan, std::string_view message,
                        std::string* out) {
  const size_t begin = out->size();
  JsonPass writer(plans, out);
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

#include "gateway/transcoding/json_tree.h"

#include <set>
#include <vector>

#include <google/protobuf/struct.pb.h>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/text/utf8.h"
#include "gateway/transcoding/json_reader.h"
#include "gateway/transcoding/well_known.h"

namespace zhenhui::gateway::transcoding {
namespace {

using nlohmann::json;

// Sees what the finished tree no longer shows: its depth, and members that stood there twice.
class TreeGuard {
 public:
  bool operator()(json::parse_event_t event, const json& parsed) {
    switch (event) {
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start:
        open_.emplace_back();
        too_deep_ |= open_.size() > kMaxJsonLevels;
        return !too_deep_;
      case json::parse_event_t::object_end:
      case json::parse_event_t::array_end:
        open_.pop_back();
        return true;
      case json::parse_event_t::key:
        if (!open_.back().insert(parsed.get_ref<const std::string&>()).second && twice_.empty()) {
          twice_ = parsed.get<std::string>();
        }
        return true;
      default:
        return true;
    }
  }

  absl::Status Result() const {
    if (too_deep_) {
      return Error(absl::StatusCode::kInvalidArgument, "BODY_TOO_DEEP",
                   absl::StrCat("the body's JSON has more than ", kMaxJsonLevels, " levels"));
    }
    if (twice_.empty()) return absl::OkStatus();
    return InvalidFields({{twice_, "FIELD_REPEATED", "an object of the body has this member twice"}});
  }

 private:
  std::vector<std::set<std::string>> open_ = {};
  std::string twice_ = {};
  bool too_deep_ = false;
};

void FillValue(const json& tree, pb::Value* value);

void FillStruct(const json& tree, pb::Struct* structure) {
  for (const auto& [key, member] : tree.items()) FillValue(member, &(*structure->mutable_fields())[key]);
}

void FillList(const json& tree, pb::ListValue* list) {
  for (const json& element : tree) FillValue(element, list->add_values());
}

void FillValue(const json& tree, pb::Value* value) {
  switch (tree.type()) {
    case json::value_t::object:
      return FillStruct(tree, value->mutable_struct_value());
    case json::value_t::array:
      return FillList(tree, value->mutable_list_value());
    case json::value_t::string:
      return value->set_string_value(tree.get<std::string>());
    case json::value_t::boolean:
      return value->set_bool_value(tree.get<bool>());
    case json::value_t::null:
      return value->set_null_value(pb::NULL_VALUE);
    default:
      return value->set_number_value(tree.get<double>());
  }
}

}  // namespace

absl::StatusOr<json> ParseTree(std::string_view text) {
  const auto malformed = [](std::string_view what) {
    return Error(absl::StatusCode::kInvalidArgument, "BODY_MALFORMED", what);
  };
  if (!IsValidUtf8(text)) return malformed("the body is no UTF-8");
  TreeGuard guard;
  try {
    json tree = json::parse(text.begin(), text.end(), [&guard](int, json::parse_event_t event, json& parsed) {
      return guard(event, parsed);
    });
    if (absl::Status status = guard.Result(); !status.ok()) return status;
    return tree;
  } catch (const json::parse_error& error) {
    return malformed(absl::StrCat("the body is no JSON; byte ", error.byte, " is the first wrong one"));
  } catch (const json::out_of_range&) {
    return malformed("a number in the body is out of range");
  }
}

std::optional<std::string> TreeToStruct(const pb::Descriptor& type, const json& tree) {
  if (type.well_known_type() == pb::Descriptor::WELLKNOWNTYPE_VALUE) {
    pb::Value value;
    FillValue(tree, &value);
    return value.SerializeAsString();
  }
  if (type.well_known_type() == pb::Descriptor::WELLKNOWNTYPE_LISTVALUE) {
    if (!tree.is_array()) return std::nullopt;
    pb::ListValue list;
    FillList(tree, &list);
    return list.SerializeAsString();
  }
  if (!tree.is_object()) return std::nullopt;
  pb::Struct structure;
  FillStruct(tree, &structure);
  return structure.SerializeAsString();
}

std::optional<std::string> TextToWellKnown(const pb::Descriptor& type, std::string_view text) {
  switch (type.well_known_type()) {
    case pb::Descriptor::WELLKNOWNTYPE_TIMESTAMP:
      return WellKnownFromText(Shape::kTimestamp, text);
    case pb::Descriptor::WELLKNOWNTYPE_DURATION:
      return WellKnownFromText(Shape::kDuration, text);
    default:
      return WellKnownFromText(Shape::kFieldMask, text);
  }
}

}  // namespace zhenhui::gateway::transcoding

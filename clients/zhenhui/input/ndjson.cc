#include "clients/zhenhui/input/ndjson.h"

#include <google/protobuf/util/json_util.h>

#include <nlohmann/json.hpp>

namespace zhenhui::cli {
namespace {

bool Refuse(InputRecord* record, const std::string& reason, const std::string& detail) {
  record->errors.push_back({"", reason, detail});
  return false;
}

// Takes a text out of the object, so that the proto does not stumble over it.
std::string TakeText(nlohmann::json* object, const char* key) {
  const auto found = object->find(key);
  if (found == object->end()) return "";
  std::string text = found->is_string() ? found->get<std::string>() : found->dump();
  object->erase(found);
  return text;
}

void TakeName(InputRecord* record, std::string* township) {
  const std::string name = record->activity.name();
  constexpr std::string_view kParent = "townships/";
  constexpr std::string_view kCollection = "/activities/";
  const size_t middle = name.find(kCollection);
  if (name.compare(0, kParent.size(), kParent) != 0 || middle == std::string::npos) return;
  if (township->empty()) *township = name.substr(kParent.size(), middle - kParent.size());
  record->activity.set_name(name.substr(middle + kCollection.size()));
}

}  // namespace

bool ParseJsonRecord(InputRecord* record, std::string* township) {
  nlohmann::json object = nlohmann::json::parse(record->raw, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded() || !object.is_object()) return Refuse(record, "JSON_MALFORMED", "");
  TakeText(&object, "错误");
  TakeText(&object, "error");
  *township = TakeText(&object, "township");
  const std::string id = TakeText(&object, "id");
  const google::protobuf::util::Status read =
      google::protobuf::util::JsonStringToMessage(object.dump(), &record->activity);
  if (!read.ok()) {
    const std::string message = read.message().as_string();
    const bool unknown = message.find("Cannot find field") != std::string::npos;
    return Refuse(record, unknown ? "UNKNOWN_FIELD" : "JSON_MALFORMED", message);
  }
  if (record->activity.name().empty()) record->activity.set_name(id);
  TakeName(record, township);
  return true;
}

}  // namespace zhenhui::cli

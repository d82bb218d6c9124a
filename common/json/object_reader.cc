#include "common/json/object_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"

namespace zhenhui::json {
namespace {}  // namespace

absl::Status FileError(std::string_view where, std::string_view field, std::string_view problem) {
  return Error(absl::StatusCode::kInvalidArgument, kFileInvalid,
               absl::StrCat(Absl(where), field.empty() ? "" : ".", Absl(field), ": ", Absl(problem)));
}

absl::StatusOr<nlohmann::json> Parse(std::string_view where, std::string_view text) try {
  return nlohmann::json::parse(text);
} catch (const nlohmann::json::exception& error) {
  return FileError(where, "", absl::StrCat("is no JSON: ", error.what()));
}

bool IsCode(std::string_view text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return !text.empty() && lower(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
    return lower(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

ObjectReader::ObjectReader(const nlohmann::json& object, std::string where)
    : object_(object), where_(std::move(where)) {
  if (!object_.is_object()) status_ = FileError(where_, "", "must be an object");
}

const nlohmann::json* ObjectReader::Find(const std::string& field) {
  seen_.insert(field);
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(field);
  return found == object_.end() ? nullptr : &*found;
}

void ObjectReader::Fail(std::string_view field, std::string_view problem) {
  if (status_.ok()) status_ = FileError(where_, field, problem);
}

std::string ObjectReader::Text(const char* field) {
  if (Find(field) == nullptr) Fail(field, "is missing");
  return OptionalText(field);
}

std::string ObjectReader::OptionalText(const char* field) {
  const nlohmann::json* value = Find(field);
  if (value == nullptr) return "";
  if (!value->is_string() || value->get_ref<const std::string&>().empty()) {
    Fail(field, "must be a text that is not empty");
    return "";
  }
  return value->get<std::string>();
}

std::string ObjectReader::Code(const char* field) {
  std::string code = Text(field);
  if (status_.ok() && !IsCode(code))
    Fail(field, absl::StrCat("'", code, "' is not of the form [a-z][a-z0-9_]*"));
  return code;
}

Bilingual ObjectReader::TextIn2(const std::string& prefix, const Bilingual* fallback) {
  const auto read = [&](const std::string& field, const std::string* otherwise) {
    const bool inherit = otherwise != nullptr && Find(field) == nullptr;
    return inherit ? *otherwise : Text(field.c_str());
  };
  return {read(prefix + "_zh", fallback == nullptr ? nullptr : &fallback->zh),
          read(prefix + "_en", fallback == nullptr ? nullptr : &fallback->en)};
}

int64_t ObjectReader::Integer(const char* field, int64_t minimum) {
  if (Find(field) == nullptr) Fail(field, "is missing");
  return OptionalInteger(field, minimum).value_or(minimum);
}

std::optional<int64_t> ObjectReader::OptionalInteger(const char* field, int64_t minimum) {
  const nlohmann::json* value = Find(field);
  if (value == nullptr) return std::nullopt;
  if (!value->is_number_integer() || value->get<int64_t>() < minimum) {
    Fail(field, absl::StrCat("must be a whole number of at least ", minimum));
    return std::nullopt;
  }
  return value->get<int64_t>();
}

std::optional<bool> ObjectReader::OptionalBool(const char* field) {
  const nlohmann::json* value = Find(field);
  if (value == nullptr) return std::nullopt;
  if (!value->is_boolean()) {
    Fail(field, "must be true or false");
    return std::nullopt;
  }
  return value->get<bool>();
}

std::vector<std::string> ObjectReader::Texts(const char* field) {
  std::vector<std::string> texts;
  const nlohmann::json* value = Find(field);
  if (value == nullptr) return texts;
  if (!value->is_array()) {
    Fail(field, "must be a list of texts");
    return texts;
  }
  for (const nlohmann::json& item : *value) {
    if (!item.is_string() || item.get_ref<const std::string&>().empty()) {
      Fail(field, "must be a list of texts that are not empty");
      return {};
    }
    std::string text = item.get<std::string>();
    if (std::find(texts.begin(), texts.end(), text) != texts.end())
      Fail(field, absl::StrCat("names '", text, "' twice"));
    texts.push_back(std::move(text));
  }
  return texts;
}

const nlohmann::json& ObjectReader::Objects(const char* field) {
  static const nlohmann::json kNone = nlohmann::json::array();
  const nlohmann::json* value = Find(field);
  if (value == nullptr || !value->is_array() || value->empty()) {
    Fail(field, "must be a list with at least one object");
    return kNone;
  }
  return *value;  // each element's own reader refuses what is no object
}

const nlohmann::json* ObjectReader::OptionalObject(const char* field) { return Find(field); }

absl::Status ObjectReader::Finish() {
  if (!status_.ok()) return status_;
  for (const auto& [field, value] : object_.items()) {
    if (!seen_.contains(field)) return FileError(where_, field, "is not a known field");
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::json

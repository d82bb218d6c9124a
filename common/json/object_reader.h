#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/json/bilingual.h"

namespace zhenhui::json {

// The reason of every error of this folder, and of those who check such a file further.
inline constexpr std::string_view kFileInvalid = "DATA_FILE_INVALID";

// INVALID_ARGUMENT with the reason DATA_FILE_INVALID: "metrics[mediation_success].unit_en: must not be
// empty". An empty `field` leaves its part out.
absl::Status FileError(std::string_view where, std::string_view field, std::string_view problem);

// Parses a whole text; the error tells the line and column.
absl::StatusOr<nlohmann::json> Parse(std::string_view where, std::string_view text);

// Reads the fields of one JSON object one after the other and keeps the first error, so that the reading code
// has no branches: read everything, then ask Finish(). A field that nobody read is an error too: it is a
// misspelt name. Not thread-safe; `object` must live longer than the reader.
class ObjectReader {
 public:
  // `where` names the object in errors: "metrics[mediation_success]".
  ObjectReader(const nlohmann::json& object, std::string where);

  // Renames the object once its code is known.
  void SetWhere(std::string where) { where_ = std::move(where); }

  // A text that is not empty; "" after an error.
  std::string Text(const char* field);
  // As Text, but the field may be missing: then "".
  std::string OptionalText(const char* field);
  // A text of the form [a-z][a-z0-9_]*.
  std::string Code(const char* field);
  // `<prefix>_zh` and `<prefix>_en`. Given `fallback`, either may be missing and then has its value.
  Bilingual TextIn2(const std::string& prefix, const Bilingual* fallback = nullptr);
  // A whole number of at least `minimum`; `minimum` after an error.
  int64_t Integer(const char* field, int64_t minimum);
  std::optional<int64_t> OptionalInteger(const char* field, int64_t minimum);
  std::optional<bool> OptionalBool(const char* field);
  // Texts that are not empty and differ from each other; a missing field is an empty list.
  std::vector<std::string> Texts(const char* field);
  // A list with at least one element, each an object; an empty list after an error.
  const nlohmann::json& Objects(const char* field);
  // An object, or null if the field is missing.
  const nlohmann::json* OptionalObject(const char* field);

  // Reports a problem that the caller found in `field`.
  void Fail(std::string_view field, std::string_view problem);
  // The first error; OK if every field was read and was right.
  absl::Status Finish();

 private:
  const nlohmann::json* Find(const std::string& field);

  const nlohmann::json& object_;
  std::string where_;
  std::set<std::string, std::less<>> seen_;
  absl::Status status_;
};

// True for [a-z][a-z0-9_]*.
bool IsCode(std::string_view text);

}  // namespace zhenhui::json

#include "common/db/dsn.h"

#include <libpq-fe.h>

#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::db {
namespace {

using Keys = std::map<std::string, std::string>;

absl::StatusOr<Keys> Parse(std::string_view dsn) {
  char* error = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(std::string(dsn).c_str(), &error), &PQconninfoFree);
  // libpq's own message would repeat a part of the DSN, which may hold a password.
  if (error != nullptr) PQfreemem(error);
  if (options == nullptr) {
    return Error(absl::StatusCode::kInvalidArgument, "MALFORMED_DSN",
                 "the DSN is neither key=value pairs nor a postgresql:// URI");
  }
  Keys keys;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) keys[option->keyword] = option->val;
  }
  return keys;
}

std::string Format(const Keys& keys) {
  std::string dsn;
  for (const auto& [key, value] : keys) {
    absl::StrAppend(&dsn, dsn.empty() ? "" : " ", key, "='");
    for (const char c : value) {
      if (c == '\'' || c == '\\') dsn.push_back('\\');
      dsn.push_back(c);
    }
    dsn.push_back('\'');
  }
  return dsn;
}

}  // namespace

absl::StatusOr<std::string> WithSettings(std::string_view dsn, const SessionSettings& settings) {
  ASSIGN_OR_RETURN(Keys keys, Parse(dsn));
  if (!settings.application_name.empty()) keys.try_emplace("application_name", settings.application_name);
  keys.try_emplace("connect_timeout", absl::StrCat(absl::ToInt64Seconds(settings.connect_timeout)));
  keys["client_encoding"] = "UTF8";
  std::string& options = keys["options"];
  // COPY's text depends on these; a server's configuration may say otherwise.
  absl::StrAppend(&options, options.empty() ? "" : " ",
                  "-c datestyle=ISO -c bytea_output=hex -c timezone=UTC -c client_min_messages=warning");
  // "public" holds the extensions' operators.
  if (!settings.schema.empty()) absl::StrAppend(&options, " -c search_path=", settings.schema, ",public");
  if (!settings.role.empty()) absl::StrAppend(&options, " -c role=", settings.role);
  return Format(keys);
}

absl::StatusOr<std::string> WithKey(std::string_view dsn, std::string_view key, std::string_view value) {
  ASSIGN_OR_RETURN(Keys keys, Parse(dsn));
  keys[std::string(key)] = value;
  return Format(keys);
}

}  // namespace zhenhui::db

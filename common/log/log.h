#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "absl/status/status.h"

// Structured logs: one JSON object a line on standard error, for example
//   {"time":"2024-03-05T06:07:08.123456Z","level":"info","message":"pushed","township":"630106101","records":500}
namespace zhenhui::log {

enum class Level { kDebug, kInfo, kWarning, kError };

// One key of a line with its value. The views must live until the logging call returns.
class Field {
 public:
  template <typename Value>
  Field(std::string_view key, const Value& value) : key_(key), value_(Convert(value)) {}

  std::string_view key() const { return key_; }
  void AppendJsonValue(std::string* out) const;

 private:
  using Any = std::variant<bool, std::int64_t, std::uint64_t, double, std::string_view>;
  template <typename Value>
  static Any Convert(const Value& value) {
    if constexpr (std::is_same_v<Value, bool>) {
      return value;
    } else if constexpr (std::is_enum_v<Value>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_floating_point_v<Value>) {
      return static_cast<double>(value);
    } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_integral_v<Value>) {
      return static_cast<std::uint64_t>(value);
    } else {
      return std::string_view(value);
    }
  }

  std::string_view key_;
  Any value_;
};

using Fields = std::initializer_list<Field>;

// Lines below `level` are dropped. Default: kInfo. Thread-safe.
void SetLevel(Level level);

// Reads "debug", "info", "warning" or "error"; anything else is INVALID_ARGUMENT.
absl::Status SetLevelByName(std::string_view name);

bool IsEnabled(Level level);

// Thread-safe. Never throws; never logs secrets by itself, so do not pass tokens or passwords.
void Write(Level level, std::string_view message, Fields fields);

inline void Debug(std::string_view message, Fields fields = {}) { Write(Level::kDebug, message, fields); }
inline void Info(std::string_view message, Fields fields = {}) { Write(Level::kInfo, message, fields); }
inline void Warning(std::string_view message, Fields fields = {}) { Write(Level::kWarning, message, fields); }
inline void Error(std::string_view message, Fields fields = {}) { Write(Level::kError, message, fields); }

// The line that Write would print, without its newline: for tests and other sinks. `time` is RFC 3339 text.
std::string FormatLine(std::string_view time, Level level, std::string_view message, Fields fields);

// 16 lower-case hex digits, unique enough to find one call in the logs of all processes. Not secret.
std::string NewRequestId();

}  // namespace zhenhui::log

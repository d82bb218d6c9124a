#include "common/log/log.h"

#include <array>
#include <cmath>
#include <memory>
#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace zhenhui::log {
namespace {

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warning", "error"};
constexpr std::array<spdlog::level::level_enum, 4> kSpdlogLevels = {spdlog::level::debug, spdlog::level::info,
                                                                    spdlog::level::warn, spdlog::level::err};

spdlog::logger& Logger() {
  // Never destroyed: threads may log while the process ends.
  static spdlog::logger* const logger = [] {
    auto* made = new spdlog::logger("zhenhui", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");  // the whole line is ours: it must be one JSON object
    made->set_level(spdlog::level::info);
    return made;
  }();
  return *logger;
}

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else if (c == '\n') {
      out->append("\\n");
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppendFormat(out, "\\u%04x", byte);
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

}  // namespace

void Field::AppendJsonValue(std::string* out) const {
  if (const auto* text = std::get_if<std::string_view>(&value_)) return AppendJsonString(*text, out);
  if (const auto* flag = std::get_if<bool>(&value_)) return absl::StrAppend(out, *flag ? "true" : "false");
  if (const auto* number = std::get_if<std::int64_t>(&value_)) return absl::StrAppend(out, *number);
  if (const auto* number = std::get_if<std::uint64_t>(&value_)) return absl::StrAppend(out, *number);
  const double number = std::get<double>(value_);
  // JSON has no word for these.
  if (!std::isfinite(number)) return absl::StrAppend(out, "null");
  absl::StrAppend(out, number);
}

void SetLevel(Level level) { Logger().set_level(kSpdlogLevels[static_cast<std::size_t>(level)]); }

absl::Status SetLevelByName(std::string_view name) {
  for (std::size_t i = 0; i < kLevelNames.size(); ++i) {
    if (kLevelNames[i] == name) {
      SetLevel(static_cast<Level>(i));
      return absl::OkStatus();
    }
  }
  return absl::InvalidArgumentError("the log level is one of debug, info, warning, error");
}

bool IsEnabled(Level level) { return Logger().should_log(kSpdlogLevels[static_cast<std::size_t>(level)]); }

std::string FormatLine(std::string_view time, Level level, std::string_view message, Fields fields) {
  std::string line;
  line.reserve(256);
  line.append(R"({"time":)");
  AppendJsonString(time, &line);
  line.append(R"(,"level":)");
  AppendJsonString(kLevelNames[static_cast<std::size_t>(level)], &line);
  line.append(R"(,"message":)");
  AppendJsonString(message, &line);
  for (const Field& field : fields) {
    line.push_back(',');
    AppendJsonString(field.key(), &line);
    line.push_back(':');
    field.AppendJsonValue(&line);
  }
  line.push_back('}');
  return line;
}

void Write(Level level, std::string_view message, Fields fields) {
  if (!IsEnabled(level)) return;
  const std::string time = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  const std::string line = FormatLine(time, level, message, fields);
  Logger().log(kSpdlogLevels[static_cast<std::size_t>(level)],
               spdlog::string_view_t(line.data(), line.size()));
}

std::string NewRequestId() {
  thread_local absl::BitGen random;
  return absl::StrFormat("%016x", absl::Uniform<std::uint64_t>(random));
}

}  // namespace zhenhui::log

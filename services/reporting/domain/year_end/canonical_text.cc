#include "services/reporting/domain/year_end/canonical_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {
namespace {

constexpr char kTimeFormat[] = "%Y-%m-%dT%H:%M:%SZ";
constexpr char kHexDigits[] = "0123456789abcdef";

void AppendEscaped(std::string& text, std::string_view field) {
  if (field.empty()) text += "\\e";
  for (const char c : field) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      text += "\\\\";
    } else if (c == ' ') {
      text += "\\_";
    } else if (byte < 0x20 || byte == 0x7f) {
      text += {'\\', 'x', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
    } else {
      text += c;
    }
  }
}

// Nothing where the escapes are none of ours. That each content has one form is seen to by writing it again.
std::optional<std::string> Unescaped(std::string_view field) {
  if (field == "\\e") return "";
  std::string text;
  for (size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\') {
      text += field[i];
      continue;
    }
    if (++i == field.size()) return std::nullopt;
    if (field[i] == '\\') {
      text += '\\';
    } else if (field[i] == '_') {
      text += ' ';
    } else if (field[i] == 'x' && i + 2 < field.size()) {
      int byte = 0;
      const char* const end = field.data() + i + 3;
      if (std::from_chars(field.data() + i + 1, end, byte, 16).ptr != end) return std::nullopt;
      text += static_cast<char>(byte);
      i += 2;
    } else {
      return std::nullopt;
    }
  }
  return text;
}

// Digits without a leading zero or plus; -0 is none.
bool ReadNumber(std::string_view& text, int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return false;
  const std::string_view read(text.data(), static_cast<size_t>(end - text.data()));
  const std::string_view digits = read.front() == '-' ? read.substr(1) : read;
  if (digits.front() == '0' && read.size() > 1) return false;
  text.remove_prefix(read.size());
  return true;
}

// For a message: whoever gives a picture or a program instead of a certificate is not shown its bytes.
std::string Quoted(std::string_view text) {
  constexpr size_t kMost = 40;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!plain) return "something that is no such text";
  return absl::StrCat("\"", std::string(text.substr(0, kMost)), text.size() > kMost ? "..." : "", "\"");
}

}  // namespace

void AppendFields(std::string& text, std::initializer_list<std::string_view> fields) {
  const char* space = "";
  for (const std::string_view field : fields) {
    text += space;
    AppendEscaped(text, field);
    space = " ";
  }
  text += '\n';
}

void AppendFields(std::string& text, const std::vector<std::string>& fields) {
  const char* space = "";
  for (const std::string& field : fields) {
    text += space;
    AppendEscaped(text, field);
    space = " ";
  }
  text += '\n';
}

std::string FigureField(const Figure& figure) {
  return absl::StrCat(static_cast<int>(figure.state), ":", figure.value, ":", figure.denominator, ":",
                      figure.unconfirmed_months);
}

void AppendFigures(std::string& text, std::string_view town, std::string_view metric,
                   const YearFigures& figures) {
  text.append("figures ").append(town).append(" ").append(metric);
  for (const Figure& figure : figures) {
    absl::StrAppend(&text, " ", static_cast<int>(figure.state), ":", figure.value, ":", figure.denominator,
                    ":", figure.unconfirmed_months);
  }
  text += '\n';
}

absl::StatusOr<Figure> ParseFigureField(std::string_view field) {
  int64_t parts[4];
  for (int i = 0; i < 4; ++i) {
    const bool parted = i == 0 || (!field.empty() && field.front() == ':');
    if (parted && i > 0) field.remove_prefix(1);
    if (!parted || !ReadNumber(field, parts[i]))
      return absl::InvalidArgumentError("a figure is state:value:denominator:unconfirmed");
  }
  const auto [state, value, denominator, unconfirmed] = parts;
  if (!field.empty() || state < 1 || state > 4 || unconfirmed < 0 || unconfirmed > 12) {
    return absl::InvalidArgumentError("a figure's state is 1 to 4 and its unconfirmed months are 0 to 12");
  }
  return Figure{static_cast<FigureState>(state), value, denominator, static_cast<int>(unconfirmed)};
}

std::string TimeField(absl::Time time) { return absl::FormatTime(kTimeFormat, time, absl::UTCTimeZone()); }

bool LineReader::NextIs(std::string_view keyword) const {
  const std::string_view rest = text_.substr(at_);
  return rest.size() > keyword.size() && rest.starts_with(keyword) && rest[keyword.size()] == ' ';
}

absl::Status LineReader::Wrong(std::string_view what) const {
  return Error(absl::StatusCode::kInvalidArgument, "CERTIFICATE_INVALID",
               absl::StrCat("line ", line_, ": ", std::string(what)));
}

absl::Status LineReader::Read(std::string_view keyword, size_t count) {
  ++line_;
  const size_t end = text_.find('\n', at_);
  if (end == std::string_view::npos) {
    return Wrong(absl::StrCat("the text ends where a line \"", std::string(keyword), "\" belongs"));
  }
  std::string_view line = text_.substr(at_, end - at_);
  fields_.clear();
  for (;;) {
    const size_t space = line.find(' ');
    const auto field = Unescaped(line.substr(0, space));
    if (!field) return Wrong("an escape that is none");
    fields_.push_back(*field);
    if (space == std::string_view::npos) break;
    line.remove_prefix(space + 1);
  }
  if (fields_.front() != keyword)
    return Wrong(
        absl::StrCat("a line \"", std::string(keyword), "\" belongs here, not ", Quoted(fields_.front())));
  if (fields_.size() != count + 1) {
    return Wrong(
        absl::StrCat("\"", std::string(keyword), "\" has ", count, " fields, not ", fields_.size() - 1));
  }
  at_ = end + 1;
  return absl::OkStatus();
}

absl::StatusOr<int64_t> LineReader::Number(size_t field, int64_t least, int64_t most) const {
  std::string_view text = Text(field);
  int64_t number = 0;
  if (!ReadNumber(text, number) || !text.empty() || number < least || number > most) {
    return Wrong(absl::StrCat("\"", Text(field), "\" is no whole number from ", least, " to ", most));
  }
  return number;
}

absl::StatusOr<absl::Time> LineReader::Time(size_t field) const {
  absl::Time time;
  std::string why;
  if (!absl::ParseTime(kTimeFormat, Text(field), &time, &why) || TimeField(time) != Text(field)) {
    return Wrong(absl::StrCat("\"", Text(field), "\" is no time like 2025-01-10T02:03:04Z"));
  }
  return time;
}

absl::StatusOr<std::string> LineReader::Digest(size_t field, bool or_none) const {
  if (or_none && Text(field) == "none") return std::string();
  if (!IsSha256Hex(Text(field))) return Wrong(absl::StrCat("\"", Text(field), "\" is no SHA-256 digest"));
  return Text(field);
}

absl::StatusOr<YearFigures> LineReader::Figures(size_t first) const {
  YearFigures figures;
  for (size_t i = 0; i < figures.size(); ++i) {
    const auto figure = ParseFigureField(Text(first + i));
    if (!figure.ok())
      return Wrong(absl::StrCat("\"", Text(first + i), "\": ", std::string(figure.status().message())));
    figures[i] = *figure;
  }
  return figures;
}

}  // namespace zhenhui::reporting

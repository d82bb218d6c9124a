#include "clients/zhenhui/input/normalise.h"

#include <array>
#include <charconv>
#include <regex>

#include "common/time/date.h"

namespace zhenhui::cli {
namespace {

constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kAsciiSpace = " \t\r\n";

bool EndsWith(std::string_view text, std::string_view part) {
  return text.size() >= part.size() && text.substr(text.size() - part.size()) == part;
}

// U+FF01..U+FF5E are ASCII 0x21..0x7E, moved; in UTF-8 EF BC 81 .. EF BD 9E.
char FullWidthToAscii(std::string_view text, size_t at) {
  if (at + 2 >= text.size() || text[at] != '\xEF') return 0;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const auto third = static_cast<unsigned char>(text[at + 2]);
  if (second == 0xBC && third >= 0x81 && third <= 0xBF) return static_cast<char>(third - 0x81 + 0x21);
  if (second == 0xBD && third >= 0x80 && third <= 0x9E) return static_cast<char>(third - 0x80 + 0x60);
  return 0;
}

std::string TwoDigits(const std::string& digits) { return digits.size() == 1 ? "0" + digits : digits; }

}  // namespace

std::string Trim(std::string_view text) {
  for (bool changed = true; changed;) {
    changed = false;
    for (const std::string_view space : {kIdeographicSpace, kNoBreakSpace}) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), changed = true;
      if (EndsWith(text, space)) text.remove_suffix(space.size()), changed = true;
    }
    while (!text.empty() && kAsciiSpace.find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1), changed = true;
    }
    while (!text.empty() && kAsciiSpace.find(text.back()) != std::string_view::npos) {
      text.remove_suffix(1), changed = true;
    }
  }
  return std::string(text);
}

std::string ToHalfWidth(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (const char ascii = FullWidthToAscii(text, i); ascii != 0) {
      out += ascii;
      i += 3;
    } else if (text.substr(i).starts_with(kIdeographicSpace)) {
      out += ' ';
      i += kIdeographicSpace.size();
    } else {
      out += text[i++];
    }
  }
  return Trim(out);
}

std::optional<std::string> NormaliseDate(std::string_view text) {
  // std::regex reads bytes: a bare 日? would make only the last byte of the sign optional.
  static const std::regex kParted(
      R"(^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})(?:日)?(?:[ T]0{1,2}:00(?::00)?)?$)");
  static const std::regex kCompact(R"(^(\d{4})(\d{2})(\d{2})$)");
  const std::string half = ToHalfWidth(text);
  std::smatch match;
  if (!std::regex_match(half, match, kParted) && !std::regex_match(half, match, kCompact))
    return std::nullopt;
  const std::string date = match[1].str() + "-" + TwoDigits(match[2]) + "-" + TwoDigits(match[3]);
  if (!ParseDate(date).ok()) return std::nullopt;
  return date;
}

std::optional<std::string> NormaliseMonth(std::string_view text) {
  static const std::regex kMonth(R"(^(\d{4})(?:-|/|\.|年)?(\d{1,2})(?:月)?$)");
  const std::string half = ToHalfWidth(text);
  std::smatch match;
  if (!std::regex_match(half, match, kMonth)) return std::nullopt;
  const std::string month = match[1].str() + "-" + TwoDigits(match[2]);
  if (!ParseDate(month + "-01").ok()) return std::nullopt;
  return month;
}

WholeNumber ParseWholeNumber(std::string_view text) {
  static const std::regex kNumber(R"(^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?$)");
  const std::string half = ToHalfWidth(text);
  if (half.empty()) return {};
  std::smatch match;
  if (!std::regex_match(half, match, kNumber)) return {std::nullopt, "NOT_A_WHOLE_NUMBER"};
  std::string digits = match[1] == "-" ? "-" : "";
  for (const char c : match[2].str()) {
    if (c != ',') digits += c;
  }
  int64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc()) return {std::nullopt, "NUMBER_TOO_LARGE"};
  return {value, ""};
}

bool IsScientificNotation(std::string_view text) {
  static const std::regex kScientific(R"(^\d(\.\d+)?[eE]\+?\d+$)");
  const std::string half = ToHalfWidth(text);
  return std::regex_match(half, kScientific);
}

std::vector<std::string> SplitList(std::string_view text) {
  constexpr std::array<std::string_view, 6> kMarks = {";", "；", ",", "，", "、", "|"};
  std::vector<std::string> parts;
  std::string part;
  const auto finish = [&] {
    if (std::string trimmed = Trim(part); !trimmed.empty()) parts.push_back(std::move(trimmed));
    part.clear();
  };
  for (size_t i = 0; i < text.size();) {
    size_t length = 0;
    for (const std::string_view mark : kMarks) {
      if (text.substr(i).starts_with(mark)) length = mark.size();
    }
    if (length == 0) {
      part += text[i++];
    } else {
      finish();
      i += length;
    }
  }
  finish();
  return parts;
}

}  // namespace zhenhui::cli

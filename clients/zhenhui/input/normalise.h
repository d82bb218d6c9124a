#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What people type into spreadsheets, brought into the one form that the services take.
namespace zhenhui::cli {

// Spaces at both ends (the full-width one, the no-break one and tabs too) taken off.
std::string Trim(std::string_view text);

// Trimmed, with full-width letters, digits and signs (０９／－：) as ASCII. For codes, numbers and dates;
// titles stay.
std::string ToHalfWidth(std::string_view text);

// "2024-03-05" from 2024-3-5, 2024/3/5, 2024.3.5, 2024年3月5日, 20240305, each also full-width and with a
// time of midnight behind it as Excel adds ("2024/3/5 0:00"). Nothing for anything else: 3/5/2024 could be
// two days.
std::optional<std::string> NormaliseDate(std::string_view text);

// "2024-03" from 2024-03, 2024/3, 2024.3, 2024年3月, 202403.
std::optional<std::string> NormaliseMonth(std::string_view text);

struct WholeNumber {
  std::optional<int64_t> value;
  // Empty, or NOT_A_WHOLE_NUMBER (also 40余: a record needs the exact figure) or NUMBER_TOO_LARGE.
  std::string reason;
};

// 4160, 4,160, ４１６０, 35.00 (Excel) and negative ones. Nothing and no reason for an empty text.
WholeNumber ParseWholeNumber(std::string_view text);

// Whether a spreadsheet has ruined a code: "6.30106E+11".
bool IsScientificNotation(std::string_view text);

// Parts of a list, trimmed, without empty ones, parted by ; ； , ， 、 or |.
std::vector<std::string> SplitList(std::string_view text);

}  // namespace zhenhui::cli

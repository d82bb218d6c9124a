#include "services/reporting/report/wording.h"

#include "absl/strings/str_cat.h"
#include "services/reporting/domain/decimal.h"
#include "services/reporting/domain/int128.h"
#include "services/reporting/domain/rational.h"

namespace zhenhui::reporting::report {
namespace {

enum class ChangeKind { kPercent, kPoints, kDifference };

ChangeKind ChangeKindOf(const YearMetric& metric) {
  if (metric.type == MetricType::kRatio)
    return metric.ratio_scale == 100 ? ChangeKind::kPoints : ChangeKind::kPercent;
  return metric.type == MetricType::kFlow ? ChangeKind::kPercent : ChangeKind::kDifference;
}

Int128 PowerOf10(int shift) {
  Int128 power = 1;
  for (int i = 0; i < shift; ++i) power *= 10;
  return power;
}

Rational PrintedValue(const YearMetric& metric, const Figure& figure) {
  const Int128 divisor = PowerOf10(metric.decimal_shift);
  if (metric.type != MetricType::kRatio) return {figure.value, divisor};
  return {static_cast<Int128>(figure.value) * metric.ratio_scale,
          static_cast<Int128>(figure.denominator) * divisor};
}

// The change itself; nothing to print if it cannot be made exactly.
std::string PrintChange(const YearMetric& metric, const Figure& now, const Figure& before) {
  const Rational rise = PrintedValue(metric, now) - PrintedValue(metric, before);
  Rational change = rise;
  int places = metric.decimal_shift;
  if (ChangeKindOf(metric) != ChangeKind::kDifference) places = 2;
  if (ChangeKindOf(metric) == ChangeKind::kPercent) {
    const Rational base = PrintedValue(metric, before);
    // Against the size of last year's figure, so that a rise is a rise even from below 0.
    change = rise / (base < Rational(0, 1) ? Rational(0, 1) - base : base) * Rational(100, 1);
  }
  change = change.Reduced();
  if (change.overflown()) return "";
  return FormatQuotient(change.numerator(), change.denominator(), places);
}

bool Comparable(const Figure& now, const Figure& before) {
  // Half a year is not compared with a whole one.
  return now.has_value() && before.has_value() && now.unconfirmed_months == 0 &&
         before.unconfirmed_months == 0;
}

}  // namespace

const Figure& YearTotal(const TownYear& town, size_t metric) { return town.figures[metric][0]; }

const YearMetric* SameMetric(const DistrictYear* last_year, const YearMetric& metric, size_t* index) {
  if (last_year == nullptr) return nullptr;
  const std::optional<size_t> at = FindMetric(*last_year, metric.code);
  if (!at || last_year->metrics[*at].version != metric.version) return nullptr;
  *index = *at;
  return &last_year->metrics[*at];
}

const char* StateWord(FigureState state) {
  switch (state) {
    case FigureState::kValue:
      return "有数据";
    case FigureState::kConfirmedZero:
      return "已确认的零";
    case FigureState::kNotReported:
      return "未报";
    case FigureState::kNotApplicable:
      break;
  }
  return "不适用";
}

std::string FigureWithUnit(const YearMetric& metric, const Figure& figure) {
  if (!figure.has_value()) return YearFigureText(metric, figure);
  return absl::StrCat(PrintYearFigure(metric, figure), OneLine(metric.unit.zh));
}

std::string ChangeNumber(const YearMetric& metric, const Figure& now, const Figure& before) {
  if (!Comparable(now, before)) return "";
  if (ChangeKindOf(metric) == ChangeKind::kPercent && before.value == 0) return "";
  return PrintChange(metric, now, before);
}

std::string ChangeUnit(const YearMetric& metric) {
  switch (ChangeKindOf(metric)) {
    case ChangeKind::kPercent:
      return "%";
    case ChangeKind::kPoints:
      return "个百分点";
    case ChangeKind::kDifference:
      break;
  }
  return OneLine(metric.unit.zh);
}

std::string ChangeWords(const YearMetric& metric, const Figure& now, const Figure& before) {
  if (!Comparable(now, before)) return "";
  const std::string number = ChangeNumber(metric, now, before);
  if (number.empty()) return now.value == before.value ? "与上年持平" : "上年为0";
  const bool falls = number[0] == '-';
  const std::string size = absl::StrCat(falls ? number.substr(1) : number, ChangeUnit(metric));
  if (PrintedValue(metric, now) == PrintedValue(metric, before)) {
    return ChangeKindOf(metric) == ChangeKind::kDifference ? "与上年末持平" : "与上年持平";
  }
  if (ChangeKindOf(metric) == ChangeKind::kDifference)
    return absl::StrCat("较上年末", falls ? "减少" : "增加", size);
  return absl::StrCat("同比", falls ? "下降" : "上升", size);
}

std::string ChineseDate(Date date) {
  return absl::StrCat(date.year(), "年", date.month(), "月", date.day(), "日");
}

std::string ChineseOrdinal(int number) {
  static constexpr const char* kDigits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const int tens = number / 10;
  std::string text;
  if (tens > 1) text = kDigits[tens];
  if (tens > 0) text += "十";
  return text + kDigits[number % 10];
}

std::string OneLine(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return line;
}

}  // namespace zhenhui::reporting::report

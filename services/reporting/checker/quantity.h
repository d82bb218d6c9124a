#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "services/reporting/checker/finding.h"
#include "services/reporting/checker/interval.h"
#include "services/reporting/checker/measure.h"
#include "services/reporting/checker/nonclaims.h"
#include "services/reporting/checker/numeral.h"
#include "services/reporting/checker/text.h"

// A number with what stands round it: its form and its measure word.
//
//   quantity = [ before ] ( number | percent | tenths | share ) [ measure ] [ after ] ;
//   before   = 近 | 约 | 超 | 超过 | 突破 | 达 | 达到 | 不少于 | 至少 | 不超过 | ... ;
//   number   = numeral [ 余 | 多 | 来 ] [ 万 | 亿 ] | numeral ( 至 | 到 | - ) numeral ;
//   percent  = numeral "%" | "百分之" numeral | numeral 个百分点 ;
//   tenths   = han 成 [ han ] ;                                    九成 九成五 -> 90% 95%
//   share    = 半数 | 过半数 | numeral 分之 numeral | numeral ‰ ;     三分之二 -> 66.67%  3‰ -> 0.3%
//   (share.h) after    = 以上 | 左右 | 上下 | 以内 | 以下 | 之多 ;
//
//   "近50场次" -> near, [45, 50), event       "4000余册"  -> more, (4000, 5000), material
//   "1万余份"  -> more, (10000, 20000)        "不少于3名" -> at least, [3, oo), person
//   "3至5次"   -> range, [3, 5]               "上百场"    -> at least, [100, oo)
namespace zhenhui::reporting::checker {

struct Quantity {
  Range range;   // of all of it, with what stands before and after: "近50场次"
  Range number;  // of the numeral alone: "50"
  NumberForm form = NumberForm::kExact;
  Interval interval;       // in units of the measure word; money in yuan; per cent as 0 to 100
  Rational value;          // as written, without the form: 4000 of 4000余
  Rational unit;           // place of the last non-zero digit
  Rational written;        // place of the last digit written
  Measure measure;         // `measure.kind` kNone if no measure word follows
  bool small_han = false;  // 一 to 十 alone: often no claim at all (一件事, 三项制度)
};

// What the form of a number allows. `high`: the upper end of a range, else ignored.
Interval IntervalOf(const Quantity& quantity, const std::optional<Rational>& high);

// All quantities of one sentence, in order; none of them meets a range of `masked`.
std::vector<Quantity> FindQuantities(const Text& text, const Range& sentence, const MeasureWords& measures,
                                     const Mask& masked);

}  // namespace zhenhui::reporting::checker

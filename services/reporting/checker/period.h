#pragma once
#include <optional>

#include "common/time/date.h"
#include "services/reporting/checker/sentence.h"

// The time that a figure is about, as the text says it.
//
//   2024年 今年 全年 本年度          the year        去年 上年     the year before      明年     the year
//   after 上半年 下半年 第三季度 前三季度   a part          1-6月 3月份   months               截至10月底
//   from 1 January 2021年以来                      from that year to the year asked
// The nearest one before the figure in its sentence counts; after 比, 较, 与, 同 it names what is compared
// with, and after a year 修订, 印发 and the like make it the year of a document. What brackets say holds
// inside them: 督察1次（上年为0），经费3万元.
namespace zhenhui::reporting::checker {

struct StatedPeriod {
  Period period;
  Range range;             // where it stands
  bool last_year = false;  // said as 去年 or 上年
};

// What figure `index` is about; nothing if its sentence does not say. `year` is the year asked.
std::optional<StatedPeriod> PeriodOf(const Sentence& sentence, size_t index, int year);

// The last such period before `at`, a place in the sentence.
std::optional<StatedPeriod> PeriodBefore(const Sentence& sentence, size_t at, int year);

Period WholeYear(int year);

}  // namespace zhenhui::reporting::checker

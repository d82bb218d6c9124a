#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/time/date.h"
#include "services/reporting/checker/interval.h"
#include "services/reporting/domain/figure.h"

// What the checker says about one claim of a narrative.
namespace zhenhui::reporting::checker {

// A place in a paragraph's own text (not in what was normalised): half-open, counted in code points and in
// bytes from the paragraph's first. `sentence` counts from 0 within the paragraph.
struct Position {
  size_t paragraph = 0;  // index into Document::paragraphs
  size_t sentence = 0;
  size_t begin = 0;
  size_t end = 0;
  size_t begin_byte = 0;
  size_t end_byte = 0;
};

// How the number stands in the text.
enum class NumberForm {
  kExact,    // 12; 达12
  kMore,     // 40余, 4000多, 百余: above N, below N and one unit of its last non-zero digit
  kNear,     // 近50: 45 up to, not with, 50
  kAbout,    // 约50, 50左右: within a tenth
  kOver,     // 超50, 突破50: above
  kAtLeast,  // 50以上, 不少于50
  kAtMost,   // 不超过50, 50以内
  kRange,    // 3至5, 十几, 数十
  kAll,      // 全覆盖, 全部: all of them, no number
  kZero,     // 未发生, 无: an explicit zero, no number
  kRise,     // 同比增长12%: a change against the year before
  kFall,     // 同比下降12%
};

enum class Verdict {
  kMatch,         // the recorded value is what the text says
  kApproximate,   // it lies inside what an approximate form allows
  kRounding,      // the text rounds it: the exact value should stand there
  kOverstated,    // the text claims more than is recorded
  kUnderstated,   // the text claims less
  kNoRecord,      // nothing is recorded (not reported), or the figure does not apply
  kAmbiguous,     // several metrics fit: `candidates` lists them
  kUnitMismatch,  // the metric is counted in another unit (人 for 人次)
  kWrongPeriod,   // the text names another year, or the value is that of another year
  kPlan,          // a plan, an aim or a norm, no result: not compared
  kInconsistent,  // the text contradicts itself: `message` says where
  kUnlinked,      // a figure that no metric counts
};

// Stable names for JSON and logs: "exact", "more" ...; "match", "approximate_match", "rounding",
// "overstated", "understated", "no_record", "ambiguous_metric", "unit_mismatch", "wrong_period",
// "plan_not_result", "internally_inconsistent", "unlinked".
std::string_view FormName(NumberForm form);
std::string_view VerdictName(Verdict verdict);
// For people: "相符", "约数相符" ...
std::string_view VerdictNameZh(Verdict verdict);

// A metric that a figure may stand for, as it is recorded; `value` in the printed unit, exact.
struct Candidate {
  std::string metric;
  std::optional<Rational> value;  // nothing if nothing is recorded
  std::string reference;          // FigureSource's, for drill-down
};

struct Finding {
  Position position;
  std::string quote;  // the text at `position`
  NumberForm form = NumberForm::kExact;
  Interval interval;                  // in the metric's printed unit; per cent as 0 to 100
  std::string unit;                   // the measure word as it is written; "" without one
  std::string metric;                 // code; "" if ambiguous or unlinked
  std::vector<Candidate> candidates;  // of an ambiguous metric, best first; else empty
  Period period;                      // that the text means; the year asked unless it names another
  bool period_stated = false;         // whether the text itself names it
  Verdict verdict = Verdict::kUnlinked;
  FigureState state = FigureState::kNotReported;  // of the cell looked up; meaningless if none was
  std::optional<Rational> recorded;  // value in the printed unit, exact; nothing if there is none
  std::string reference;             // for drill-down into the records behind `recorded`
  bool warning = false;              // true as it stands, but stretched: 1万余 for 15,000
  std::string message_zh;            // one sentence each
  std::string message_en;
  std::string suggestion_zh;  // a text to put in place of `quote`, or what to do; "" if nothing need change
  std::string suggestion_en;  // the same; what it quotes is Chinese
};

}  // namespace zhenhui::reporting::checker

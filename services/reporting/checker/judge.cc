#include "services/reporting/checker/judge.h"

#include <utility>

#include "common/time/year_before.h"
#include "services/reporting/checker/messages.h"
#include "services/reporting/checker/period.h"

namespace zhenhui::reporting::checker {
namespace {

bool HasValue(const Recorded& recorded) {
  return recorded.state == FigureState::kValue || recorded.state == FigureState::kConfirmedZero;
}

Rational ValueOf(const Recorded& recorded) {
  return recorded.state == FigureState::kConfirmedZero ? Rational(0, 1) : recorded.value;
}

Rational Distance(const Rational& a, const Rational& b) { return a < b ? b - a : a - b; }

class Comparison {
 public:
  Comparison(const Claim& claim, const FigureSource& source, const CheckOptions& options)
      : claim_(claim), source_(source), options_(options), finding_(Describe(claim)) {}

  Finding Run() {
    finding_.verdict = Decide();
    WriteMessages(claim_, claim_.metric(), finding_);
    return std::move(finding_);
  }

 private:
  Verdict Decide() {
    if (claim_.link.candidates.empty()) return Verdict::kUnlinked;
    if (claim_.link.candidates.size() > 1) return ListCandidates();
    const Recorded recorded = Look(claim_.metric()->metric.code, claim_.period);
    Remember(recorded);
    if (claim_.plan) return Verdict::kPlan;
    if (claim_.link.unit_mismatch) return Verdict::kUnitMismatch;
    const bool other_year = claim_.period.end < Date(options_.year, 1, 1);
    if (other_year && !claim_.compares && !claim_.IsChange()) return Verdict::kWrongPeriod;
    if (!HasValue(recorded)) return Verdict::kNoRecord;
    if (claim_.IsChange()) return JudgeChange(ValueOf(recorded));
    if (claim_.part && claim_.joined) return JudgePart(ValueOf(recorded));
    if (claim_.form == NumberForm::kAll) return JudgeCoverage(ValueOf(recorded));
    return JudgeValue(ValueOf(recorded));
  }

  Recorded Look(const std::string& metric, const Period& period) const {
    return source_.Lookup(metric, period);
  }

  void Remember(const Recorded& recorded) {
    finding_.state = recorded.state;
    finding_.reference = recorded.reference;
    if (HasValue(recorded)) finding_.recorded = ValueOf(recorded);
  }

  Verdict ListCandidates() {
    for (const Scored& scored : claim_.link.candidates) {
      const Recorded recorded = Look(scored.metric->metric.code, claim_.period);
      Candidate candidate{scored.metric->metric.code, std::nullopt, recorded.reference};
      if (HasValue(recorded)) candidate.value = ValueOf(recorded);
      finding_.candidates.push_back(std::move(candidate));
    }
    return claim_.plan ? Verdict::kPlan : Verdict::kAmbiguous;
  }

  Verdict JudgeValue(const Rational& value) {
    const Interval& interval = finding_.interval;
    if (interval.Contains(value)) {
      if (claim_.form == NumberForm::kExact || claim_.form == NumberForm::kZero) return Verdict::kMatch;
      finding_.warning = IsStretched(value);
      return Verdict::kApproximate;
    }
    if (claim_.form == NumberForm::kExact && IsAsPrinted(Distance(value, claim_.quantity.value)))
      return Verdict::kMatch;
    if (claim_.form == NumberForm::kExact && IsRounded(value)) return Verdict::kRounding;
    if (IsLastYears()) return Verdict::kWrongPeriod;
    return interval.Below(value) ? Verdict::kOverstated : Verdict::kUnderstated;
  }

  // A part of the metric that no metric counts alone: it can only be too great.
  Verdict JudgePart(const Rational& value) const {
    return value < claim_.quantity.value ? Verdict::kOverstated : Verdict::kUnlinked;
  }

  // 1万余 for 15,000: true by the rule of 余, but more than a tenth above what the reader expects.
  bool IsStretched(const Rational& value) const {
    const Rational& n = claim_.quantity.value;
    return claim_.form == NumberForm::kMore && n == claim_.quantity.unit && !(n < Rational(1000, 1)) &&
           !(value < n * Rational(11, 10));
  }

  // 83.72% for 36/43: two places are what every table prints.
  bool IsAsPrinted(const Rational& off) const {
    const Rational& written = claim_.quantity.written;
    const bool ratio = claim_.IsChange() || claim_.metric()->metric.type == MetricType::kRatio;
    return ratio && !(Rational(1, 100) < written) && !(written * Rational(1, 2) < off);
  }

  // 1.2万 for 12,034 and 96% for 95.65%: within half of the last place written. 4000 for 4160: within half of
  // the last non-zero place and a twentieth of the value.
  bool IsRounded(const Rational& value) const {
    const Quantity& quantity = claim_.quantity;
    const Rational off = Distance(value, quantity.value);
    const Rational half(1, 2);
    const bool ratio = claim_.metric()->metric.type == MetricType::kRatio;
    const bool written = !(quantity.written == Rational(1, 1)) || ratio;
    if (written && !(quantity.written * half < off)) return true;
    if (quantity.value < Rational(100, 1) || quantity.unit < Rational(10, 1)) return false;
    return !(quantity.unit * half < off) && !(quantity.value < off * Rational(20, 1));
  }

  // A figure left over from last year's report. Small numbers agree by chance.
  bool IsLastYears() const {
    if (claim_.form != NumberForm::kExact || claim_.quantity.value < Rational(20, 1)) return false;
    const Recorded before = Look(claim_.metric()->metric.code, YearBefore(claim_.period));
    return HasValue(before) && ValueOf(before) == claim_.quantity.value;
  }

  Verdict JudgeCoverage(const Rational& value) {
    const std::string& whole = claim_.metric()->coverage_of;
    Rational target(100, 1);
    if (whole.empty()) return Verdict::kUnlinked;
    if (whole != "100") {
      const Recorded recorded = Look(whole, claim_.period);
      if (!HasValue(recorded)) return Verdict::kNoRecord;
      target = ValueOf(recorded);
    }
    finding_.interval = Interval::AtLeast(target);
    return value < target ? Verdict::kOverstated : Verdict::kMatch;
  }

  Verdict JudgeChange(const Rational& now) {
    const Recorded earlier = Look(claim_.metric()->metric.code, YearBefore(claim_.period));
    finding_.recorded.reset();
    if (!HasValue(earlier)) return Verdict::kNoRecord;
    const Rational before = ValueOf(earlier);
    const MeasureKind kind = claim_.quantity.measure.kind;
    const bool relative = kind == MeasureKind::kPercent || kind == MeasureKind::kTimes;
    if (relative && !(Rational(0, 1) < before)) return Verdict::kNoRecord;
    Rational change = claim_.form == NumberForm::kRise ? now - before : before - now;
    if (kind == MeasureKind::kPercent) change = change * Rational(100, 1);
    if (relative) change = change / before;
    finding_.recorded = change;
    if (finding_.interval.Contains(change)) {
      return claim_.quantity.form == NumberForm::kExact ? Verdict::kMatch : Verdict::kApproximate;
    }
    const Rational off = Distance(change, claim_.quantity.value);
    const bool fraction = relative || kind == MeasureKind::kPoint;
    if (fraction && IsAsPrinted(off)) return Verdict::kMatch;
    if (fraction && !(claim_.quantity.written * Rational(1, 2) < off)) return Verdict::kRounding;
    return finding_.interval.Below(change) ? Verdict::kOverstated : Verdict::kUnderstated;
  }

  const Claim& claim_;
  const FigureSource& source_;
  const CheckOptions& options_;
  Finding finding_;
};

}  // namespace

Finding Describe(const Claim& claim) {
  Finding finding;
  finding.position = claim.position;
  finding.quote = claim.quote;
  finding.form = claim.form;
  finding.interval = claim.interval;
  finding.unit = claim.unit;
  if (claim.metric() != nullptr) finding.metric = claim.metric()->metric.code;
  finding.period = claim.period;
  finding.period_stated = claim.period_stated;
  return finding;
}

Finding Judge(const Claim& claim, const FigureSource& source, const CheckOptions& options) {
  return Comparison(claim, source, options).Run();
}

}  // namespace zhenhui::reporting::checker

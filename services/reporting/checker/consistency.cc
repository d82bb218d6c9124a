#include "services/reporting/checker/consistency.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/reporting/checker/judge.h"

namespace zhenhui::reporting::checker {
namespace {

constexpr size_t kMostClaims = 2000;  // that are compared with all others

bool SameSentence(const Claim& a, const Claim& b) {
  return a.position.paragraph == b.position.paragraph && a.position.sentence == b.position.sentence;
}

// A figure that stands for itself: no plan, no change, with a metric or a number.
bool IsResult(const Claim& claim) {
  return !claim.plan && !claim.IsChange() && claim.form != NumberForm::kAll;
}

bool IsExact(const Claim& claim) { return IsResult(claim) && claim.interval.IsPoint(); }

// Whether every value of `part` is above every value of `whole`.
bool Exceeds(const Interval& part, const Interval& whole) {
  return part.low && whole.high && *whole.high < *part.low;
}

bool Exclude(const Interval& a, const Interval& b) { return Exceeds(a, b) || Exceeds(b, a); }

// Words that make a figure one of a single occasion and not of the year.
bool IsOfOccasion(const Claim& claim) {
  constexpr std::array<std::u32string_view, 9> kWords = {U"期间",   U"现场",   U"当天",   U"当日", U"活动中",
                                                         U"宣传周", U"宣传月", U"宣传日", U"专项"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::u32string_view word) {
    return claim.left.find(word) != claim.left.npos || claim.right.find(word) != claim.right.npos;
  });
}

class Checker {
 public:
  explicit Checker(const std::vector<Claim>& claims) : claims_(claims) {}

  std::vector<Contradiction> Run() {
    for (size_t i = 0; i < claims_.size(); ++i) {
      if (claims_[i].part && (i == 0 || !claims_[i - 1].part || !SameSentence(claims_[i], claims_[i - 1]))) {
        CheckParts(i);
      }
      CheckRate(i);
      if (claims_.size() > kMostClaims) continue;
      CheckRepeated(i);
      CheckCatalogue(i);
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const auto& a, const auto& b) { return a.claim < b.claim; });
    return std::move(found_);
  }

 private:
  void Report(size_t index, const std::string& zh, const std::string& en) {
    Finding finding = Describe(claims_[index]);
    finding.verdict = Verdict::kInconsistent;
    finding.message_zh = zh;
    finding.message_en = en;
    finding.suggestion_zh = "核对两处数字，改正其中有误的一处。";
    finding.suggestion_en = "Compare the two places and mend the one that is wrong.";
    found_.push_back({index, std::move(finding)});
  }

  // The figure that `first`, the first after 其中, is a part of; claims_.size() if there is none.
  size_t WholeOf(size_t first) const {
    for (size_t i = first; i-- > 0 && SameSentence(claims_[i], claims_[first]);) {
      if (IsResult(claims_[i]) && claims_[i].quantity.measure.kind == claims_[first].quantity.measure.kind)
        return i;
    }
    return claims_.size();
  }

  void CheckParts(size_t first) {
    const size_t whole = WholeOf(first);
    if (whole == claims_.size()) return;
    Rational sum;
    for (size_t i = first; i < claims_.size() && SameSentence(claims_[i], claims_[first]); ++i) {
      const Claim& part = claims_[i];
      const bool listed = part.left.starts_with(U"、") || part.link.candidates.empty() ||
                          part.metric() == claims_[whole].metric();
      if (i > first && (!listed || part.total)) break;
      if (part.quantity.measure.kind != claims_[whole].quantity.measure.kind || !part.interval.low) break;
      sum = sum + *part.interval.low;
      if (!Exceeds({sum, std::nullopt, true, true}, claims_[whole].interval)) continue;
      Report(i,
             absl::StrCat("部分大于总数：其中各项合计", PrintRational(sum), "，总数为“", claims_[whole].quote,
                          "”。"),
             absl::StrCat("The parts (", PrintRational(sum), ") exceed their whole."));
      return;
    }
  }

  // The sign pair before 率: 成功 of 调解成功率.
  static std::u32string StemOf(const Claim& claim) {
    const size_t at = claim.left.rfind(U'率');
    return at == claim.left.npos || at < 2 ? U"" : claim.left.substr(at - 2, 2);
  }

  void CheckRate(size_t index) {
    const Claim& rate = claims_[index];
    if (rate.quantity.measure.kind != MeasureKind::kPercent || !IsResult(rate)) return;
    const std::u32string stem = StemOf(rate);
    if (stem.empty()) return;
    size_t part = index;
    for (size_t i = index; i-- > 0 && SameSentence(claims_[i], rate);) {
      const bool counts = claims_[i].quantity.measure.kind != MeasureKind::kPercent && IsExact(claims_[i]);
      if (counts && part == index && claims_[i].left.find(stem) != stem.npos) {
        part = i;
      } else if (counts && part < index &&
                 claims_[i].quantity.measure.kind == claims_[part].quantity.measure.kind) {
        return CompareRate(index, part, i);
      }
    }
  }

  void CompareRate(size_t index, size_t part, size_t whole) {
    const Claim& rate = claims_[index];
    const Rational& base = *claims_[whole].interval.low;
    if (!(Rational(0, 1) < base)) return;
    const Rational actual = *claims_[part].interval.low * Rational(100, 1) / base;
    const Rational off =
        actual < rate.quantity.value ? rate.quantity.value - actual : actual - rate.quantity.value;
    if (rate.interval.Contains(actual)) return;
    // People cut off as often as they round: a whole last place is allowed.
    if (rate.form == NumberForm::kExact && off < rate.quantity.written) return;
    Report(index,
           absl::StrCat("比率与文中件数不符：“", claims_[part].quote, "”除以“", claims_[whole].quote, "”为",
                        PrintRational(actual), "%。"),
           absl::StrCat("The rate contradicts its own figures: they give ", PrintRational(actual), "%."));
  }

  void CheckRepeated(size_t index) {
    const Claim& later = claims_[index];
    if (later.metric() == nullptr || later.link.unit_mismatch || !IsResult(later) || later.part ||
        IsOfOccasion(later)) {
      return;
    }
    for (size_t i = 0; i < index; ++i) {
      const Claim& earlier = claims_[i];
      const bool same = earlier.metric() == later.metric() && earlier.period == later.period &&
                        IsResult(earlier) && !earlier.part && !earlier.link.unit_mismatch &&
                        !IsOfOccasion(earlier) && !SameSentence(earlier, later);
      if (!same || !Exclude(earlier.interval, later.interval)) continue;
      Report(index, absl::StrCat("同一数字前后不一：前文为“", earlier.quote, "”。"),
             absl::StrCat("Said before with another value: \"", earlier.quote, "\"."));
      return;
    }
  }

  // The only exact statement of a metric for the period of `like`, or null.
  const Claim* Stated(const std::string& metric, const Claim& like) const {
    const Claim* found = nullptr;
    for (const Claim& claim : claims_) {
      const bool fits = claim.metric() != nullptr && claim.metric()->metric.code == metric &&
                        IsExact(claim) && claim.period == like.period && !claim.link.unit_mismatch;
      if (fits && found != nullptr) return nullptr;
      if (fits) found = &claim;
    }
    return found;
  }

  void CheckCatalogue(size_t index) {
    const Claim& claim = claims_[index];
    if (claim.metric() == nullptr || !IsExact(claim) || claim.part || claim.link.unit_mismatch) return;
    for (const std::string& code : claim.metric()->metric.at_most) {
      const Claim* whole = Stated(code, claim);
      if (whole == nullptr || !Exceeds(claim.interval, whole->interval)) continue;
      Report(index, absl::StrCat("部分大于总数：总数为“", whole->quote, "”。"),
             absl::StrCat("A part exceeds its whole, \"", whole->quote, "\"."));
    }
    const std::vector<std::string>& parts = claim.metric()->metric.parts;
    Rational sum;
    for (const std::string& code : parts) {
      const Claim* part = Stated(code, claim);
      if (part == nullptr) return;
      sum = sum + *part->interval.low;
    }
    if (parts.empty() || sum == *claim.interval.low) return;
    Report(index, absl::StrCat("总数与各项之和不符：各项合计", PrintRational(sum), "。"),
           absl::StrCat("The parts add up to ", PrintRational(sum), "."));
  }

  const std::vector<Claim>& claims_;
  std::vector<Contradiction> found_;
};

// Judges a group of figures of one metric: by its total, or by their sum.
void JoinGroup(std::vector<Claim*>& group) {
  if (group.size() < 2) return;
  const bool total = std::any_of(group.begin(), group.end(), [](const Claim* claim) { return claim->total; });
  Rational sum;
  for (const Claim* claim : group) sum = sum + claim->quantity.value;
  for (Claim* claim : group) {
    claim->joined = true;
    if (total) {
      claim->part = claim->part || !claim->total;
      continue;
    }
    claim->interval = Interval::Exactly(sum);
    claim->quantity.value = sum;
    claim->quantity.unit = claim->quantity.written = Rational(1, 1);
  }
}

}  // namespace

std::vector<Contradiction> FindContradictions(const std::vector<Claim>& claims) {
  return Checker(claims).Run();
}

void JoinParts(std::vector<Claim>& claims) {
  std::vector<bool> joined(claims.size(), false);
  for (size_t i = 0; i < claims.size(); ++i) {
    const MetricPhrases* metric = claims[i].metric();
    const bool whole_number = metric != nullptr && metric->metric.type != MetricType::kRatio;
    if (joined[i] || !whole_number || !IsExact(claims[i]) || claims[i].form == NumberForm::kZero) continue;
    std::vector<Claim*> group;
    for (size_t k = i; k < claims.size() && SameSentence(claims[i], claims[k]); ++k) {
      const bool same = claims[k].metric() == metric && IsExact(claims[k]) && !claims[k].part &&
                        claims[k].period == claims[i].period && claims[k].form == claims[i].form;
      if (!same) continue;
      joined[k] = true;
      group.push_back(&claims[k]);
    }
    JoinGroup(group);
  }
}

}  // namespace zhenhui::reporting::checker

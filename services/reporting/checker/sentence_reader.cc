#include "services/reporting/checker/sentence_reader.h"

#include <algorithm>
#include <utility>

#include "common/time/year_before.h"
#include "services/reporting/checker/period.h"
#include "services/reporting/checker/wordless.h"

namespace zhenhui::reporting::checker {
namespace {

constexpr size_t kFarthestEach = 9;  // signs between 每村 and its figure
constexpr int kYearsNear = 20;       // a bare number so near to the year that is reported on is a year itself

// Reads one sentence; the state between sentences is the caller's.
class SentenceReader {
 public:
  SentenceReader(const Lexicon& lexicon, const CheckOptions& options, const Sentence& sentence,
                 const TopicMemory& topics, bool plan)
      : lexicon_(lexicon),
        options_(options),
        sentence_(sentence),
        linker_(lexicon, sentence, topics),
        plan_(plan) {}

  std::vector<ReadClaim> Run() {
    for (size_t i = 0; i < sentence_.quantities().size(); ++i) ReadQuantity(i);
    for (Wordless& wordless : FindWordless(lexicon_, sentence_, linker_)) ReadWordless(wordless);
    std::stable_sort(claims_.begin(), claims_.end(),
                     [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
    return std::move(claims_);
  }

 private:
  // 增长12%, 下降了3个百分点; but 增长到12 is a level.
  NumberForm ChangeOf(size_t index) const {
    const Range left = sentence_.LeftOf(index);
    const auto near = [&](const Markers& markers) {
      const auto mark = sentence_.Last(markers, left);
      if (!mark) return false;
      const std::u32string_view between = sentence_.text().View({mark->end, left.end});
      return between.empty() || between == U"了" || between == U"幅度为" || between == U"约" ||
             between == U"达";
    };
    if (near(lexicon_.rise())) return NumberForm::kRise;
    if (near(lexicon_.fall())) return NumberForm::kFall;
    return NumberForm::kExact;
  }

  LinkMode ModeOf(size_t index, NumberForm change) const {
    const Quantity& quantity = sentence_.quantities()[index];
    const MeasureKind kind = quantity.measure.kind;
    if (change != NumberForm::kExact) {
      if (kind == MeasureKind::kPoint) return LinkMode::kPoints;
      if (kind == MeasureKind::kPercent || kind == MeasureKind::kTimes) return LinkMode::kChange;
    }
    return IsEachVillage(index) ? LinkMode::kEachVillage : LinkMode::kCount;
  }

  bool IsEachVillage(size_t index) const {
    constexpr std::u32string_view kEveryOne = U"入遍到盖及向在对";  // 深入每个村: all of them together
    const Range left = sentence_.LeftOf(index);
    const auto mark = sentence_.Last(lexicon_.each_village(), left);
    if (!mark || left.end - mark->end > kFarthestEach) return false;
    const char32_t before = mark->begin > left.begin ? sentence_.text().chars[mark->begin - 1] : U'\0';
    return kEveryOne.find(before) == kEveryOne.npos;
  }

  bool IsPlan(size_t at) const {
    if (plan_) return true;
    const Range before{sentence_.range().begin, at};
    if (const auto mark = sentence_.Last(lexicon_.plan(), before)) {
      return !sentence_.Has(lexicon_.done(), {mark->end, at});
    }
    const Range clause{sentence_.clauses()[sentence_.ClauseOf(at)].begin, at};
    return clause.begin < clause.end && sentence_.Has(lexicon_.norm(), clause);
  }

  // 没有发生一起案件: the zero is the claim, not the one.
  bool IsDenied(const Quantity& quantity) const {
    const size_t clause = sentence_.clauses()[sentence_.ClauseOf(quantity.range.begin)].begin;
    const auto mark = sentence_.Last(lexicon_.zero(), {clause, quantity.range.end});
    return mark && mark->end + 2 >= quantity.range.begin && quantity.small_han;
  }

  // Whether a figure without a metric is worth a word: 3个方面 and 三项制度 are not.
  bool IsFigure(const Quantity& quantity, bool plan) const {
    const MeasureKind kind = quantity.measure.kind;
    if (kind == MeasureKind::kNone || kind == MeasureKind::kHour) return false;
    if (quantity.small_han || plan) return false;
    const size_t end = std::min(quantity.range.end + 6, sentence_.range().end);
    const auto word = sentence_.First(lexicon_.abstract(), {quantity.range.end, end});
    return !word || word->begin > quantity.range.end + 2;
  }

  // A number without a measure word is a claim only right behind its object: 调解成功22， 法治讲座：6
  bool StandsBare(size_t index, const Link& link) const {
    const Quantity& quantity = sentence_.quantities()[index];
    if (quantity.measure.kind != MeasureKind::kNone) return false;
    const Int128 number = quantity.value.numerator();
    const bool year = number >= options_.year - kYearsNear && number <= options_.year + kYearsNear;
    const char32_t before = CharAt(sentence_.text().chars, std::max<size_t>(quantity.range.begin, 1) - 1);
    const size_t colon = before == U'：' || before == U':' ? 1 : 0;
    const bool touches =
        !link.candidates.empty() && link.candidates.front().evidence.end <= quantity.range.begin &&
        sentence_.ContentOf({link.candidates.front().evidence.end, quantity.range.begin - colon}) == 0;
    return year || !touches || sentence_.RightOf(index).size() > 0;
  }

  void ReadQuantity(size_t index) {
    const Quantity& quantity = sentence_.quantities()[index];
    const NumberForm change = ChangeOf(index);
    const LinkMode mode = ModeOf(index, change);
    links_.push_back(linker_.LinkQuantity(index, mode, links_));
    const Link& link = links_.back();
    const bool bare = StandsBare(index, link);
    const bool plan = IsPlan(quantity.range.begin);
    if (bare || IsDenied(quantity)) links_.back() = {};
    if (bare || IsDenied(quantity) || (link.candidates.empty() && !IsFigure(quantity, plan))) return;
    Claim claim;
    claim.form = change == NumberForm::kExact ? quantity.form : change;
    claim.interval = quantity.interval;
    claim.quantity = quantity;
    claim.unit = ToUtf8(quantity.measure.word);
    claim.link = link;
    claim.plan = plan;
    const Range left = sentence_.LeftOf(index);
    claim.left = sentence_.text().View(left);
    claim.right = sentence_.text().View(sentence_.RightOf(index));
    claim.part = sentence_.Has(lexicon_.part(), left);
    claim.total = sentence_.Has(lexicon_.total(), {left.begin, quantity.number.begin});
    SetPeriod(quantity.range.begin, claim);
    if (IsFormerLevel(index)) {
      claim.period = YearBefore(WholeYear(options_.year));
      claim.period_stated = claim.compares = true;
    }
    claims_.push_back({quantity.range, std::move(claim)});
  }

  // 由52名增加到78名: the first is last year's.
  bool IsFormerLevel(size_t index) const {
    if (index + 1 >= sentence_.quantities().size()) return false;
    const std::u32string_view left = sentence_.text().View(sentence_.LeftOf(index));
    const std::u32string_view next = sentence_.text().View(sentence_.LeftOf(index + 1));
    return (left.ends_with(U"由") || left.ends_with(U"从")) &&
           (next.ends_with(U"到") || next.ends_with(U"至"));
  }

  void ReadWordless(Wordless& wordless) {
    Claim claim;
    claim.form = wordless.form;
    if (wordless.form == NumberForm::kZero) claim.interval = Interval::Exactly(Rational(0, 1));
    claim.link = std::move(wordless.link);
    claim.plan = IsPlan(wordless.range.begin);
    if (claim.plan && claim.link.candidates.empty()) return;
    SetPeriod(wordless.range.begin, claim);
    claims_.push_back({wordless.range, std::move(claim)});
  }

  void SetPeriod(size_t at, Claim& claim) const {
    claim.period = WholeYear(options_.year);
    const std::optional<StatedPeriod> stated = PeriodBefore(sentence_, at, options_.year);
    if (!stated) return;
    claim.period = stated->period;
    claim.period_stated = true;
    claim.compares = stated->last_year;
    if (claim.period.begin > Date(options_.year, 12, 31)) claim.plan = true;
  }

  const Lexicon& lexicon_;
  const CheckOptions& options_;
  const Sentence& sentence_;
  const Linker linker_;
  const bool plan_;
  std::vector<Link> links_;
  std::vector<ReadClaim> claims_;
};

}  // namespace

std::vector<ReadClaim> ReadSentence(const Lexicon& lexicon, const CheckOptions& options,
                                    const Sentence& sentence, const TopicMemory& topics, bool plan) {
  return SentenceReader(lexicon, options, sentence, topics, plan).Run();
}

}  // namespace zhenhui::reporting::checker

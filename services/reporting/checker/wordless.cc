#include "services/reporting/checker/wordless.h"

#include <algorithm>
#include <utility>

namespace zhenhui::reporting::checker {
namespace {

constexpr size_t kFarthestObject = 14;  // signs between 未发生 and what did not happen

class Finder {
 public:
  Finder(const Lexicon& lexicon, const Sentence& sentence, const Linker& linker)
      : lexicon_(lexicon), sentence_(sentence), linker_(linker) {}

  std::vector<Wordless> Run() {
    for (size_t i = 0; i < sentence_.clauses().size(); ++i) {
      FindZero(sentence_.clauses()[i]);
      FindCoverage(i);
      FindAll(sentence_.clauses()[i]);
    }
    return std::move(found_);
  }

 private:
  void Add(const Range& range, NumberForm form, const std::vector<Scored>& metrics) {
    for (const Scored& scored : metrics) {
      Link link;
      link.candidates = {scored};
      found_.push_back({range, form, std::move(link)});
    }
  }

  void FindZero(const Range& clause) {
    const auto mark = sentence_.First(lexicon_.zero(), clause);
    if (!mark) return;
    const auto counts_cases = [](const MetricPhrases& metric) {
      return metric.CountedIn(MeasureKind::kCase);
    };
    // "无" and "没有" have many other uses: what they deny must follow at once.
    const std::u32string_view word = sentence_.text().View(*mark);
    const bool weak = word.starts_with(U"无") || word == U"没有";
    std::vector<Scored> metrics = linker_.MetricsIn({mark->end, clause.end}, counts_cases);
    const size_t farthest = weak ? 1 : kFarthestObject;
    if (!metrics.empty() && metrics.front().evidence.begin - mark->end > farthest) metrics.clear();
    if (metrics.empty() && sentence_.ContentOf({mark->end, clause.end}) == 0) {
      metrics = linker_.MetricsIn({clause.begin, mark->begin}, counts_cases);
    }
    Add(*mark, NumberForm::kZero, metrics);
    if (metrics.empty() && !weak) found_.push_back({*mark, NumberForm::kZero, {}});
  }

  bool Denied(const Range& clause, size_t at) const {
    return sentence_.Has(lexicon_.negation(), {clause.begin, at});
  }

  void FindCoverage(size_t index) {
    const Range& clause = sentence_.clauses()[index];
    const auto mark = sentence_.First(lexicon_.coverage(), clause);
    if (!mark || Denied(clause, mark->begin)) return;
    std::vector<Scored> metrics = linker_.MetricsIn(clause, CoversSomething);
    if (metrics.empty() && index > 0 && sentence_.ContentOf({clause.begin, mark->begin}) <= 3) {
      metrics = linker_.MetricsIn(sentence_.clauses()[index - 1], CoversSomething);
    }
    if (metrics.size() > 1) metrics.erase(metrics.begin(), metrics.end() - 1);  // the one next to the words
    Add(*mark, NumberForm::kAll, metrics);
    if (metrics.empty()) found_.push_back({*mark, NumberForm::kAll, {}});
  }

  void FindAll(const Range& clause) {
    const auto mark = sentence_.First(lexicon_.all(), clause);
    if (!mark || Denied(clause, mark->begin) || sentence_.Has(lexicon_.coverage(), clause)) return;
    const bool numbered = std::any_of(
        sentence_.quantities().begin(), sentence_.quantities().end(), [&](const Quantity& quantity) {
          return quantity.range.begin >= clause.begin && quantity.range.end <= clause.end;
        });
    if (numbered) return;
    std::vector<Scored> metrics = linker_.MetricsIn(clause, CoversSomething);
    if (metrics.size() > 1) metrics.resize(1);
    Add(*mark, NumberForm::kAll, metrics);
  }

  static bool CoversSomething(const MetricPhrases& metric) { return !metric.coverage_of.empty(); }

  const Lexicon& lexicon_;
  const Sentence& sentence_;
  const Linker& linker_;
  std::vector<Wordless> found_;
};

}  // namespace

std::vector<Wordless> FindWordless(const Lexicon& lexicon, const Sentence& sentence, const Linker& linker) {
  return Finder(lexicon, sentence, linker).Run();
}

}  // namespace zhenhui::reporting::checker

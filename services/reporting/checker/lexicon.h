#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/checker/measure.h"
#include "services/reporting/checker/pattern.h"
#include "services/reporting/domain/metric_catalogue.h"

// What metrics are called in prose: services/reporting/catalogue/phrases.json, read and checked once at
// start.
namespace zhenhui::reporting::checker {

// "A & B": each part stands somewhere in the clause. Ids of Lexicon::patterns().
using Phrase = std::vector<size_t>;

// Phrases that mean a metric only where the text is about a topic: 受理 after 人民调解.
struct TopicPhrases {
  size_t topic;  // index into Lexicon::topics()
  std::vector<Phrase> phrases;
};

struct MetricPhrases {
  Metric metric;                      // the catalogue's entry
  std::vector<MeasureKind> measures;  // that count it
  std::vector<MeasureKind> mismatch;  // that people wrongly count it in: a finding, not another metric
  std::vector<Phrase> phrases;
  std::vector<TopicPhrases> topic_phrases;
  std::vector<Phrase> exclude;  // in the clause: then it is not this metric
  std::string
      coverage_of;  // metric that the value reaches when the text says 全覆盖; "" if none, "100" for a ratio
  bool per_village = false;  // each-village figures (每村3名) mean this metric, and only they

  bool CountedIn(MeasureKind kind) const;
  bool MiscountedIn(MeasureKind kind) const;
};

struct Topic {
  std::string name;
  std::vector<Phrase> phrases;
  bool actor =
      false;  // someone who acts: what follows in the sentence is his doing (法律顾问…，开展讲座14场)
};

// A list of phrases that stands for one role in the grammar.
using Markers = std::vector<Phrase>;

// Immutable after Load; thread-safe.
class Lexicon {
 public:
  // INVALID_ARGUMENT (DATA_FILE_INVALID) names the entry that is wrong: an unknown metric, measure or class,
  // a phrase that does not compile, a metric that stands twice. `catalogue` is only read during the call.
  static absl::StatusOr<Lexicon> Load(std::string_view json, const MetricCatalogue& catalogue);

  const std::vector<MetricPhrases>& metrics() const { return metrics_; }
  const std::vector<Topic>& topics() const { return topics_; }
  const std::vector<Pattern>& patterns() const { return patterns_; }
  // Ids of the patterns that can begin with `sign`.
  const std::vector<size_t>& PatternsFrom(char32_t sign) const;
  const MeasureWords& measures() const { return measures_; }
  // By code; null if the lexicon has no phrases for it.
  const MetricPhrases* Find(std::string_view code) const;

  // Folded texts whose numerals are never claims.
  const std::vector<std::u32string>& nonclaims() const { return nonclaims_; }
  const Markers& plan() const { return plan_; }                    // 计划, 力争
  const Markers& plan_headings() const { return plan_headings_; }  // 下一步工作打算
  const Markers& plan_openers() const { return plan_openers_; }    // 下一步 at the head of a sentence
  const Markers& zero() const { return zero_; }                    // 未发生
  const Markers& coverage() const { return coverage_; }            // 全覆盖
  const Markers& all() const { return all_; }                      // 均, 全部
  const Markers& norm() const { return norm_; }                    // 每月, 年均
  const Markers& each_village() const { return each_village_; }    // 每村, 村均
  const Markers& part() const { return part_; }                    // 其中
  const Markers& total() const { return total_; }                  // 共, 合计
  const Markers& period() const { return period_; }                // 上半年, 今年
  const Markers& respectively() const { return respectively_; }    // 分别
  const Markers& done() const { return done_; }                    // 实际, 已完成: ends a plan
  const Markers& abstract() const { return abstract_; }            // 方面, 环节: what follows no figure
  const Markers& negation() const { return negation_; }            // 尚未: takes a claim back
  const Markers& rise() const { return rise_; }                    // 增长
  const Markers& fall() const { return fall_; }                    // 下降
  const Markers& filler() const { return filler_; }                // words that carry nothing: 各类, 累计

 private:
  friend class LexiconLoader;
  Lexicon() = default;

  std::vector<Pattern> patterns_;
  std::unordered_map<char32_t, std::vector<size_t>> by_first_sign_;
  std::vector<MetricPhrases> metrics_;
  std::map<std::string, size_t, std::less<>> by_code_;
  std::vector<Topic> topics_;
  MeasureWords measures_;
  std::vector<std::u32string> nonclaims_;
  Markers plan_, plan_headings_, plan_openers_, zero_, coverage_, all_, norm_, each_village_, part_, total_,
      rise_, fall_, filler_, period_, respectively_, done_, abstract_, negation_;
};

}  // namespace zhenhui::reporting::checker

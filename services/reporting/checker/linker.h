#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "services/reporting/checker/lexicon.h"
#include "services/reporting/checker/sentence.h"

// Which metric a figure stands for. Verb, object and measure word decide, nearest first:
//
//   "开展法治讲座6场"             the object before the figure
//   "开展6场法治讲座"             or after it
//   "法律顾问开展6场法治讲座"     or round it: the longest phrase wins, so these are the counsels' lectures
//   "开展法治讲座，共6场"         ellipsis: the object of a clause before, if this clause has none of its own
//   "人民调解…，受理23件"         a word that means something only under a topic (受理) looks for the nearest
//   topic "讲座、宣传分别6场、40场"     分别: figures and objects in the same order
// Words in `exclude` near the figure rule a metric out. Two metrics that fit equally well are both returned:
// ambiguity is a result, not a guess.
namespace zhenhui::reporting::checker {

struct Scored {
  const MetricPhrases* metric = nullptr;
  int score = 0;
  Range evidence;    // the phrase nearest to the figure
  int literals = 0;  // of the phrase: the longest wins over those inside it
};

struct Link {
  std::vector<Scored> candidates;  // best first; more than one: ambiguous; empty: no metric
  bool unit_mismatch = false;      // one candidate, counted in a measure that is not its own
  bool carried = false;            // by ellipsis from an earlier clause

  const MetricPhrases* metric() const { return candidates.size() == 1 ? candidates.front().metric : nullptr; }
};

// Topics met so far: topic -> how far back (0 the sentence before, 1 the one before it, ... 100 a heading).
using TopicMemory = std::map<size_t, int>;

// How a figure is to be linked.
enum class LinkMode {
  kCount,       // by measure word
  kChange,      // a rise or fall: any metric that is no ratio
  kPoints,      // a rise or fall in points of per cent: ratios only
  kEachVillage  // 每村3名: only metrics that count by village
};

// Links figures of one sentence from left to right. Not thread-safe; made for one sentence.
class Linker {
 public:
  Linker(const Lexicon& lexicon, const Sentence& sentence, const TopicMemory& before);

  // `linked` has the links of the figures before `index`.
  Link LinkQuantity(size_t index, LinkMode mode, const std::vector<Link>& linked) const;

  // The metrics that phrases inside `range` name, whatever their measure; the longest of overlapping ones; in
  // order of the text. For claims without a number. `accept` filters.
  std::vector<Scored> MetricsIn(const Range& range,
                                const std::function<bool(const MetricPhrases&)>& accept) const;

 private:
  using Accept = std::function<bool(const MetricPhrases&)>;
  // Where evidence may stand for one figure: before it, after it, or round it.
  struct Window {
    Range left;
    Range right;
    Range figure;
    Range next = {};     // the figure after it: after 共 what stands right before it is its own object
    Range own = {};      // if any: the evidence must lie in it
    bool flat = false;   // distance costs nothing
    bool topics = true;  // topic phrases count
  };
  Window WindowOf(size_t index) const;
  bool InWindow(const Range& hit, const Window& window) const;
  int PenaltyOf(const Range& hit, const Window& window) const;
  std::optional<Scored> Score(const MetricPhrases& metric, const Window& window) const;
  std::optional<Scored> ScorePhrase(const Phrase& phrase, const Window& window) const;
  bool Excluded(const MetricPhrases& metric, const Window& window) const;
  std::vector<Scored> Collect(const Window& window, const Accept& accept) const;
  // What going back to the topic costs; nothing if the text was not about it.
  std::optional<int> TopicPenalty(size_t topic, const Window& window) const;

  Link LinkByEllipsis(size_t index, const Accept& accept, const std::vector<Link>& linked) const;
  Link LinkInOrder(size_t index, const Accept& accept) const;
  Link LinkByList(size_t index, const Accept& accept) const;
  Link LinkMismatch(size_t index, const std::vector<Link>& linked) const;
  size_t ClauseBefore(const Window& window) const;
  bool LooksBack(size_t index) const;
  bool FollowsColon(size_t index) const;

  const Lexicon& lexicon_;
  const Sentence& sentence_;
  const TopicMemory& before_;
  std::optional<size_t> first_topic_;  // where the sentence first names a topic of its own
};

// Topics that the sentence is about, for TopicMemory.
std::vector<size_t> TopicsOf(const Lexicon& lexicon, const Sentence& sentence);

}  // namespace zhenhui::reporting::checker

#include <algorithm>

#include "services/reporting/checker/linker.h"

// How well a metric's phrases fit the place of a figure.
namespace zhenhui::reporting::checker {
namespace {

// A literal sign is worth kPerSign; distance costs a point for two signs; topics that were named further back
// cost more.
constexpr int kPerSign = 4;
constexpr int kMostSigns = 8;
constexpr int kFarthest = 16;
constexpr int kTopicCost = 4;
constexpr int kActorBonus = 14;  // for what an actor named as the subject does

}  // namespace

Linker::Linker(const Lexicon& lexicon, const Sentence& sentence, const TopicMemory& before)
    : lexicon_(lexicon), sentence_(sentence), before_(before) {
  for (const Topic& topic : lexicon.topics()) {
    const std::optional<Range> met = sentence.First(topic.phrases, sentence.range());
    if (met && !topic.actor) first_topic_ = std::min(first_topic_.value_or(met->begin), met->begin);
  }
}

Linker::Window Linker::WindowOf(size_t index) const {
  const std::vector<Quantity>& all = sentence_.quantities();
  Window window{
      .left = sentence_.LeftOf(index), .right = sentence_.RightOf(index), .figure = all[index].range};
  if (index + 1 < all.size()) window.next = all[index + 1].range;
  return window;
}

bool Linker::InWindow(const Range& hit, const Window& window) const {
  if (Inside(hit, window.left)) return true;
  const bool of_next = hit.end > window.figure.end && hit.end <= window.next.begin &&
                       window.right.end == window.next.begin &&
                       sentence_.Has(lexicon_.total(), {window.figure.end, hit.end}) &&
                       sentence_.ContentOf({hit.end, window.next.begin}) == 0;
  if (of_next) return false;
  if (Inside(hit, window.right)) return true;
  return hit.begin >= window.left.begin && hit.end <= window.right.end && hit.begin < window.figure.begin &&
         hit.end > window.figure.end;
}

int Linker::PenaltyOf(const Range& hit, const Window& window) const {
  const bool before = hit.end <= window.figure.begin;
  const bool after = hit.begin >= window.figure.end;
  if (window.flat || (!before && !after)) return 0;
  const Range between = before ? Range{hit.end, window.figure.begin} : Range{window.figure.end, hit.begin};
  return static_cast<int>(std::min<size_t>(sentence_.ContentOf(between), kFarthest)) / 2;
}

std::optional<Scored> Linker::ScorePhrase(const Phrase& phrase, const Window& window) const {
  Scored scored;
  int nearest = kFarthest;
  for (const size_t pattern : phrase) {
    const Hit* best = nullptr;
    int best_value = 0;
    for (const Hit& hit : sentence_.HitsOf(pattern)) {
      if (!InWindow(hit.range, window)) continue;
      int value = kPerSign * std::min(hit.literals, kMostSigns) - PenaltyOf(hit.range, window);
      if (Inside(hit.range, window.own)) value += kPerSign * kMostSigns;
      if (best != nullptr && value < best_value) continue;
      best = &hit;
      best_value = value;
    }
    if (best == nullptr) return std::nullopt;
    const int penalty = PenaltyOf(best->range, window);
    if (scored.literals == 0 || penalty < nearest) {
      nearest = penalty;
      scored.evidence = best->range;
    }
    scored.literals += best->literals;
  }
  if (window.own.size() > 0 && !Inside(scored.evidence, window.own)) return std::nullopt;
  scored.score = kPerSign * std::min(scored.literals, kMostSigns) - nearest;
  return scored;
}

std::optional<int> Linker::TopicPenalty(size_t topic, const Window& window) const {
  std::optional<Range> last;
  const Range scope{sentence_.range().begin, std::max(window.figure.end, window.right.end)};
  for (const Phrase& phrase : lexicon_.topics()[topic].phrases) {
    for (const Hit& hit : sentence_.HitsOf(phrase.front())) {
      if (Inside(hit.range, scope) && (!last || hit.range.end > last->end)) last = hit.range;
    }
  }
  if (last && lexicon_.topics()[topic].actor) {
    // The subject acts until the next ；.
    const size_t mark =
        sentence_.text().View({std::min(last->end, window.figure.begin), window.figure.begin}).find(U'；');
    return mark == std::u32string_view::npos ? -kTopicCost - kActorBonus : 10;
  }
  if (last) {
    const size_t from = std::min(last->end, window.figure.begin);
    return static_cast<int>(std::min<size_t>(sentence_.ContentOf({from, window.figure.begin}) / 3, 10));
  }
  const auto earlier = before_.find(topic);
  const bool own = first_topic_ && *first_topic_ < window.figure.begin;
  if (earlier == before_.end() || own || lexicon_.topics()[topic].actor) return std::nullopt;
  return 12 + std::min(earlier->second, 6);
}

bool Linker::Excluded(const MetricPhrases& metric, const Window& window) const {
  return std::any_of(metric.exclude.begin(), metric.exclude.end(),
                     [&](const Phrase& phrase) { return ScorePhrase(phrase, window).has_value(); });
}

// Where the clause before the figure's begins, if only a comma parts them: what rules a metric out may stand
// with the topic and not with the figure.
size_t Linker::ClauseBefore(const Window& window) const {
  const size_t clause = sentence_.ClauseOf(window.figure.begin);
  const std::vector<Range>& clauses = sentence_.clauses();
  if (clause == 0 || clauses[clause].begin < window.left.begin) return window.left.begin;
  const bool comma = sentence_.text().chars[clauses[clause].begin - 1] != U'；';
  return comma ? clauses[clause - 1].begin : window.left.begin;
}

std::optional<Scored> Linker::Score(const MetricPhrases& metric, const Window& window) const {
  std::optional<Scored> best;
  bool by_topic = false;
  const auto take = [&](std::optional<Scored> scored, int cost, bool topic) {
    if (!scored) return;
    scored->score -= cost;
    scored->metric = &metric;
    const bool shorter =
        best && scored->score == best->score && scored->evidence.size() < best->evidence.size();
    if (best && scored->score <= best->score && !shorter) return;
    best = scored;
    by_topic = topic;
  };
  for (const Phrase& phrase : metric.phrases) take(ScorePhrase(phrase, window), 0, false);
  const size_t topics = window.topics ? metric.topic_phrases.size() : 0;
  for (size_t i = 0; i < topics; ++i) {
    const TopicPhrases& of_topic = metric.topic_phrases[i];
    std::optional<int> penalty;
    for (const Phrase& phrase : of_topic.phrases) {
      std::optional<Scored> scored = ScorePhrase(phrase, window);
      if (!scored) continue;
      if (!penalty) penalty = TopicPenalty(of_topic.topic, window);
      if (!penalty) break;
      take(scored, kTopicCost + *penalty, true);
    }
  }
  Window wide = window;
  if (by_topic) wide.left.begin = ClauseBefore(window);
  if (best && Excluded(metric, wide)) return std::nullopt;
  return best;
}

std::vector<Scored> Linker::Collect(const Window& window, const Accept& accept) const {
  std::vector<Scored> found;
  for (const MetricPhrases& metric : lexicon_.metrics()) {
    if (!accept(metric)) continue;
    if (const std::optional<Scored> scored = Score(metric, window)) found.push_back(*scored);
  }
  return found;
}

}  // namespace zhenhui::reporting::checker

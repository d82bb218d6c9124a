#include "services/reporting/checker/linker.h"

#include <algorithm>

namespace zhenhui::reporting::checker {
namespace {

// Two metrics whose scores (linker_score.cc) are less than kTie apart are ambiguous.
constexpr int kTie = 3;
constexpr int kNearMismatch = 3;       // the farthest penalty of a figure in a wrong unit
constexpr size_t kMostOwnContent = 5;  // signs of its own that a clause may have and still look back
constexpr size_t kMostClausesBack = 4;

// Whether `part` is by definition a part of `whole`: 法治进校园 of 法治宣传活动.
bool IsPartOf(const MetricPhrases& part, const MetricPhrases& whole) {
  const std::vector<std::string>& wholes = part.metric.at_most;
  return std::find(wholes.begin(), wholes.end(), whole.metric.code) != wholes.end();
}

// Drops what lies inside a longer phrase of another metric, then orders best first.
void Settle(std::vector<Scored>& found) {
  std::vector<Scored> kept;
  for (const Scored& one : found) {
    const bool covered = std::any_of(found.begin(), found.end(), [&](const Scored& other) {
      return other.metric != one.metric && Inside(one.evidence, other.evidence) &&
             other.literals > one.literals;
    });
    if (!covered) kept.push_back(one);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Scored& a, const Scored& b) { return a.score > b.score; });
  found = std::move(kept);
}

Link FromBest(std::vector<Scored> found) {
  Settle(found);
  Link link;
  for (const Scored& one : found) {
    if (found.front().score - one.score < kTie) link.candidates.push_back(one);
  }
  // What names a part also names its whole; the part is meant.
  std::erase_if(link.candidates, [&, all = link.candidates](const Scored& one) {
    return std::any_of(all.begin(), all.end(),
                       [&](const Scored& other) { return IsPartOf(*other.metric, *one.metric); });
  });
  return link;
}

}  // namespace

// Whether the figure's own clause says so little that its object must stand before.
bool Linker::LooksBack(size_t index) const {
  const Range left = sentence_.LeftOf(index);
  const Range right = sentence_.RightOf(index);
  if (sentence_.Has(lexicon_.part(), left)) return false;
  return sentence_.ContentOf(left) <= kMostOwnContent && sentence_.ContentOf(right) <= 2;
}

// 法治讲座：6: the colon ends a clause, and yet the object stands before it.
bool Linker::FollowsColon(size_t index) const {
  const size_t at = sentence_.quantities()[index].range.begin;
  if (at == sentence_.range().begin) return false;
  const char32_t before = sentence_.text().chars[at - 1];
  return before == U'：' || before == U':';
}

Link Linker::LinkByEllipsis(size_t index, const Accept& accept, const std::vector<Link>& linked) const {
  if (!LooksBack(index)) return {};
  const Quantity& quantity = sentence_.quantities()[index];
  // 合计43场, 下半年23场, 增加到78名, 实际6场: the same figure said again.
  const Range left = sentence_.LeftOf(index);
  const bool restated = sentence_.Has(lexicon_.total(), left) || sentence_.Has(lexicon_.period(), left) ||
                        sentence_.Has(lexicon_.rise(), left) || sentence_.Has(lexicon_.fall(), left) ||
                        sentence_.Has(lexicon_.done(), left);
  const size_t own = sentence_.ClauseOf(quantity.range.begin);
  for (size_t back = 0; back <= kMostClausesBack && back <= own; ++back) {
    const Range clause = sentence_.clauses()[own - back];
    const Range scope{clause.begin, std::min(clause.end, sentence_.LeftOf(index).begin)};
    if (scope.begin >= scope.end) continue;
    const auto free = [&](const MetricPhrases& metric) {
      for (size_t i = 0; i < index && !restated; ++i) {
        const bool taken =
            linked[i].metric() == &metric && scope.Holds(sentence_.quantities()[i].range.begin);
        if (taken) return false;
      }
      return accept(metric) && !Excluded(metric, WindowOf(index));
    };
    Link link = FromBest(
        Collect({.left = scope, .right = {scope.end, scope.end}, .figure = {scope.end, scope.end}}, free));
    link.carried = true;
    if (!link.candidates.empty()) return link;
  }
  return {};
}

Link Linker::LinkInOrder(size_t index, const Accept& accept) const {
  const Quantity& quantity = sentence_.quantities()[index];
  const auto mark = sentence_.Last(lexicon_.respectively(), {sentence_.range().begin, quantity.range.begin});
  if (!mark) return {};
  size_t first = index;
  while (first > 0 && sentence_.quantities()[first - 1].range.begin > mark->end) --first;
  // The figures follow one after the other: 分别为2件、1件.
  for (size_t i = first; i <= index; ++i) {
    const size_t from = i == first ? mark->end : sentence_.quantities()[i - 1].range.end;
    if (sentence_.ContentOf({from, sentence_.quantities()[i].range.begin}) > 2) return {};
  }
  const size_t clause = sentence_.ClauseOf(mark->begin);
  const std::vector<Scored> named = MetricsIn({sentence_.clauses()[clause].begin, mark->begin}, accept);
  if (named.size() < 2 || index - first >= named.size()) return {};
  Link link;
  link.candidates.push_back(named[index - first]);
  return link;
}

// 调解婚姻纠纷12起、邻里纠纷20起: the verb of the item before serves this one too.
Link Linker::LinkByList(size_t index, const Accept& accept) const {
  const Range left = sentence_.LeftOf(index);
  if (index == 0 || left.size() == 0 || sentence_.text().chars[left.begin] != U'、') return {};
  Window window = WindowOf(index);
  window.own = left;
  window.left.begin = sentence_.LeftOf(index - 1).begin;
  return FromBest(Collect(window, accept));
}

// 举办执法培训2期，培训执法人员30人次: whose own figure stands beside it is not miscounted here.
Link Linker::LinkMismatch(size_t index, const std::vector<Link>& linked) const {
  Window window = WindowOf(index);
  window.topics = false;
  const MeasureKind kind = sentence_.quantities()[index].measure.kind;
  Link link = FromBest(Collect(window, [&](const MetricPhrases& metric) {
    const bool counted = std::any_of(linked.begin(), linked.end(), [&](const Link& other) {
      return other.metric() == &metric && !other.unit_mismatch;
    });
    return !counted && metric.MiscountedIn(kind);
  }));
  const bool near =
      link.metric() != nullptr && PenaltyOf(link.candidates.front().evidence, window) <= kNearMismatch;
  if (!near) return {};
  link.unit_mismatch = true;
  return link;
}

Link Linker::LinkQuantity(size_t index, LinkMode mode, const std::vector<Link>& linked) const {
  const Quantity& quantity = sentence_.quantities()[index];
  const Accept accept = [&](const MetricPhrases& metric) {
    const bool ratio = metric.metric.type == MetricType::kRatio;
    if (mode == LinkMode::kEachVillage) return metric.per_village;
    if (mode == LinkMode::kPoints) return ratio && !metric.per_village;
    if (metric.per_village) return false;
    if (mode == LinkMode::kChange) return !ratio;
    return quantity.measure.kind == MeasureKind::kNone ? !ratio : metric.CountedIn(quantity.measure.kind);
  };
  if (Link link = LinkInOrder(index, accept); !link.candidates.empty()) return link;
  Link link = FromBest(Collect(WindowOf(index), accept));
  if (!link.candidates.empty()) return link;
  if (quantity.measure.kind == MeasureKind::kNone)
    return FollowsColon(index) ? LinkByEllipsis(index, accept, linked) : link;
  const bool change = mode == LinkMode::kChange || mode == LinkMode::kPoints;
  if (change && index > 0 && linked[index - 1].metric() != nullptr && accept(*linked[index - 1].metric()) &&
      LooksBack(index)) {
    link.candidates = {linked[index - 1].candidates.front()};
    return link;
  }
  if (Link listed = LinkByList(index, accept); !listed.candidates.empty()) return listed;
  if (!quantity.small_han) link = LinkByEllipsis(index, accept, linked);
  if (!link.candidates.empty() || mode != LinkMode::kCount || quantity.small_han) return link;
  return LinkMismatch(index, linked);
}

std::vector<Scored> Linker::MetricsIn(const Range& range, const Accept& accept) const {
  const Window window{.left = range,
                      .right = {range.end, range.end},
                      .figure = {range.end, range.end},
                      .flat = true,
                      .topics = false};
  std::vector<Scored> found = Collect(window, accept);
  Settle(found);
  // Of two metrics in overlapping places the better one stays.
  std::vector<Scored> kept;
  for (const Scored& one : found) {
    const bool overlaps = std::any_of(
        kept.begin(), kept.end(), [&](const Scored& other) { return other.evidence.Meets(one.evidence); });
    if (!overlaps) kept.push_back(one);
  }
  std::sort(kept.begin(), kept.end(),
            [](const Scored& a, const Scored& b) { return a.evidence.begin < b.evidence.begin; });
  return kept;
}

std::vector<size_t> TopicsOf(const Lexicon& lexicon, const Sentence& sentence) {
  std::vector<size_t> topics;
  for (size_t i = 0; i < lexicon.topics().size(); ++i) {
    const auto& phrases = lexicon.topics()[i].phrases;
    const bool met = std::any_of(phrases.begin(), phrases.end(), [&](const Phrase& phrase) {
      const Sentence::HitRange hits = sentence.HitsOf(phrase.front());
      return hits.begin() != hits.end();
    });
    if (met) topics.push_back(i);
  }
  return topics;
}

}  // namespace zhenhui::reporting::checker

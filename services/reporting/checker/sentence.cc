#include "services/reporting/checker/sentence.h"

#include <algorithm>
#include <tuple>

namespace zhenhui::reporting::checker {
Sentence::Sentence(const Lexicon& lexicon, const Text& text, const Range& range, const Mask& masked)
    : lexicon_(lexicon),
      text_(text),
      range_(range),
      quantities_(FindQuantities(text, range, lexicon.measures(), masked)) {
  FindClauses();
  FindHits();
  MarkFillers();
}

const Quantity* Sentence::QuantityAt(size_t at) const {
  for (const Quantity& quantity : quantities_) {
    if (quantity.range.Holds(at)) return &quantity;
    if (quantity.range.begin > at) break;
  }
  return nullptr;
}

void Sentence::FindClauses() {
  Range clause{range_.begin, range_.begin};
  for (size_t at = range_.begin; at < range_.end; ++at) {
    if (!EndsClause(text_.chars[at])) continue;
    const Quantity* quantity = QuantityAt(at);  // the comma of 1,234
    if (quantity != nullptr) continue;
    clause.end = at;
    clauses_.push_back(clause);
    clause.begin = at + 1;
  }
  clause.end = range_.end;
  if (clause.size() > 0 || clauses_.empty()) clauses_.push_back(clause);
}

void Sentence::FindHits() {
  const std::u32string_view chars = std::u32string_view(text_.chars).substr(0, range_.end);
  const Stepper step = [this](size_t at) -> size_t {
    if (const Quantity* quantity = QuantityAt(at)) return quantity->range.end - at;
    return EndsClause(text_.chars[at]) ? 0 : 1;
  };
  size_t title_end = range_.begin;
  for (size_t at = range_.begin; at < range_.end; ++at) {
    if (chars[at] == U'《') title_end = std::max(title_end, std::min(chars.find(U'》', at), chars.size()));
    for (const size_t id : lexicon_.PatternsFrom(chars[at])) {
      const auto match = lexicon_.patterns()[id].MatchAt(chars, at, step);
      // The words of a book title name the book: 学习《行政处罚法》 is no penalty.
      if (match && match->end <= title_end && chars[at] != U'《') continue;
      if (match) hits_.push_back({id, {at, match->end}, match->literals});
    }
  }
  std::sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) {
    return std::tuple(a.pattern, a.range.begin) < std::tuple(b.pattern, b.range.begin);
  });
}

size_t Sentence::ClauseOf(size_t at) const {
  for (size_t i = 0; i < clauses_.size(); ++i) {
    if (at <= clauses_[i].end) return i;
  }
  return clauses_.size() - 1;
}

Range Sentence::LeftOf(size_t index) const {
  const Quantity& quantity = quantities_[index];
  size_t begin = clauses_[ClauseOf(quantity.range.begin)].begin;
  if (index > 0) begin = std::max(begin, quantities_[index - 1].range.end);
  return {std::min(begin, quantity.range.begin), quantity.range.begin};
}

Range Sentence::RightOf(size_t index) const {
  const Quantity& quantity = quantities_[index];
  size_t end = clauses_[ClauseOf(quantity.range.begin)].end;
  if (index + 1 < quantities_.size()) end = std::min(end, quantities_[index + 1].range.begin);
  end = std::max(end, quantity.range.end);
  const size_t list = text_.chars.find(U'、', quantity.range.end);
  if (list != std::u32string::npos) end = std::min(end, list);
  return {quantity.range.end, end};
}

Sentence::HitRange Sentence::HitsOf(size_t pattern) const {
  const auto by_pattern = [](const Hit& hit, size_t id) { return hit.pattern < id; };
  const auto first = std::lower_bound(hits_.begin(), hits_.end(), pattern, by_pattern);
  const auto last = std::lower_bound(first, hits_.end(), pattern + 1, by_pattern);
  return {hits_.data() + (first - hits_.begin()), hits_.data() + (last - hits_.begin())};
}

std::optional<Range> Sentence::Last(const Markers& markers, const Range& range) const {
  std::optional<Range> last;
  for (const Phrase& phrase : markers) {
    for (const Hit& hit : HitsOf(phrase.front())) {
      if (Inside(hit.range, range) && (!last || hit.range.end > last->end)) last = hit.range;
    }
  }
  return last;
}

std::optional<Range> Sentence::First(const Markers& markers, const Range& range) const {
  std::optional<Range> first;
  for (const Phrase& phrase : markers) {
    for (const Hit& hit : HitsOf(phrase.front())) {
      const bool before = !first || hit.range.begin < first->begin ||
                          (hit.range.begin == first->begin && hit.range.end > first->end);
      if (Inside(hit.range, range) && before) first = hit.range;
    }
  }
  return first;
}

bool Sentence::Has(const Markers& markers, const Range& range) const {
  return First(markers, range).has_value();
}

void Sentence::MarkFillers() {
  filled_.assign(range_.size(), false);
  for (const Phrase& phrase : lexicon_.filler()) {
    for (const Hit& hit : HitsOf(phrase.front())) {
      for (size_t at = hit.range.begin; at < hit.range.end; ++at) filled_[at - range_.begin] = true;
    }
  }
}

size_t Sentence::ContentOf(const Range& range) const {
  const auto at = [&](size_t index) {
    return filled_.begin() + static_cast<std::ptrdiff_t>(index - range_.begin);
  };
  return static_cast<size_t>(std::count(at(range.begin), at(range.end), false));
}

}  // namespace zhenhui::reporting::checker

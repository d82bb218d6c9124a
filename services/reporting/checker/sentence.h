#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "services/reporting/checker/lexicon.h"
#include "services/reporting/checker/nonclaims.h"
#include "services/reporting/checker/quantity.h"
#include "services/reporting/checker/text.h"

// One sentence as the linker sees it: clauses, figures, and every place where a phrase of the lexicon stands.
namespace zhenhui::reporting::checker {

// Where one pattern of the lexicon matches.
struct Hit {
  size_t pattern = 0;
  Range range;
  int literals = 0;  // signs of it that are literal: the more, the more special
};

class Sentence {
 public:
  // The arguments must outlive it.
  Sentence(const Lexicon& lexicon, const Text& text, const Range& range, const Mask& masked);

  const Text& text() const { return text_; }
  const Range& range() const { return range_; }
  const std::vector<Range>& clauses() const { return clauses_; }  // without their last sign
  const std::vector<Quantity>& quantities() const { return quantities_; }

  // The clause that holds `at`.
  size_t ClauseOf(size_t at) const;
  // What belongs to figure `index` alone: from the figure before it (or the clause's begin) to it, and from
  // it to the next figure, the next 、 or the clause's end.
  Range LeftOf(size_t index) const;
  Range RightOf(size_t index) const;

  // Whether any of the phrases stands wholly inside `range`.
  bool Has(const Markers& markers, const Range& range) const;
  // The last (or first) such place.
  std::optional<Range> Last(const Markers& markers, const Range& range) const;
  std::optional<Range> First(const Markers& markers, const Range& range) const;
  // How many signs of `range` no filler word covers.
  size_t ContentOf(const Range& range) const;

  // All places of one pattern, in order of the text.
  struct HitRange {
    const Hit* first;
    const Hit* last;
    const Hit* begin() const { return first; }
    const Hit* end() const { return last; }
  };
  HitRange HitsOf(size_t pattern) const;
  bool HasHits() const { return !hits_.empty(); }

 private:
  void FindClauses();
  void FindHits();
  void MarkFillers();
  // The figure that holds `at`, or null.
  const Quantity* QuantityAt(size_t at) const;

  const Lexicon& lexicon_;
  const Text& text_;
  const Range range_;
  std::vector<Quantity> quantities_;
  std::vector<Range> clauses_;
  std::vector<Hit> hits_;     // by pattern, then by place
  std::vector<bool> filled_;  // by place in range_: part of a filler word
};

}  // namespace zhenhui::reporting::checker

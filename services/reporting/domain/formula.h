#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/status/status_macros.h"

// Formulas of metrics over base series: what a figure is made of. They are read once at start and evaluated
// at query time over whole numbers.
//
//   formula       = term { ( "+" | "-" ) term } ;
//   term          = [ integer "*" ] series  |  "villages_with" "(" series ")" ;
//   series        = name "." name ;
//   name          = lower { lower | digit | "_" } ;
//   integer       = digit { digit } ;                     (* 1 to 1,000,000 *)
//
// Spaces may stand between any two of these, not inside a name, an integer or a series. Examples:
//   mediation.success
//   penalty_simple.cases + penalty_ordinary.cases
//   2 * study_exam.due - study_exam.sat
//   villages_with(roster.legal_counsel)
// A series stands once in a formula; flows and stocks do not mix; villages_with takes a stock and stands
// alone, because a count of distinct villages is no sum that others could be added to.
namespace zhenhui::reporting {

// A flow is summed over a period; a stock is as of a period's last day.
enum class SeriesNature { kFlow, kStock };

enum class TermKind {
  kFlow,
  kStock,
  kDistinct,  // how many villages have a stock above zero
};

// Tells what a base series ("mediation.success", "roster.mediator") is, or why there is no such series: its
// error's message goes into the formula's.
using SeriesLookup = std::function<absl::StatusOr<SeriesNature>(std::string_view series)>;

struct FormulaTerm {
  int64_t coefficient = 1;  // -1,000,000 to 1,000,000, never 0
  std::string series;
  TermKind kind = TermKind::kFlow;

  friend bool operator==(const FormulaTerm&, const FormulaTerm&) = default;
};

// A formula whose series are resolved to ids. Immutable; thread-safe.
struct BoundFormula {
  struct Term {
    int64_t coefficient = 1;
    int series_id = 0;
    TermKind kind = TermKind::kFlow;
  };
  std::vector<Term> terms;

  // `value_of(const Term&) -> int64_t` gives the value of a term's series: the sum over the period, the stock
  // at its end, or the villages that have some. Allocates nothing. The caller's values must be so that the
  // sum fits 64 bits.
  template <typename ValueOf>
  int64_t Evaluate(ValueOf&& value_of) const {
    int64_t sum = 0;
    for (const Term& term : terms) sum += term.coefficient * static_cast<int64_t>(value_of(term));
    return sum;
  }
};

// Immutable after Parse; thread-safe.
class Formula {
 public:
  Formula() = default;  // of no terms: its value is 0

  // INVALID_ARGUMENT tells the position (from 1), what was expected there, or which series is unknown and
  // why.
  static absl::StatusOr<Formula> Parse(std::string_view text, const SeriesLookup& lookup);

  const std::vector<FormulaTerm>& terms() const { return terms_; }  // in the order of the text
  const std::string& text() const { return text_; }
  // The kind that all its terms have.
  TermKind kind() const { return terms_.empty() ? TermKind::kFlow : terms_.front().kind; }

  // True if both give the same sum, in whatever order their terms stand.
  bool SameSumAs(const Formula& other) const;

  // Resolves the series to ids: `id_of(std::string_view series) -> absl::StatusOr<int>`. The first error is
  // returned.
  template <typename IdOf>
  absl::StatusOr<BoundFormula> Bind(IdOf&& id_of) const {
    BoundFormula bound;
    bound.terms.reserve(terms_.size());
    for (const FormulaTerm& term : terms_) {
      ASSIGN_OR_RETURN(const int id, absl::StatusOr<int>(id_of(std::string_view(term.series))));
      bound.terms.push_back({term.coefficient, id, term.kind});
    }
    return bound;
  }

 private:
  std::string text_;
  std::vector<FormulaTerm> terms_;
};

// The sum of several formulas, like terms added up and terms of coefficient 0 left out, ordered by series.
std::vector<FormulaTerm> SumOf(const std::vector<const Formula*>& formulas);

}  // namespace zhenhui::reporting

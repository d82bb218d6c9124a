#include "services/reporting/domain/formula.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/json/object_reader.h"
#include "common/status/absl_view.h"

namespace zhenhui::reporting {
namespace {

constexpr int64_t kMaxCoefficient = 1'000'000;
constexpr std::string_view kVillagesWith = "villages_with";

bool IsWordByte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; }

bool IsSeries(std::string_view word) {
  const size_t dot = word.find('.');
  return dot != std::string_view::npos && json::IsCode(word.substr(0, dot)) &&
         json::IsCode(word.substr(dot + 1));
}

class Parser {
 public:
  Parser(std::string_view text, const SeriesLookup& lookup) : text_(text), lookup_(lookup) {}

  absl::StatusOr<std::vector<FormulaTerm>> Parse() {
    int64_t sign = 1;
    for (;;) {
      ASSIGN_OR_RETURN(FormulaTerm term, ParseTerm());
      term.coefficient *= sign;
      RETURN_IF_ERROR(CheckAgainstOthers(term));
      terms_.push_back(std::move(term));
      SkipSpaces();
      if (rest().empty()) return std::move(terms_);
      if (!Take('+') && !Take('-')) return Expected("'+', '-' or the end");
      sign = text_[at_ - 1] == '+' ? 1 : -1;
    }
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }

  void SkipSpaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool Take(char c) {
    SkipSpaces();
    if (!rest().starts_with(c)) return false;
    ++at_;
    return true;
  }

  // A run of letters, digits, '_' and '.': a series, an integer or the function's name.
  std::string_view TakeWord() {
    SkipSpaces();
    start_ = at_;
    while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
    return text_.substr(start_, at_ - start_);
  }

  absl::Status ErrorAt(size_t at, std::string_view problem) const {
    return absl::InvalidArgumentError(absl::StrCat("at position ", at + 1, ": ", Absl(problem)));
  }

  absl::Status Expected(std::string_view what) const {
    const bool ended = at_ >= text_.size();
    // A whole character, so that the message stays valid UTF-8.
    size_t length = ended ? 0 : 1;
    while (at_ + length < text_.size() && (text_[at_ + length] & 0xC0) == 0x80) ++length;
    const std::string found = ended ? "the end" : absl::StrCat("'", Absl(text_.substr(at_, length)), "'");
    return ErrorAt(at_, absl::StrCat("expected ", Absl(what), ", found ", found));
  }

  absl::StatusOr<FormulaTerm> ParseTerm() {
    FormulaTerm term;
    std::string_view word = TakeWord();
    if (word == kVillagesWith) return ParseVillagesWith();
    if (!word.empty() && word.front() >= '0' && word.front() <= '9') {
      if (!absl::SimpleAtoi(Absl(word), &term.coefficient) || term.coefficient < 1 ||
          term.coefficient > kMaxCoefficient) {
        return ErrorAt(start_,
                       absl::StrCat("'", Absl(word), "' is no whole number from 1 to ", kMaxCoefficient));
      }
      if (!Take('*')) return Expected("'*'");
      word = TakeWord();
    }
    ASSIGN_OR_RETURN(const SeriesNature nature, LookUp(word));
    term.series = std::string(word);
    term.kind = nature == SeriesNature::kFlow ? TermKind::kFlow : TermKind::kStock;
    return term;
  }

  absl::StatusOr<FormulaTerm> ParseVillagesWith() {
    if (!Take('(')) return Expected("'('");
    const std::string_view word = TakeWord();
    ASSIGN_OR_RETURN(const SeriesNature nature, LookUp(word));
    if (nature != SeriesNature::kStock) {
      return ErrorAt(start_, absl::StrCat("villages_with takes a stock; '", Absl(word), "' is a flow"));
    }
    if (!Take(')')) return Expected("')'");
    return FormulaTerm{1, std::string(word), TermKind::kDistinct};
  }

  absl::StatusOr<SeriesNature> LookUp(std::string_view word) const {
    if (word.empty()) return Expected("a series such as mediation.cases");
    if (!IsSeries(word)) {
      return ErrorAt(start_,
                     absl::StrCat("expected a series such as mediation.cases, found '", Absl(word), "'"));
    }
    absl::StatusOr<SeriesNature> nature = lookup_(word);
    if (!nature.ok()) {
      const absl::string_view why = nature.status().message();
      return ErrorAt(start_, {why.data(), why.size()});
    }
    return nature;
  }

  absl::Status CheckAgainstOthers(const FormulaTerm& term) const {
    for (const FormulaTerm& other : terms_) {
      if (other.kind == TermKind::kDistinct || term.kind == TermKind::kDistinct) {
        return ErrorAt(start_, "villages_with stands alone in a formula");
      }
      if (other.kind != term.kind) {
        return ErrorAt(start_, absl::StrCat("a formula does not mix flows and stocks: '", other.series,
                                            "' and '", term.series, "'"));
      }
      if (other.series == term.series)
        return ErrorAt(start_, absl::StrCat("'", term.series, "' stands twice"));
    }
    return absl::OkStatus();
  }

  const std::string_view text_;
  const SeriesLookup& lookup_;
  size_t at_ = 0;
  size_t start_ = 0;  // of the last word
  std::vector<FormulaTerm> terms_;
};

}  // namespace

absl::StatusOr<Formula> Formula::Parse(std::string_view text, const SeriesLookup& lookup) {
  Formula formula;
  ASSIGN_OR_RETURN(formula.terms_, Parser(text, lookup).Parse());
  formula.text_ = std::string(text);
  return formula;
}

bool Formula::SameSumAs(const Formula& other) const { return SumOf({this}) == SumOf({&other}); }

std::vector<FormulaTerm> SumOf(const std::vector<const Formula*>& formulas) {
  std::map<std::pair<std::string, TermKind>, int64_t> sums;
  for (const Formula* formula : formulas) {
    for (const FormulaTerm& term : formula->terms()) sums[{term.series, term.kind}] += term.coefficient;
  }
  std::vector<FormulaTerm> terms;
  for (const auto& [key, coefficient] : sums) {
    if (coefficient != 0) terms.push_back({coefficient, key.first, key.second});
  }
  return terms;
}

}  // namespace zhenhui::reporting

#include "services/reporting/domain/formula.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/reporting/domain/known_series.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;

const KnownSeries& Known() {
  static const KnownSeries known = [] {
    KnownSeries series;
    series.AddKind("mediation", {"cases", "success"});
    series.AddKind("penalty", {"cases", "fen"});
    return series;
  }();
  return known;
}

absl::StatusOr<Formula> Parse(std::string_view text) { return Formula::Parse(text, Known().Lookup()); }

FormulaTerm Flow(int64_t coefficient, const char* series) { return {coefficient, series, TermKind::kFlow}; }

TEST(FormulaTest, ATermIsASeriesWithACoefficient) {
  EXPECT_THAT(Parse("mediation.success").value().terms(), ElementsAre(Flow(1, "mediation.success")));
  EXPECT_THAT(Parse("3 * penalty.fen").value().terms(), ElementsAre(Flow(3, "penalty.fen")));
  EXPECT_THAT(Parse("1000000*penalty.fen").value().terms(), ElementsAre(Flow(1000000, "penalty.fen")));
}

TEST(FormulaTest, TermsAreAddedAndTakenAway) {
  const Formula formula = Parse("mediation.cases + 2 * penalty.cases - mediation.success").value();
  EXPECT_THAT(formula.terms(), ElementsAre(Flow(1, "mediation.cases"), Flow(2, "penalty.cases"),
                                           Flow(-1, "mediation.success")));
  EXPECT_EQ(formula.kind(), TermKind::kFlow);
}

TEST(FormulaTest, SpacesDoNotMatter) {
  for (const char* text :
       {"mediation.cases+2*penalty.cases", "  mediation.cases  +  2  *  penalty.cases  "}) {
    EXPECT_THAT(Parse(text).value().terms(),
                ElementsAre(Flow(1, "mediation.cases"), Flow(2, "penalty.cases")))
        << text;
  }
}

TEST(FormulaTest, StocksAndCountsOfVillagesAreTold) {
  EXPECT_EQ(Parse("roster.mediator").value().kind(), TermKind::kStock);
  EXPECT_EQ(Parse("register.villages").value().kind(), TermKind::kStock);
  for (const char* text :
       {"villages_with(roster.legal_counsel)", " villages_with ( roster.legal_counsel ) "}) {
    EXPECT_THAT(Parse(text).value().terms(),
                ElementsAre(FormulaTerm{1, "roster.legal_counsel", TermKind::kDistinct}));
  }
}

TEST(FormulaTest, ABadFormulaIsRefusedWithThePlaceAndWhatWasExpected) {
  struct Case {
    const char* text;
    const char* error;
  };
  const Case cases[] = {
      {"", "at position 1: expected a series such as mediation.cases, found the end"},
      {"   ", "at position 4: expected a series such as mediation.cases, found the end"},
      {"mediation.cases +", "at position 18: expected a series such as mediation.cases, found the end"},
      {"+ mediation.cases", "at position 1: expected a series such as mediation.cases, found '+'"},
      {"- mediation.cases", "at position 1: expected a series such as mediation.cases, found '-'"},
      {"mediation.cases penalty.cases", "at position 17: expected '+', '-' or the end, found 'p'"},
      {"mediation.cases * 2", "at position 17: expected '+', '-' or the end, found '*'"},
      {"mediation.cases ÷ penalty.cases", "at position 17: expected '+', '-' or the end, found '÷'"},
      {"mediation.cases / penalty.cases", "expected '+', '-' or the end, found '/'"},
      {"mediation", "at position 1: expected a series such as mediation.cases, found 'mediation'"},
      {"mediation.", "expected a series such as mediation.cases, found 'mediation.'"},
      {".cases", "expected a series such as mediation.cases, found '.cases'"},
      {"mediation.cases.x", "expected a series such as mediation.cases, found 'mediation.cases.x'"},
      {"mediation .cases", "expected a series such as mediation.cases, found 'mediation'"},
      {"Mediation.cases", "at position 1: expected a series such as mediation.cases, found 'M'"},
      {"2 mediation.cases", "at position 3: expected '*', found 'm'"},
      {"2 * 3", "at position 5: expected a series such as mediation.cases, found '3'"},
      {"0 * mediation.cases", "at position 1: '0' is no whole number from 1 to 1000000"},
      {"1000001 * mediation.cases", "'1000001' is no whole number"},
      {"99999999999999999999 * mediation.cases", "'99999999999999999999' is no whole number"},
      {"1.5 * mediation.cases", "'1.5' is no whole number"},
      {"(mediation.cases)", "at position 1: expected a series such as mediation.cases, found '('"},
      {"mediashun.cases", "at position 1: unknown kind 'mediashun'"},
      {"penalty.cases + mediation.sucess",
       "at position 17: kind 'mediation' has no measure 'sucess'; it has cases, success"},
      {"roster.lawyer", "at position 1: the roster has no 'lawyer'; it has legal_counsel"},
      {"register.towns", "the register has no 'towns'; it has villages, residents"},
      {"mediation.cases + mediation.cases", "at position 19: 'mediation.cases' stands twice"},
      {"mediation.cases - mediation.cases", "'mediation.cases' stands twice"},
      {"mediation.cases + roster.mediator",
       "at position 19: a formula does not mix flows and stocks: 'mediation.cases' and 'roster.mediator'"},
      {"villages_with roster.mediator", "at position 15: expected '(', found 'r'"},
      {"villages_with(", "at position 15: expected a series such as mediation.cases, found the end"},
      {"villages_with(roster.mediator", "at position 30: expected ')', found the end"},
      {"villages_with(mediation.cases)",
       "at position 15: villages_with takes a stock; 'mediation.cases' is a flow"},
      {"2 * villages_with(roster.mediator)",
       "expected a series such as mediation.cases, found 'villages_with'"},
      {"villages_with(roster.mediator) + register.villages", "villages_with stands alone in a formula"},
      {"register.villages - villages_with(roster.mediator)", "villages_with stands alone in a formula"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Parse(c.text), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.error))) << c.text;
  }
}

TEST(FormulaTest, FormulasOfTheSameSumAreEqualInAnyOrder) {
  EXPECT_TRUE(Parse("mediation.cases + penalty.cases")
                  .value()
                  .SameSumAs(Parse("penalty.cases + mediation.cases").value()));
  EXPECT_FALSE(Parse("mediation.cases").value().SameSumAs(Parse("2 * mediation.cases").value()));
  EXPECT_FALSE(Parse("roster.mediator").value().SameSumAs(Parse("villages_with(roster.mediator)").value()));
}

TEST(FormulaTest, LikeTermsOfASumAreAddedUp) {
  const Formula cases = Parse("mediation.cases + penalty.cases").value();
  const Formula others = Parse("penalty.fen - penalty.cases").value();
  EXPECT_THAT(SumOf({&cases, &others}), ElementsAre(Flow(1, "mediation.cases"), Flow(1, "penalty.fen")));
  EXPECT_THAT(SumOf({}), IsEmpty());
}

TEST(FormulaTest, ABoundFormulaAddsUpWhatItsSeriesAreWorth) {
  const Formula formula = Parse("mediation.cases + 2 * penalty.cases - mediation.success").value();
  const std::map<std::string, int, std::less<>> ids = {
      {"mediation.cases", 7}, {"penalty.cases", 8}, {"mediation.success", 9}};
  const auto bound = formula.Bind([&](std::string_view series) { return ids.find(series)->second; });
  ASSERT_THAT(bound, IsOk());
  const std::map<int, int64_t> values = {{7, 100}, {8, 10}, {9, 1'000'000'000'000}};
  EXPECT_EQ(bound->Evaluate([&](const BoundFormula::Term& term) { return values.at(term.series_id); }),
            120 - 1'000'000'000'000);
}

TEST(FormulaTest, BindingPassesTheResolversErrorOn) {
  const auto bound = Parse("mediation.cases").value().Bind([](std::string_view) -> absl::StatusOr<int> {
    return absl::NotFoundError("no such series in the cube");
  });
  EXPECT_THAT(bound, StatusIs(absl::StatusCode::kNotFound, "no such series in the cube"));
}

TEST(KnownSeriesTest, ListsEverySeriesThatItFinds) {
  const std::vector<std::string> all = Known().All();
  EXPECT_EQ(all.size(), 4u + 7u + 2u);
  for (const std::string& series : all) EXPECT_THAT(Known().Find(series), IsOk()) << series;
  EXPECT_THAT(Known().Find("mediation"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace zhenhui::reporting

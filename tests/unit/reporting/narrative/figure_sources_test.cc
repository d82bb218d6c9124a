#include "services/reporting/narrative/figure_sources.h"

#include <gmock/gmock.h>

#include <memory>
#include <utility>

#include "services/reporting/narrative/narrative_year.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting::narrative {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::ConfirmedMonths;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

constexpr char kTown[] = "630106101";
const Period kYear2024{Date(2024, 1, 1), Date(2024, 12, 31)};

class FigureSourcesTest : public ::testing::Test {
 protected:
  FigureSourcesTest() {
    records_ = {TownshipFacts{"示例镇", 1, {}},
                VillageFacts{small_.Member("630106101201"), "示例一村", {}},
                small_.Activity("lecture", Date(2024, 3, 5), "", {{"occurrences", 4}}),
                small_.Activity("lecture", Date(2024, 8, 5), "", {{"occurrences", 2}}),
                small_.Activity("mediation", Date(2024, 3, 5), "", {{"cases", 3}, {"success", 2}}),
                small_.Activity("penalty", Date(2024, 3, 5), "", {{"fen", 123450}}),
                small_.Counsel({"630106101201"}, {Date(2024, 1, 1), Date(2024, 6, 30)})};
    for (Facts& month : ConfirmedMonths(Date(2024, 1, 1), Date(2024, 12, 1)))
      records_.push_back(std::move(month));
    cube_.Load(kTown, small_.Town(kTown, records_).state);
  }
  FigureSources::Opened Open(FigureSources& sources) {
    auto opened = sources.Open(kTown, 2024, absl::InfiniteFuture());
    EXPECT_THAT(opened, IsOk());
    return *std::move(opened);
  }

  zhenhui::testing::SmallCatalogue small_;
  zhenhui::testing::FakeClock clock_{Date(2025, 1, 15)};
  std::vector<Facts> records_;
  Cube cube_{small_.vocabulary};
  OpenFigures open_{cube_, *small_.plans, clock_};
};

TEST_F(FigureSourcesTest, FiguresAreExactInTheUnitThatIsPrinted) {
  const auto opened = Open(open_);
  const struct {
    const char* metric;
    Rational value;
    const char* decimal;
  } cases[] = {
      {"lectures", Rational(6, 1), "6"},
      {"fines", Rational(123450, 100), "1234.50"},  // fen, printed in yuan
      {"rate", Rational(200, 3), "66.67"},          // per cent, not rounded
      {"density", Rational(0, 1), "0.00"},          // nobody is left on 31 December
      {"counsels", Rational(0, 1), "0"},
  };
  for (const auto& c : cases) {
    const auto figure = opened.figures->FigureOf(c.metric, kYear2024);
    ASSERT_TRUE(figure) << c.metric;
    EXPECT_EQ(figure->value, c.value) << c.metric;
    EXPECT_EQ(figure->decimal, c.decimal) << c.metric;
    EXPECT_EQ(opened.figures->Lookup(c.metric, kYear2024).value, c.value) << c.metric;
  }
}

TEST_F(FigureSourcesTest, WhatDoesNotExistIsNotReported) {
  const auto opened = Open(open_);
  EXPECT_EQ(opened.figures->Lookup("no_such_metric", kYear2024).state, FigureState::kNotReported);
  const Period before{Date(2023, 1, 1), Date(2023, 12, 31)};
  EXPECT_EQ(opened.figures->Lookup("lectures", before).state, FigureState::kNotReported);
  EXPECT_EQ(opened.figures->Lookup("audience", kYear2024).state, FigureState::kConfirmedZero);
  const Period backwards{Date(2024, 12, 31), Date(2024, 1, 1)};
  EXPECT_EQ(opened.figures->Lookup("lectures", backwards).state, FigureState::kNotReported);
  EXPECT_THAT(open_.Open("630106999", 2024, absl::InfiniteFuture()), HasReason("TOWNSHIP_NOT_FOUND"));
}

TEST_F(FigureSourcesTest, NamesOfPlacesComeFromTheRegister) {
  const auto opened = Open(open_);
  EXPECT_EQ(opened.town_name_zh, "示例镇");
  EXPECT_THAT(opened.place_names, ElementsAre("示例镇", "示例一村"));
}

TEST_F(FigureSourcesTest, PartsOfACertifiedYearAreThoseOfItsMonths) {
  const auto year =
      BuildDistrictYear(small_.vocabulary, *small_.plans, std::vector<TownView>{small_.Town(kTown, records_)},
                        "630106", "示例区", 2024);
  ASSERT_THAT(year, IsOk());
  const auto value = [&](const char* metric, Date from, Date to) -> std::string {
    const auto figure = CertifiedFigure(*year, kTown, metric, {from, to});
    if (!figure) return "none";
    return figure->decimal.empty() ? "no value" : figure->decimal;
  };
  EXPECT_EQ(value("lectures", Date(2024, 1, 1), Date(2024, 12, 31)), "6");
  EXPECT_EQ(value("lectures", Date(2024, 1, 1), Date(2024, 3, 31)), "4");
  EXPECT_EQ(value("lectures", Date(2024, 2, 1), Date(2024, 11, 30)), "6");  // no period of the certificate
  EXPECT_EQ(value("lectures", Date(2024, 4, 1), Date(2024, 7, 31)), "0");
  EXPECT_EQ(value("lectures", Date(2024, 1, 2), Date(2024, 12, 31)), "none");
  EXPECT_EQ(value("lectures", Date(2023, 1, 1), Date(2023, 12, 31)), "none");
  EXPECT_EQ(value("counsels", Date(2024, 1, 1), Date(2024, 5, 31)), "1");
  EXPECT_EQ(value("counsels", Date(2024, 1, 1), Date(2024, 10, 31)), "0");
  EXPECT_EQ(value("rate", Date(2024, 1, 1), Date(2024, 3, 31)), "66.67");
  EXPECT_EQ(value("rate", Date(2024, 2, 1), Date(2024, 3, 31)), "none");
  EXPECT_EQ(value("fines", Date(2024, 2, 1), Date(2024, 4, 30)), "1234.50");
  EXPECT_EQ(value("nothing", Date(2024, 1, 1), Date(2024, 12, 31)), "none");
}

TEST_F(FigureSourcesTest, AClosedYearIsHeldAgainstWhatWasCertified) {
  const auto year =
      BuildDistrictYear(small_.vocabulary, *small_.plans, std::vector<TownView>{small_.Town(kTown, records_)},
                        "630106", "示例区", 2024);
  ASSERT_THAT(year, IsOk());
  const auto certified = std::make_shared<const DistrictYear>(*year);
  bool closed = true;
  ClosedOrOpenFigures figures(
      [&](const std::string& district, int asked,
          absl::Time) -> absl::StatusOr<std::optional<CertifiedYear>> {
        EXPECT_EQ(district, "630106");
        if (!closed || asked != 2024) return std::nullopt;
        return CertifiedYear{certified, "abc"};
      },
      open_);
  records_.push_back(small_.Activity("lecture", Date(2024, 9, 5), "", {{"occurrences", 10}}));
  cube_.Load(kTown, small_.Town(kTown, records_).state);
  const auto then = Open(figures);
  EXPECT_EQ(then.figures->FigureOf("lectures", kYear2024)->decimal, "6");
  EXPECT_THAT(then.figures->AsOf().zh, ::testing::HasSubstr("abc"));
  // Days that are no whole months are not in the certificate.
  EXPECT_EQ(then.figures->FigureOf("lectures", {Date(2024, 1, 2), Date(2024, 12, 31)})->decimal, "16");
  closed = false;
  EXPECT_EQ(Open(figures).figures->FigureOf("lectures", kYear2024)->decimal, "16");
}

}  // namespace
}  // namespace zhenhui::reporting::narrative

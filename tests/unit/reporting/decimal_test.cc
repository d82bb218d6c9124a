#include "services/reporting/domain/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "services/reporting/domain/gini.h"
#include "services/reporting/domain/rational.h"

namespace zhenhui::reporting {
namespace {

constexpr Int128 kHuge = static_cast<Int128>(1'000'000'000'000'000'000) * 1'000'000'000;

TEST(DecimalTest, RoundsHalfUpByMagnitudeAndNeverPrintsMinusZero) {
  const struct {
    Int128 numerator;
    Int128 denominator;
    int places;
    const char* text;
  } cases[] = {
      {43, 1, 0, "43"},
      {0, 5, 2, "0.00"},
      {123450, 100, 2, "1234.50"},
      {1, 8, 2, "0.13"},
      {-1, 8, 2, "-0.13"},
      {1, 3, 2, "0.33"},
      {2, 3, 2, "0.67"},
      {999, 1000, 2, "1.00"},
      {-1, 1000, 2, "0.00"},
      {-999, 1000, 2, "-1.00"},
      {5, 1000, 2, "0.01"},
      {4, 1000, 2, "0.00"},
      {5, 2, 0, "3"},
      {-5, 2, 0, "-3"},
      {1, 40000, 4, "0.0000"},
      {1, 20000, 4, "0.0001"},
      {INT64_MIN, 1, 0, "-9223372036854775808"},
      {INT64_MAX, 1, 2, "9223372036854775807.00"},
      {INT64_MAX / 2 / 100, 1, 2, "46116860184273879.00"},
      {INT64_MAX / 2 / 100 + 1, 1, 2, "46116860184273880.00"},
      {INT64_MAX / 2, INT64_MAX / 2, 6, "1.000000"},
      {INT64_MAX / 2, INT64_MAX, 2, "0.50"},
      {kHuge, 1, 0, "1000000000000000000000000000"},
      {kHuge * 2 + 1, kHuge, 2, "2.00"},
      {kHuge / 8, kHuge, 2, "0.13"},
  };
  for (const auto& c : cases) EXPECT_EQ(FormatQuotient(c.numerator, c.denominator, c.places), c.text);
}

TEST(DecimalTest, AnEmptyOneHasNoText) {
  EXPECT_TRUE(Decimal().empty());
  EXPECT_EQ(Decimal().Text(), "");
  EXPECT_FALSE(Decimal::Quotient(0, 1, 0).empty());
}

TEST(DecimalTest, TheLongestTextFitsItsRoom) {
  const Int128 least = -static_cast<Int128>(~Uint128{0} >> 1) - 1;
  EXPECT_EQ(FormatQuotient(least, 1, 6), "-170141183460469231731687303715884105728.000000");
  EXPECT_LE(FormatQuotient(least, 1, 6).size(), Decimal::kLongest);
}

TEST(RationalTest, ComparesWhereProductsDoNotFit) {
  const Rational a(kHuge * 1000 + 1, kHuge);
  const Rational b(kHuge * 1000 + 2, kHuge + 1);
  EXPECT_LT(b, a);
  EXPECT_FALSE(a < b);
  EXPECT_EQ(Rational(kHuge * 2, kHuge * 4), Rational(kHuge * 3, kHuge * 6));
  EXPECT_LT(Rational(-kHuge * 3, kHuge * 4 + 1), Rational(-kHuge * 2, kHuge * 4));
  EXPECT_LT(Rational(-1, 2), Rational(1, 3));
}

TEST(RationalTest, ReducesBeforeItOverflowsAndSaysWhenItDoes) {
  const Rational a(kHuge, kHuge * 3);
  EXPECT_EQ(a + a, Rational(2, 3));
  EXPECT_EQ(a - Rational(kHuge, kHuge * 6), Rational(1, 6));
  EXPECT_EQ(a * Rational(kHuge * 3, kHuge), Rational(1, 1));
  EXPECT_EQ(Rational(1, 2) / Rational(3, 4), Rational(2, 3));
  const Rational lost = Rational(1, kHuge * 7) * Rational(1, kHuge * 11) * Rational(1, kHuge * 13);
  EXPECT_TRUE(lost.overflown());
  EXPECT_TRUE((lost + Rational(1, 1)).overflown());
}

TEST(GiniTest, KnownCasesAndThoseWithoutOne) {
  const struct {
    std::vector<Rational> ascending;
    std::optional<int> gini;
  } cases[] = {
      {{}, std::nullopt},
      {{{5, 1}}, std::nullopt},
      {{{0, 1}, {0, 3}}, std::nullopt},
      {{{-1, 1}, {4, 1}}, std::nullopt},
      {{{7, 1}, {7, 1}, {7, 1}}, 0},
      {{{0, 1}, {10, 1}}, 5000},
      {{{0, 1}, {0, 1}, {0, 1}, {10, 1}}, 7500},
      {{{1, 1}, {2, 1}, {3, 1}, {4, 1}}, 2500},
      {{{1, 3}, {1, 2}}, 1000},
      {{{1, 1}, {1, 1}, {2, 1}}, 1667},
  };
  for (const auto& c : cases) EXPECT_EQ(GiniTenThousandths(c.ascending), c.gini);
}

TEST(GiniTest, TheThreeWaysAgreeAndBoundsAbstainWhereTheyRoundApart) {
  const std::vector<Rational> sevenths = {{1, 7}, {2, 7}, {5, 7}, {9, 7}};
  EXPECT_EQ(gini_internal::ByCommonDenominator(sevenths), gini_internal::ByBigNumbers(sevenths));
  EXPECT_EQ(gini_internal::ByBounds(sevenths), gini_internal::ByBigNumbers(sevenths));

  // G is 1/20000 exactly, a tie that no bounds can settle: (b - a) / (2 (a + b)) of 9999/7 and 10001/7.
  const std::vector<Rational> tie = {{9999, 7}, {10001, 7}};
  EXPECT_EQ(gini_internal::ByBounds(tie), std::nullopt);
  EXPECT_EQ(gini_internal::ByBigNumbers(tie), 1);
  EXPECT_EQ(GiniTenThousandths(tie), 1);

  // Populations: their common denominator is beyond 128 bits.
  std::vector<Rational> residents;
  for (int i = 0; i < 30; ++i) residents.emplace_back(10'000 * (i + 1), 30'011 + 2 * i);
  EXPECT_EQ(gini_internal::ByCommonDenominator(residents), std::nullopt);
  ASSERT_TRUE(gini_internal::ByBounds(residents).has_value());
  EXPECT_EQ(gini_internal::ByBounds(residents), gini_internal::ByBigNumbers(residents));
}

}  // namespace
}  // namespace zhenhui::reporting

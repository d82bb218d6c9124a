#include "common/time/year_before.h"

#include <gtest/gtest.h>

namespace zhenhui {
namespace {

TEST(YearBeforeTest, WholeMonthsStayWholeAndAnother29thOfFebruaryBecomesThe28th) {
  const struct {
    Period period;
    Period before;
  } cases[] = {
      {{Date(2024, 3, 5), Date(2024, 11, 20)}, {Date(2023, 3, 5), Date(2023, 11, 20)}},
      {{Date(2024, 1, 1), Date(2024, 12, 31)}, {Date(2023, 1, 1), Date(2023, 12, 31)}},
      {{Date(2024, 2, 29), Date(2024, 2, 29)}, {Date(2023, 2, 28), Date(2023, 2, 28)}},
      {{Date(2024, 2, 29), Date(2024, 12, 31)}, {Date(2023, 2, 28), Date(2023, 12, 31)}},
      {{Date(2024, 2, 1), Date(2024, 2, 29)}, {Date(2023, 2, 1), Date(2023, 2, 28)}},
      {{Date(2025, 2, 1), Date(2025, 2, 28)}, {Date(2024, 2, 1), Date(2024, 2, 29)}},
      {{Date(2025, 1, 1), Date(2025, 2, 28)}, {Date(2024, 1, 1), Date(2024, 2, 29)}},
      {{Date(2024, 1, 1), Date(2024, 2, 28)}, {Date(2023, 1, 1), Date(2023, 2, 28)}},
      {{Date(2025, 2, 2), Date(2025, 2, 28)}, {Date(2024, 2, 2), Date(2024, 2, 28)}},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(YearBefore(each.period), each.before)
        << FormatDate(each.period.begin) << "~" << FormatDate(each.period.end);
  }
}

}  // namespace
}  // namespace zhenhui

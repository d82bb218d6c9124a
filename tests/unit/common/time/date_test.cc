#include "common/time/date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/time/clock.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui {
namespace {

using testing::HasReason;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(DateTest, RealDaysAreRead) {
  EXPECT_THAT(ParseDate("2024-03-05"), IsOkAndHolds(Date(2024, 3, 5)));
  EXPECT_THAT(ParseDate("2024-02-29"), IsOkAndHolds(Date(2024, 2, 29)));
  EXPECT_THAT(ParseDate("0001-01-01"), IsOkAndHolds(Date(1, 1, 1)));
  EXPECT_THAT(ParseDate("9999-12-31"), IsOkAndHolds(Date(9999, 12, 31)));
}

class MalformedDateTest : public ::testing::TestWithParam<std::string> {};

TEST_P(MalformedDateTest, IsRefused) {
  EXPECT_THAT(ParseDate(GetParam()), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseDate(GetParam()), HasReason("MALFORMED_DATE"));
}

INSTANTIATE_TEST_SUITE_P(Table, MalformedDateTest,
                         ::testing::Values("", "2024", "2024-3-5", "2024-02-30", "2023-02-29", "1900-02-29",
                                           "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32",
                                           "0000-01-01", "2024/03/05", "2024-03-05 ", " 2024-03-05",
                                           "2024-03-5x", "+024-03-05", "-024-03-05", "2024-03-0５",
                                           "2024-03-05T00:00:00Z", std::string("2024-03-0\0", 10)));

TEST(DateTest, WritingIsTheInverseOfReading) {
  for (Date date(1999, 12, 1); date < Date(2025, 2, 1); date += 1) {
    ASSERT_THAT(ParseDate(FormatDate(date)), IsOkAndHolds(date));
    ASSERT_EQ(FromEpochDays(ToEpochDays(date)), date);
  }
  EXPECT_EQ(FormatDate(Date(987, 6, 5)), "0987-06-05");
}

TEST(DateTest, EpochDaysCountFrom1970) {
  EXPECT_EQ(ToEpochDays(Date(1970, 1, 1)), 0);
  EXPECT_EQ(ToEpochDays(Date(1969, 12, 31)), -1);
  EXPECT_EQ(ToEpochDays(Date(2024, 1, 1)), 19723);
}

TEST(PeriodTest, BothEndsAreInside) {
  const Period march{Date(2024, 3, 1), Date(2024, 3, 31)};
  EXPECT_EQ(march.Days(), 31);
  EXPECT_TRUE(march.Contains(Date(2024, 3, 1)));
  EXPECT_TRUE(march.Contains(Date(2024, 3, 31)));
  EXPECT_FALSE(march.Contains(Date(2024, 2, 29)));
  EXPECT_FALSE(march.Contains(Date(2024, 4, 1)));
  EXPECT_EQ((Period{Date(2024, 3, 2), Date(2024, 3, 1)}).Days(), 0);
}

TEST(BucketTest, StartsAndNextStartsAtTheirEdges) {
  struct Case {
    Date date;
    Bucket bucket;
    Date start;
    Date next;
  };
  const Case cases[] = {
      {Date(2024, 2, 29), Bucket::kDay, Date(2024, 2, 29), Date(2024, 3, 1)},
      {Date(2024, 1, 1), Bucket::kWeek, Date(2024, 1, 1), Date(2024, 1, 8)},      // a Monday
      {Date(2023, 12, 31), Bucket::kWeek, Date(2023, 12, 25), Date(2024, 1, 1)},  // a Sunday
      {Date(2024, 12, 31), Bucket::kWeek, Date(2024, 12, 30), Date(2025, 1, 6)},  // week 1 of 2025
      {Date(2024, 12, 31), Bucket::kMonth, Date(2024, 12, 1), Date(2025, 1, 1)},
      {Date(2024, 2, 1), Bucket::kMonth, Date(2024, 2, 1), Date(2024, 3, 1)},
      {Date(2024, 3, 31), Bucket::kQuarter, Date(2024, 1, 1), Date(2024, 4, 1)},
      {Date(2024, 10, 1), Bucket::kQuarter, Date(2024, 10, 1), Date(2025, 1, 1)},
      {Date(2024, 12, 31), Bucket::kYear, Date(2024, 1, 1), Date(2025, 1, 1)},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(FormatDate(c.date) + " " + std::string(BucketName(c.bucket)));
    EXPECT_EQ(BucketStart(c.date, c.bucket), c.start);
    EXPECT_EQ(NextBucket(c.date, c.bucket), c.next);
    EXPECT_EQ(BucketOf(c.date, c.bucket), (Period{c.start, c.next - 1}));
  }
}

TEST(BucketTest, BucketsTileTheCalendar) {
  for (const Bucket bucket : {Bucket::kDay, Bucket::kWeek, Bucket::kMonth, Bucket::kQuarter, Bucket::kYear}) {
    for (Date date(2019, 12, 20); date < Date(2022, 1, 10); date += 1) {
      const Period whole = BucketOf(date, bucket);
      ASSERT_TRUE(whole.Contains(date));
      ASSERT_EQ(BucketStart(whole.end, bucket), whole.begin);
      ASSERT_EQ(BucketStart(whole.end + 1, bucket), whole.end + 1);
    }
  }
}

TEST(BucketTest, NamesAreReadBack) {
  for (const Bucket bucket : {Bucket::kDay, Bucket::kWeek, Bucket::kMonth, Bucket::kQuarter, Bucket::kYear}) {
    EXPECT_EQ(ParseBucket(BucketName(bucket)), bucket);
  }
  EXPECT_EQ(ParseBucket("Month"), std::nullopt);
  EXPECT_EQ(ParseBucket(""), std::nullopt);
}

TEST(ClockTest, TheDayChangesAtMidnightInChina) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  EXPECT_EQ(DateInChina(absl::FromCivil(absl::CivilSecond(2024, 3, 5, 15, 59, 59), utc)), Date(2024, 3, 5));
  EXPECT_EQ(DateInChina(absl::FromCivil(absl::CivilSecond(2024, 3, 5, 16, 0, 0), utc)), Date(2024, 3, 6));
}

TEST(ClockTest, TheFakeClockMovesOnlyWhenTold) {
  testing::FakeClock clock(Date(2024, 12, 31));
  EXPECT_EQ(clock.Today(), Date(2024, 12, 31));
  clock.Advance(absl::Hours(12));
  EXPECT_EQ(clock.Today(), Date(2025, 1, 1));
  EXPECT_EQ(clock.Now(), clock.Now());
}

TEST(ClockTest, TheSystemClockMoves) {
  const SystemClock clock;
  const absl::Time before = clock.Now();
  EXPECT_GE(clock.Now(), before);
  EXPECT_GT(clock.Today(), Date(2024, 1, 1));
}

}  // namespace
}  // namespace zhenhui

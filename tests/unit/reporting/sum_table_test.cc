#include "services/reporting/domain/sum_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <vector>

namespace zhenhui::reporting {
namespace {

using Cells = std::map<SumTable::Key, int64_t>;

int64_t NaiveSum(const Cells& cells, MemberId member, int32_t begin, int32_t end) {
  int64_t sum = 0;
  for (const auto& [key, value] : cells) {
    const bool inside = begin <= SumTable::DayOf(key) && SumTable::DayOf(key) <= end;
    if (SumTable::MemberOf(key) == member && inside) sum += value;
  }
  return sum;
}

SumTable TableOf(const Cells& cells) {
  return SumTable(std::vector<SumTable::Delta>(cells.begin(), cells.end()));
}

// Even and uneven in time, of one member and of several: whatever the search guesses, it must find the place.
TEST(SumTableTest, EveryRangeOfEveryShapeSumsAsANaiveLoopDoes) {
  const std::vector<std::vector<int32_t>> shapes = {
      {},
      {5},
      {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25},
      {-719162, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 2932896},
      {1,    2,    4,    8,    16,    32,    64,    128,    256,    512,
       1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288}};
  for (const auto& days : shapes) {
    for (const MemberId members : {1u, 3u}) {
      Cells cells;
      for (MemberId member = 0; member < members; ++member) {
        for (const int32_t day : days)
          cells[SumTable::MakeKey(member, day)] = day % 7 - 2 == 0 ? 9 : day % 7 - 2;
      }
      const SumTable table = TableOf(cells);
      std::vector<int32_t> edges = {-800000, 0, 3000000};
      for (const int32_t day : days) edges.insert(edges.end(), {day - 1, day, day + 1});
      for (const int32_t begin : edges) {
        for (const int32_t end : edges) {
          ASSERT_EQ(table.Sum(members - 1, begin, end), NaiveSum(cells, members - 1, begin, end));
        }
        ASSERT_EQ(table.UpTo(members - 1, begin), NaiveSum(cells, members - 1, INT32_MIN, begin));
      }
    }
  }
}

RC_GTEST_PROP(SumTableProperty, AddingDeltasEqualsATableOfTheSums, ()) {
  Cells before, deltas, after;
  for (Cells* cells : {&before, &deltas}) {
    for (int i = *rc::gen::inRange(0, 80); i > 0; --i) {
      (*cells)[SumTable::MakeKey(static_cast<MemberId>(*rc::gen::inRange(0, 3)),
                                 *rc::gen::inRange(-50, 50))] = *rc::gen::inRange(-2, 3);
    }
  }
  after = before;
  for (const auto& [key, amount] : deltas) after[key] += amount;
  std::erase_if(after, [](const auto& cell) { return cell.second == 0; });
  const SumTable table = TableOf(before).Plus(std::vector<SumTable::Delta>(deltas.begin(), deltas.end()));
  RC_ASSERT(table.size() == after.size());
  size_t i = 0;
  for (const auto& [key, value] : after) {
    RC_ASSERT(table.key(i) == key);
    RC_ASSERT(table.value(i++) == value);
  }
  const int begin = *rc::gen::inRange(-60, 60);
  const int end = *rc::gen::inRange(-60, 60);
  for (MemberId member = 0; member < 4; ++member) {
    RC_ASSERT(table.Sum(member, begin, end) == NaiveSum(after, member, begin, end));
  }
}

// Intermediate overflow is harmless: what the sum ends at is right.
TEST(SumTableTest, SumsThatPassTheLimitAndComeBackAreRight) {
  const SumTable::Key key = SumTable::MakeKey(0, 1);
  const std::vector<SumTable::Delta> twice = {{key, INT64_MAX}, {key, INT64_MAX}};
  const std::vector<SumTable::Delta> back = {{key, -INT64_MAX}};
  EXPECT_EQ(SumTable().Plus(twice).Plus(back).At(0, 1), INT64_MAX);
}

TEST(SumTableTest, TheLastDayBeforeADayIsOfTheMemberAlone) {
  const std::vector<SumTable::Delta> cells = {
      {SumTable::MakeKey(1, 10), 2}, {SumTable::MakeKey(1, 20), 1}, {SumTable::MakeKey(2, -5), 1}};
  const SumTable table(cells);
  EXPECT_EQ(table.LastDayBefore(1, 10), std::nullopt);
  EXPECT_EQ(table.LastDayBefore(1, 11), 10);
  EXPECT_EQ(table.LastDayBefore(1, 1000), 20);
  EXPECT_EQ(table.LastDayBefore(2, -5), std::nullopt);
  EXPECT_EQ(table.LastDayBefore(2, 0), -5);
  EXPECT_EQ(table.LastDayBefore(3, 1000), std::nullopt);
  EXPECT_EQ(SumTable().LastDayBefore(1, 1000), std::nullopt);
}

}  // namespace
}  // namespace zhenhui::reporting

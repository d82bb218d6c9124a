#include "services/reporting/domain/cube.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "services/reporting/domain/verify.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::IsEmpty;
using testing::IsOk;

constexpr const char* kTown = "630106101";
const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

class CubeTest : public ::testing::Test {
 protected:
  Change Lecture(int64_t revision, int64_t attendances = 10) {
    return {revision, std::monostate{},
            small_.Activity("lecture", Date(2024, 3, 5), "", {{"attendances", attendances}})};
  }
  absl::Status Apply(std::vector<Change> changes, std::string_view town = kTown) {
    return cube_.Apply(town, Feed::kActivities, changes, kNow);
  }
  int64_t Lectures(std::string_view town = kTown) {
    const SeriesId series = small_.vocabulary.Series("lecture.occurrences");
    return (*cube_.Snapshot(town))->Cells(Grain::kTown, series).UpTo(kNoMember, INT32_MAX);
  }
  testing::SmallCatalogue small_;
  Cube cube_{small_.vocabulary};
};

TEST_F(CubeTest, ARevisionThatIsAlreadyInChangesNothing) {
  ASSERT_THAT(Apply({Lecture(1), Lecture(2)}), IsOk());
  const TownStatePtr before = *cube_.Snapshot(kTown);
  ASSERT_THAT(Apply({Lecture(1), Lecture(2)}), IsOk());
  EXPECT_EQ(*cube_.Snapshot(kTown), before);
  ASSERT_THAT(Apply({Lecture(2), Lecture(3)}), IsOk());
  EXPECT_EQ(Lectures(), 3);
}

TEST_F(CubeTest, AGapIsRefusedWholeAndLeavesNothingDirty) {
  EXPECT_THAT(Apply({Lecture(2)}), HasReason("FEED_GAP"));
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  cube_.Flushed(*cube_.TakeDirty(kTown));
  EXPECT_THAT(Apply({Lecture(2), Lecture(4)}), HasReason("FEED_GAP"));
  EXPECT_EQ(Lectures(), 1);
  EXPECT_FALSE(cube_.TakeDirty(kTown).has_value());
}

TEST_F(CubeTest, UntouchedSeriesAreSharedAndOldSnapshotsStay) {
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  const TownStatePtr before = *cube_.Snapshot(kTown);
  ASSERT_THAT(Apply({{2, std::monostate{}, small_.Activity("penalty", Date(2024, 1, 1), "", {{"fen", 5}})}}),
              IsOk());
  const TownStatePtr after = *cube_.Snapshot(kTown);
  const SeriesId series = small_.vocabulary.Series("lecture.occurrences");
  EXPECT_EQ(&before->Cells(Grain::kTown, series), &after->Cells(Grain::kTown, series));
  EXPECT_LT(before->CellCount(), after->CellCount());
}

TEST_F(CubeTest, AFlushHoldsAbsoluteValuesAndAFailedOneComesBack) {
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  cube_.FlushFailed(*cube_.TakeDirty(kTown));
  ASSERT_THAT(Apply({{2, Lecture(1).after, std::monostate{}}, Lecture(3, 7)}), IsOk());
  EXPECT_THAT(cube_.DirtyTowns(), ElementsAre(kTown));
  const FlushBatch batch = *cube_.TakeDirty(kTown);
  EXPECT_EQ(batch.from[Feed::kActivities], 0);
  EXPECT_EQ(batch.to[Feed::kActivities], 3);
  std::vector<std::string> rows;
  batch.ForEachRow(small_.vocabulary, [&](const CellRow& row) {
    if (row.grain == Grain::kTown) {
      rows.push_back(std::string(row.series) + "@" + FormatDate(row.bucket) + "=" +
                     std::to_string(row.value));
    }
  });
  EXPECT_THAT(rows, ::testing::UnorderedElementsAre("lecture.occurrences@2024-03-05=1",
                                                    "lecture.attendances@2024-03-05=7"));
  cube_.Flushed(batch);
  EXPECT_THAT(cube_.DirtyTowns(), IsEmpty());
}

TEST_F(CubeTest, ACellThatBecameZeroIsFlushedAsZero) {
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  cube_.Flushed(*cube_.TakeDirty(kTown));
  ASSERT_THAT(Apply({{2, Lecture(1).after, std::monostate{}}}), IsOk());
  int zeros = 0;
  cube_.TakeDirty(kTown)->ForEachRow(small_.vocabulary, [&](const CellRow& row) { zeros += row.value == 0; });
  EXPECT_EQ(zeros, 4);
}

TEST_F(CubeTest, AProcessBehindTheStoreDoesNotFlush) {
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  cube_.SetFlushed(kTown, Applied{{2, 0}});
  EXPECT_FALSE(cube_.TakeDirty(kTown).has_value());
  ASSERT_THAT(Apply({Lecture(2), Lecture(3)}), IsOk());
  EXPECT_EQ(cube_.TakeDirty(kTown)->from[Feed::kActivities], 2);
}

TEST_F(CubeTest, RebuildingTownsAnswerUnavailableUntilTheirFirstState) {
  EXPECT_THAT(cube_.Snapshot(kTown), HasReason("TOWNSHIP_NOT_FOUND"));
  cube_.AnnounceRebuild(kTown);
  EXPECT_THAT(cube_.Snapshot(kTown), HasReason("REBUILDING"));
  EXPECT_THAT(Apply({Lecture(1)}), HasReason("REBUILDING"));
  cube_.Load(kTown, small_.Town(kTown, {Lecture(1).after}).state);
  EXPECT_EQ(Lectures(), 1);
  EXPECT_FALSE(cube_.TakeDirty(kTown).has_value());
}

TEST_F(CubeTest, ReplacingOneFeedKeepsTheOther) {
  cube_.Load(
      kTown,
      small_.Town(kTown, {Lecture(1).after, small_.Counsel({}), small_.Village("630106101201")}).state);
  cube_.ReplaceFeed(kTown, Feed::kActivities, *small_.Town(kTown, {Lecture(1).after, Lecture(2).after}).state,
                    kNow);
  const TownStatePtr state = *cube_.Snapshot(kTown);
  EXPECT_EQ(Lectures(), 2);
  EXPECT_EQ(state->Cells(Grain::kTown, small_.vocabulary.villages()).UpTo(kNoMember, 0), 1);
  EXPECT_EQ(state->places().villages.size(), 1);
  EXPECT_TRUE(cube_.TakeDirty(kTown)->dirty.all);
}

TEST_F(CubeTest, AHeadThatArrivesBeforeTheFirstChangeDoesNotBlockIt) {
  cube_.SetHead(kTown, Feed::kActivities, 2);
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  const TownFreshness freshness = *cube_.Freshness(kTown);
  EXPECT_EQ(freshness.applied[Feed::kActivities], 1);
  EXPECT_EQ(freshness.head[Feed::kActivities], 2);
  EXPECT_EQ(freshness.flushed[Feed::kActivities], 0);
  EXPECT_EQ(freshness.applied_time[0], kNow);
  EXPECT_EQ(freshness.applied_time[1], std::nullopt);
}

TEST_F(CubeTest, ScopesAreTownsThatExistInThePeriod) {
  const Facts young = TownshipFacts{"示例镇", 1, {Date(2024, 1, 1), std::nullopt}};
  cube_.Load("630106102", small_.Town("630106102", {young}).state);
  cube_.Load("630106101", small_.Town("630106101", {}).state);
  cube_.Load("630107101", small_.Town("630107101", {}).state);
  const auto codes = [&](Period period) {
    std::vector<std::string> result;
    const auto towns = cube_.SnapshotsUnder("630106", period);
    for (const TownView& town : *towns) result.push_back(town.code);
    return result;
  };
  EXPECT_THAT(codes({Date(2024, 1, 1), Date(2024, 1, 1)}), ElementsAre("630106101", "630106102"));
  EXPECT_THAT(codes({Date(2023, 1, 1), Date(2023, 12, 31)}), ElementsAre("630106101"));
  EXPECT_THAT(cube_.TownshipsUnder(""), ElementsAre("630106101", "630106102", "630107101"));
}

TEST_F(CubeTest, WaitersAreCalledOnceAllPositionsAreInAndCancelledOnesNever) {
  int calls = 0;
  const auto done = [&] { ++calls; };
  cube_.WhenAtLeast({}, done);
  EXPECT_EQ(calls, 1);
  cube_.WhenAtLeast({{Feed::kActivities, kTown, 2}, {Feed::kActivities, "630106102", 1}}, done);
  const WaitId cancelled = cube_.WhenAtLeast({{Feed::kActivities, kTown, 1}}, done);
  EXPECT_TRUE(cube_.CancelWait(cancelled));
  EXPECT_FALSE(cube_.CancelWait(cancelled));
  ASSERT_THAT(Apply({Lecture(1), Lecture(2)}), IsOk());
  EXPECT_EQ(calls, 1);
  ASSERT_THAT(Apply({Lecture(1)}, "630106102"), IsOk());
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(cube_.WhenAtLeast({{Feed::kActivities, kTown, 2}}, done), 0);
  EXPECT_EQ(calls, 3);
}

TEST_F(CubeTest, ListenersHearOfEachChangeUntilTheyLeave) {
  std::vector<std::string> heard;
  const ListenerId id = cube_.Listen([&](const std::string& town) { heard.push_back(town); });
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());
  ASSERT_THAT(Apply({Lecture(1)}), IsOk());  // nothing new
  cube_.Unlisten(id);
  ASSERT_THAT(Apply({Lecture(2)}), IsOk());
  EXPECT_THAT(heard, ElementsAre(kTown));
}

TEST_F(CubeTest, ReadersSeeWholeBatchesWhileTownsAreWritten) {
  constexpr int kBatches = 300;
  std::atomic<bool> torn = false;
  std::atomic<bool> all_in = false;
  cube_.Load(kTown, std::make_shared<const TownState>());
  cube_.WhenAtLeast({{Feed::kActivities, kTown, 2 * kBatches}}, [&] { all_in = true; });
  std::thread reader([&] {
    for (int64_t seen = 0; seen < 2 * kBatches;) {
      const int64_t now = Lectures();
      if (now % 2 != 0 || now < seen) torn = true;
      seen = now;
      cube_.CancelWait(cube_.WhenAtLeast({{Feed::kActivities, kTown, now + 2}}, [] {}));
    }
  });
  for (int64_t i = 0; i < kBatches; ++i) ASSERT_THAT(Apply({Lecture(2 * i + 1), Lecture(2 * i + 2)}), IsOk());
  reader.join();
  EXPECT_FALSE(torn);
  EXPECT_TRUE(all_in);
}

TEST_F(CubeTest, ADifferenceIsFoundAndNamed) {
  const TownView held = small_.Town(kTown, {Lecture(1).after, small_.Village("630106101201")});
  const TownView recomputed = small_.Town(kTown, {Lecture(1, 12).after, small_.Village("630106101202")});
  EXPECT_THAT(Diff(small_.vocabulary, *held.state, *held.state).differences, IsEmpty());
  const Differences differences = Diff(small_.vocabulary, *held.state, *recomputed.state);
  ASSERT_EQ(differences.cells_different, 4);
  EXPECT_EQ(differences.differences[0],
            (CellDifference{Grain::kTown, "lecture.attendances", "", Date(2024, 3, 5), 10, 12}));
  EXPECT_FALSE(differences.places_equal);
  EXPECT_EQ(Diff(small_.vocabulary, *held.state, *recomputed.state, 1).differences.size(), 1);
  EXPECT_EQ(DiffFeed(small_.vocabulary, Feed::kTownships, *held.state, *recomputed.state).cells_different, 2);
}

}  // namespace
}  // namespace zhenhui::reporting

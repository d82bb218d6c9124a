#include "common/feed/follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/status/reason.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"
#include "tests/unit/common/feed/changes.h"

namespace zhenhui::feed {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Pair;
using ::testing::SizeIs;
using testing::StatusIs;

// Every township's log in memory, and how often it was read.
class FakeSource final : public Source {
 public:
  absl::StatusOr<std::vector<Head>> ReadHeads(std::string_view scope) override {
    std::vector<Head> heads;
    for (const auto& [township, log] : logs) {
      const bool inside = scope == "*" || township.starts_with(scope);
      if (inside) heads.push_back({township, log.last, log.first_kept});
    }
    return heads;
  }
  absl::StatusOr<SharedChanges> ReadChanges(std::string_view township, int64_t after, int64_t max_rows,
                                            int64_t max_bytes) override {
    ++reads;
    if (broken) return Error(absl::StatusCode::kUnavailable, "DATABASE_UNAVAILABLE", "down");
    const Log& log = logs[std::string(township)];
    const int64_t first = std::max(after + 1, log.first_kept);
    return MakeChanges(first, std::min({log.last, first + max_rows - 1, first + max_bytes / log.bytes}),
                       log.bytes);
  }

  struct Log {
    int64_t last = 0;
    int64_t first_kept = 1;
    int64_t bytes = 10;
  };
  std::map<std::string, Log> logs;
  int reads = 0;
  bool broken = false;
};

class FollowerTest : public ::testing::Test {
 protected:
  Follower Follow(FollowOptions options) {
    options.now = [this] { return clock_.Now(); };
    return Follower(hub_, source_, std::move(options), [this] { ++woken_; });
  }

  // Everything that Next gives until it has nothing more, as township -> revisions; fails on a gap.
  std::map<std::string, std::vector<int64_t>> Drain(Follower& follower) {
    std::map<std::string, std::vector<int64_t>> all;
    for (;;) {
      absl::StatusOr<std::vector<Batch>> batches = follower.Next();
      EXPECT_THAT(batches, IsOk());
      if (!batches.ok() || batches->empty()) return all;
      for (const Batch& batch : *batches) {
        std::vector<int64_t>& revisions = all[batch.township];
        for (const SharedChange& change : batch.changes) {
          EXPECT_TRUE(revisions.empty() || change->revision == revisions.back() + 1) << change->revision;
          revisions.push_back(change->revision);
        }
      }
    }
  }

  WatchHub hub_;
  FakeSource source_;
  testing::FakeClock clock_;
  int woken_ = 0;
};

TEST_F(FollowerTest, SendsAllHeadsBeforeAnyChange) {
  source_.logs = {{"630106101", {.last = 3}}, {"630106102", {.last = 0}}, {"630105100", {.last = 9}}};
  Follower follower = Follow({.scope = "630106", .cursors = {{"630106101", 1}}});
  const auto heads = follower.Next();
  ASSERT_THAT(heads, IsOk());
  ASSERT_THAT(*heads, SizeIs(2));
  EXPECT_EQ((*heads)[0].township, "630106101");
  EXPECT_EQ((*heads)[0].head_revision, 3);
  EXPECT_THAT((*heads)[0].changes, IsEmpty());
  EXPECT_EQ((*heads)[1].head_revision, 0);
  EXPECT_THAT(Drain(follower), ElementsAre(Pair("630106101", ElementsAre(2, 3))));
}

TEST_F(FollowerTest, AnEmptyScopeStillAnswersThatItHasStarted) {
  Follower follower = Follow({.scope = "630106"});
  const auto first = follower.Next();
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(*first, SizeIs(1));
  EXPECT_EQ(first->front().township, "");
  EXPECT_THAT(*follower.Next(), IsEmpty());
}

struct CursorCase {
  const char* what;
  int64_t cursor;
  const char* reason;  // empty: good
};

TEST_F(FollowerTest, ChecksCursorsAtTheStart) {
  const CursorCase cases[] = {
      {"before what is kept", 3, "CURSOR_TOO_OLD"},
      {"just before the first kept", 4, ""},
      {"inside", 7, ""},
      {"at the head", 9, ""},
      {"beyond the head", 10, "CURSOR_AHEAD"},
  };
  for (const CursorCase& test : cases) {
    SCOPED_TRACE(test.what);
    source_.logs = {{"630106101", {.last = 9, .first_kept = 5}}};
    Follower follower = Follow({.scope = "630106", .cursors = {{"630106101", test.cursor}}});
    const auto first = follower.Next();
    EXPECT_EQ(ReasonOf(first.status()), test.reason);
    if (first.ok()) continue;
    EXPECT_THAT(first, StatusIs(absl::StatusCode::kOutOfRange));
    EXPECT_THAT(MetadataOf(first.status()), ElementsAre(Pair("first_kept", "5"), Pair("last_revision", "9"),
                                                        Pair("township", "630106101")));
  }
}

TEST_F(FollowerTest, ACursorOfATownshipWithoutAFeedMustBeZero) {
  EXPECT_THAT(Follow({.scope = "*", .cursors = {{"630106101", 0}}}).Next(), IsOk());
  EXPECT_THAT(Follow({.scope = "*", .cursors = {{"630106101", 1}}}).Next(), HasReason("CURSOR_AHEAD"));
  EXPECT_THAT(Follow({.scope = "630105", .cursors = {{"630106101", 1}}}).Next(), IsOk())
      << "not in the scope";
}

TEST_F(FollowerTest, ANewTownshipJoinsByItself) {
  Follower follower = Follow({.scope = "630106"});
  ASSERT_THAT(follower.Next(), IsOk());
  hub_.Published("630106101", MakeChanges(1, 2));
  hub_.Published("630105101", MakeChanges(1, 2));
  EXPECT_EQ(woken_, 1);
  EXPECT_THAT(Drain(follower), ElementsAre(Pair("630106101", ElementsAre(1, 2))));
}

TEST_F(FollowerTest, LiveChangesComeFromMemory) {
  source_.logs = {{"630106101", {.last = 2}}};
  Follower follower = Follow({.scope = "*", .cursors = {{"630106101", 2}}});
  ASSERT_THAT(follower.Next(), IsOk());
  hub_.Published("630106101", MakeChanges(3, 5));
  EXPECT_THAT(Drain(follower), ElementsAre(Pair("630106101", ElementsAre(3, 4, 5))));
  EXPECT_EQ(source_.reads, 0);
}

TEST_F(FollowerTest, AnotherProcessesChangesComeFromTheDatabase) {
  source_.logs = {{"630106101", {.last = 2}}};
  Follower follower = Follow({.scope = "*", .cursors = {{"630106101", 2}}});
  ASSERT_THAT(follower.Next(), IsOk());
  source_.logs["630106101"].last = 4;
  hub_.HeadSeen("630106101", 4);
  hub_.Published("630106101", MakeChanges(5, 6));
  source_.logs["630106101"].last = 6;
  EXPECT_THAT(Drain(follower), ElementsAre(Pair("630106101", ElementsAre(3, 4, 5, 6))));
  EXPECT_EQ(source_.reads, 1);
}

TEST_F(FollowerTest, EvictedChangesComeFromTheDatabase) {
  WatchHub small(4 << 10);
  source_.logs = {{"630106101", {.last = 0}}};
  Follower follower(small, source_, {.scope = "*"}, [] {});
  ASSERT_THAT(follower.Next(), IsOk());
  for (int64_t revision = 1; revision <= 100; ++revision) {
    small.Published("630106101", MakeChanges(revision, revision));
  }
  source_.logs["630106101"].last = 100;
  EXPECT_THAT(Drain(follower), ElementsAre(Pair("630106101", SizeIs(100))));
  EXPECT_GE(source_.reads, 1);
}

TEST_F(FollowerTest, ABusyTownshipDoesNotHoldUpTheOthers) {
  source_.logs = {{"630106101", {.last = 100000}}, {"630106102", {.last = 3}}, {"630106103", {.last = 5000}}};
  Follower follower = Follow({.scope = "*"});
  ASSERT_THAT(follower.Next(), IsOk());
  std::vector<std::string> order;
  for (int i = 0; i < 5; ++i) {
    const auto batches = follower.Next();
    ASSERT_THAT(batches, IsOk());
    for (const Batch& batch : *batches) order.push_back(batch.township);
  }
  order.resize(5);
  EXPECT_THAT(order, ElementsAre("630106101", "630106102", "630106103", "630106101", "630106103"));
}

TEST_F(FollowerTest, BatchesKeepTheirLimits) {
  source_.logs = {{"630106101", {.last = 5000, .bytes = 10}}, {"630106102", {.last = 30, .bytes = 200000}}};
  Follower follower = Follow({.scope = "*", .max_bytes = 1 << 20});
  ASSERT_THAT(follower.Next(), IsOk());
  for (;;) {
    const auto batches = follower.Next();
    ASSERT_THAT(batches, IsOk());
    if (batches->empty()) break;
    for (const Batch& batch : *batches) {
      EXPECT_LE(batch.changes.size(), batch.township == "630106101" ? 2000u : 6u);
      EXPECT_EQ(batch.head_revision, batch.township == "630106101" ? 5000 : 30);
    }
  }
}

TEST_F(FollowerTest, ASlowFollowerBehindWhatIsKeptIsTold) {
  source_.logs = {{"630106101", {.last = 9}}};
  Follower follower = Follow({.scope = "*", .cursors = {{"630106101", 2}}});
  ASSERT_THAT(follower.Next(), IsOk());
  source_.logs["630106101"].first_kept = 6;
  EXPECT_THAT(follower.Next(), HasReason("CURSOR_TOO_OLD"));
}

TEST_F(FollowerTest, ADatabaseThatWasSetBackIsNotFollowedSilently) {
  source_.logs = {{"630106101", {.last = 9}}};
  Follower follower = Follow({.scope = "*", .cursors = {{"630106101", 9}}});
  ASSERT_THAT(follower.Next(), IsOk());
  source_.logs["630106101"].last = 4;
  hub_.HeadSeen("630106101", 12);
  EXPECT_THAT(follower.Next(), HasReason("CURSOR_AHEAD"));
}

TEST_F(FollowerTest, HeartbeatsOnlyWhenNothingElseWasSent) {
  Follower follower = Follow({.scope = "*"});
  ASSERT_THAT(follower.Next(), IsOk());
  clock_.Advance(absl::Seconds(6));
  EXPECT_THAT(*follower.Next(), IsEmpty());
  hub_.Published("630106101", MakeChanges(1, 1));
  EXPECT_THAT(*follower.Next(), SizeIs(1));
  clock_.Advance(absl::Seconds(6));
  EXPECT_THAT(*follower.Next(), IsEmpty());
  clock_.Advance(absl::Seconds(4));
  const auto heartbeat = follower.Next();
  ASSERT_THAT(*heartbeat, SizeIs(1));
  EXPECT_EQ(heartbeat->front().township, "");
  EXPECT_THAT(heartbeat->front().changes, IsEmpty());
  EXPECT_THAT(*follower.Next(), IsEmpty());
}

TEST_F(FollowerTest, ErrorsOfTheSourceEndTheStream) {
  source_.logs = {{"630106101", {.last = 9}}};
  Follower follower = Follow({.scope = "*"});
  ASSERT_THAT(follower.Next(), IsOk());
  source_.broken = true;
  EXPECT_THAT(follower.Next(), HasReason("DATABASE_UNAVAILABLE"));
}

TEST_F(FollowerTest, AClosedHubEndsTheStream) {
  Follower follower = Follow({.scope = "*"});
  ASSERT_THAT(follower.Next(), IsOk());
  hub_.Close();
  EXPECT_EQ(woken_, 1);
  EXPECT_THAT(follower.Next(), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace zhenhui::feed

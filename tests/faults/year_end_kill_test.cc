// A process that closes a year is killed at every step; what it leaves is all or nothing, and the next one
// goes on.
#include <gmock/gmock.h>

#include "common/digest/sha256.h"
#include "tests/faults/year_life.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using zhenhui::testing::IsOk;

class YearEndKillTest : public KilledYearTest {
 protected:
  int CloseInAChild(const std::string& failpoints) const {
    return InAChild(failpoints, [this] { return YearLife(dsn_).Close("killed").ok(); });
  }
};

TEST_F(YearEndKillTest, AKillAtAnyStepOfClosingLeavesAllOrNothingAndTheNextGoesOn) {
  const struct {
    const char* step;
    bool closed;  // afterwards
  } kSteps[] = {
      {"year_end.decided", false},        {"year_end.before_write", false},  {"year_end.book_open", false},
      {"year_end.events_written", false}, {"year_end.before_commit", false}, {"year_end.after_write", true},
  };
  ASSERT_THAT(YearLife(dsn_).SignAndApprove(), IsOk());
  int generation = 0;
  for (const auto& one : kSteps) {
    const int status = CloseInAChild(std::string(one.step) + "=kill");
    ASSERT_TRUE(WasKilled(status)) << one.step << " was never reached";
    YearLife next(dsn_);
    const auto left = next.View();
    ASSERT_THAT(left, IsOk()) << one.step;
    EXPECT_EQ(left->state.closed, one.closed) << one.step;
    const auto text = next.store().ReadCertificate(kKilledYear, generation + 1, YearLife::Soon());
    EXPECT_EQ(text.ok(), one.closed) << one.step;
    const auto closed = next.Close("resumed");
    ASSERT_THAT(closed, IsOk()) << one.step;
    EXPECT_EQ(closed->state.generation, ++generation) << one.step << ": closed once";
    EXPECT_EQ(closed->state.closed_by, one.closed ? "killed" : "resumed");
    // For the next step: open it again.
    YearEndState state = closed->state;
    for (const auto& [type, by] : {std::pair(YearEventType::kReopenRequested, "first"),
                                   std::pair(YearEventType::kReopened, "second")}) {
      YearEvent event;
      event.number = ++state.last_number;
      event.type = type;
      event.by = by;
      event.at = absl::FromUnixSeconds(1);
      ASSERT_THAT(next.store().Append({kKilledYear, event.number - 1, 0, {event}}, YearLife::Soon()), IsOk());
    }
    ASSERT_THAT(YearLife(dsn_).SignAndApprove(), IsOk()) << one.step;
  }
}

TEST_F(YearEndKillTest, ProcessesThatCloseAtOnceMakeOneCertificate) {
  ASSERT_THAT(YearLife(dsn_).SignAndApprove(), IsOk());
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(YearLife(dsn_).Close("process " + std::to_string(i)).ok() ? 0 : 1);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  YearLife look(dsn_);
  EXPECT_EQ(look.View()->state.generation, 1);
  const auto text = look.store().ReadCertificate(kKilledYear, 0, YearLife::Soon());
  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(text->digest, Sha256Hex(text->text));
}

// That the kills are real: without a failpoint the same child closes.
TEST_F(YearEndKillTest, WithoutAKillTheChildCloses) {
  ASSERT_THAT(YearLife(dsn_).SignAndApprove(), IsOk());
  EXPECT_EQ(CloseInAChild(""), 0);
  EXPECT_TRUE(YearLife(dsn_).View()->state.closed);
}

}  // namespace
}  // namespace zhenhui::reporting::testing

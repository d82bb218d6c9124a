// A process that closes a year is killed at every step; what it leaves is all or nothing, and the next one
// goes on.
#include <gmock/gmock.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "absl/time/clock.h"
#include "common/digest/sha256.h"
#include "common/failpoint/failpoint.h"
#include "common/service/hosted_service.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_year_end_store.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"
#include "tests/unit/reporting/year_end/world.h"

namespace zhenhui::reporting {
namespace {

using zhenhui::testing::IsOk;
using zhenhui::testing::TestDatabase;

const YearKey kKilledYear{"630106", 2024};

// One life of a process that closes years: figures in memory, year ends in PostgreSQL.
class Life {
 public:
  explicit Life(const std::string& dsn)
      : store_(dsn),
        ends_({.cube = &world_.cube,
               .plans = world_.small.plans.get(),
               .store = &store_,
               .clock = &world_.clock,
               .following = [] { return true; },
               .district_name = [](const std::string&, absl::Time) { return std::string("示例区"); }}) {
    world_.clock.Set(absl::Now());
    world_.AddLecture(0);
  }

  absl::Status SignAndApprove() {
    const auto seen = ends_.View(kKilledYear, Soon());
    if (!seen.ok()) return seen.status();
    for (const TownFacts& town : seen->facts.towns) {
      const auto done = ends_.Do(kKilledYear, SignTown{town.code, town.digest, ""}, "clerk", Soon());
      if (!done.ok()) return done.status();
    }
    for (const char* person : {"first", "second"}) {
      const auto done = ends_.Do(kKilledYear, ApproveYear{seen->facts.digest}, person, Soon());
      if (!done.ok()) return done.status();
    }
    return absl::OkStatus();
  }
  absl::StatusOr<YearEndView> Close(const std::string& by) {
    return ends_.Do(kKilledYear, CloseYear{}, by, Soon());
  }
  absl::StatusOr<YearEndView> View() { return ends_.View(kKilledYear, Soon()); }
  PostgresYearEndStore& store() { return store_; }
  static absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

 private:
  YearWorld world_;
  PostgresYearEndStore store_;
  YearEnds ends_;
};

class YearEndKillTest : public ::testing::Test {
 protected:
  YearEndKillTest()
      : database_(TestDatabase::Create(
            "reporting",
            [](const std::string& dsn) { return service::Migrate(dsn, ReportingSchema(), "").status(); })),
        dsn_(service::ServiceDsn(database_.dsn(), ReportingSchema()).value()) {}

  // A process of its own closes the year with this failpoint; how it ended.
  int CloseInAChild(const std::string& failpoints) {
    const pid_t child = fork();
    if (child == 0) {
      SetFailpoints(failpoints);
      const bool closed = Life(dsn_).Close("killed").ok();
      _exit(closed ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return status;
  }

  TestDatabase database_;
  const std::string dsn_;
};

TEST_F(YearEndKillTest, AKillAtAnyStepOfClosingLeavesAllOrNothingAndTheNextGoesOn) {
  const struct {
    const char* step;
    bool closed;  // afterwards
  } kSteps[] = {
      {"year_end.decided", false},        {"year_end.before_write", false},  {"year_end.book_open", false},
      {"year_end.events_written", false}, {"year_end.before_commit", false}, {"year_end.after_write", true},
  };
  ASSERT_THAT(Life(dsn_).SignAndApprove(), IsOk());
  int generation = 0;
  for (const auto& one : kSteps) {
    const int status = CloseInAChild(std::string(one.step) + "=kill");
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << one.step << " was never reached";
    Life next(dsn_);
    const auto left = next.View();
    ASSERT_THAT(left, IsOk()) << one.step;
    EXPECT_EQ(left->state.closed, one.closed) << one.step;
    const auto text = next.store().ReadCertificate(kKilledYear, generation + 1, Life::Soon());
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
      ASSERT_THAT(next.store().Append({kKilledYear, event.number - 1, 0, {event}}, Life::Soon()), IsOk());
    }
    ASSERT_THAT(Life(dsn_).SignAndApprove(), IsOk()) << one.step;
  }
}

TEST_F(YearEndKillTest, ProcessesThatCloseAtOnceMakeOneCertificate) {
  ASSERT_THAT(Life(dsn_).SignAndApprove(), IsOk());
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(Life(dsn_).Close("process " + std::to_string(i)).ok() ? 0 : 1);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  Life look(dsn_);
  EXPECT_EQ(look.View()->state.generation, 1);
  const auto text = look.store().ReadCertificate(kKilledYear, 0, Life::Soon());
  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(text->digest, Sha256Hex(text->text));
}

// That the kills are real: without a failpoint the same child closes.
TEST_F(YearEndKillTest, WithoutAKillTheChildCloses) {
  ASSERT_THAT(Life(dsn_).SignAndApprove(), IsOk());
  EXPECT_EQ(CloseInAChild(""), 0);
  EXPECT_TRUE(Life(dsn_).View()->state.closed);
}

}  // namespace
}  // namespace zhenhui::reporting

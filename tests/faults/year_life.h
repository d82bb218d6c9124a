#pragma once
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <string>

#include "absl/time/clock.h"
#include "common/failpoint/failpoint.h"
#include "common/service/hosted_service.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_year_end_store.h"
#include "tests/testing/private_postgres.h"
#include "tests/unit/reporting/year_end/world.h"

// A process that closes years, and children that are killed while they do.
namespace zhenhui::reporting::testing {

inline const YearKey kKilledYear{"630106", 2024};

// One life of a process that closes years: figures in memory, year ends in PostgreSQL.
class YearLife {
 public:
  explicit YearLife(const std::string& dsn)
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
  YearWorld& world() { return world_; }
  YearEnds& ends() { return ends_; }
  static absl::Time Soon() { return absl::Now() + absl::Seconds(30); }

 private:
  YearWorld world_;
  PostgresYearEndStore store_;
  YearEnds ends_;
};

// A database of reporting's schema, and children that work on it.
class KilledYearTest : public ::testing::Test {
 protected:
  KilledYearTest()
      : database_(zhenhui::testing::TestDatabase::Create(
            "reporting",
            [](const std::string& dsn) { return service::Migrate(dsn, ReportingSchema(), "").status(); })),
        dsn_(service::ServiceDsn(database_.dsn(), ReportingSchema()).value()) {}

  // A process of its own works with this failpoint; how it ended: waitpid's status, 0 where `work` was true.
  static int InAChild(const std::string& failpoints, const std::function<bool()>& work) {
    const pid_t child = fork();
    if (child == 0) {
      SetFailpoints(failpoints);
      _exit(work() ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    return status;
  }
  static bool WasKilled(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }

  zhenhui::testing::TestDatabase database_;
  const std::string dsn_;
};

}  // namespace zhenhui::reporting::testing

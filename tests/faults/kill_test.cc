// kill -9 of every process, of database sessions and of PostgreSQL while towns push: nothing acknowledged is
// lost, nothing counts twice, and every cell is the sum of its records.
//
// ZHENHUI_FAULT_ROUNDS: kills in each scenario; ZHENHUI_FAULT_SEED: repeats the choices of a run (not its
// timing).
#include <gtest/gtest.h>

#include <iostream>
#include <memory>

#include "absl/time/clock.h"
#include "tests/faults/deployment.h"
#include "tests/faults/fault_run.h"
#include "tests/faults/workload.h"

namespace zhenhui::faults {
namespace {

constexpr absl::Duration kRecovery = absl::Seconds(60);
constexpr uint64_t kSeparateRounds = 16;
constexpr uint64_t kStandaloneRounds = 6;

absl::Duration Between(Random& random, int low_ms, int high_ms) {
  return absl::Milliseconds(low_ms + static_cast<int>(random() % static_cast<uint64_t>(high_ms - low_ms)));
}

void ExpectRight(const Deployment& deployment, const Ledger& ledger) {
  ASSERT_EQ(AwaitFlushed(deployment), "") << deployment.Logs();
  EXPECT_EQ(VerifyTotals(deployment), "");
  EXPECT_EQ(CheckDatabase(ledger, deployment.OwnerDsn("zhenhui")), "");
}

// Returns how many times each was killed.
std::map<std::string, int> KillMany(Deployment& deployment, Workload& workload, Random& random,
                                    uint64_t rounds) {
  std::map<std::string, int> killed;
  const std::vector<std::string> victims = deployment.victims();
  for (uint64_t round = 0; round < rounds; ++round) {
    absl::SleepFor(Between(random, 20, 600));
    // Each at least once, then whoever the dice say.
    const std::string& victim = victims[round < victims.size() ? round : random() % victims.size()];
    deployment.Kill(victim, random);
    ++killed[victim];
    absl::SleepFor(Between(random, 1, 400));
    deployment.Restore(victim);
    if (random() % 4 == 0) continue;  // the next kill meets the recovery
    const std::string late = workload.AwaitProgress(kRecovery);
    if (!late.empty()) {
      ADD_FAILURE() << late << " gets no further after the kill of " << victim << "\n" << deployment.Logs();
      return killed;
    }
  }
  return killed;
}

void KillAndCheck(Deployment& deployment, uint64_t default_rounds, const std::string& last_victim) {
  const uint64_t seed =
      FromEnvironment("ZHENHUI_FAULT_SEED", static_cast<uint64_t>(absl::ToUnixMicros(absl::Now())));
  SCOPED_TRACE("ZHENHUI_FAULT_SEED=" + std::to_string(seed));
  Random random(seed);
  Ledger ledger;
  SetUpPlaces(deployment, ledger);
  Workload workload(deployment, ledger, seed);
  ASSERT_EQ(workload.AwaitProgress(kRecovery), "") << deployment.Logs();

  const auto killed =
      KillMany(deployment, workload, random, FromEnvironment("ZHENHUI_FAULT_ROUNDS", default_rounds));
  workload.Stop();
  ExpectRight(deployment, ledger);

  // What was flushed is also what a new process starts from.
  deployment.Kill(last_victim, random);
  deployment.Restore(last_victim);
  ExpectRight(deployment, ledger);
  EXPECT_GT(workload.exact_reads(), 0) << "no figure was read with a token";

  const Ledger::Entries entries = ledger.Copy();
  size_t versions = 0;
  for (const auto& [key, all] : entries.records) versions += all.size();
  std::cout << "seed " << seed << "; killed";
  for (const auto& [victim, times] : killed) std::cout << " " << victim << " x" << times;
  std::cout << "; " << entries.records.size() << " records in " << versions << " versions, "
            << entries.abandoned.size() << " abandoned batches, " << workload.exact_reads()
            << " exact reads\n";
}

TEST(KillTest, ThreeProcessesLoseNothingAndCountNothingTwice) {
  const std::unique_ptr<Deployment> deployment = MakeSeparateDeployment();
  KillAndCheck(*deployment, kSeparateRounds, "reporting");
}

TEST(KillTest, TheStandaloneLosesNothingAndCountsNothingTwice) {
  const std::unique_ptr<Deployment> deployment = MakeStandaloneDeployment();
  KillAndCheck(*deployment, kStandaloneRounds, "standalone");
}

}  // namespace
}  // namespace zhenhui::faults

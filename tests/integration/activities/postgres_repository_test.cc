#include "services/activities/storage/postgres_repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/time/clock.h"
#include "common/service/hosted_service.h"
#include "services/activities/service.h"
#include "services/activities/storage/postgres_targets.h"
#include "tests/testing/activities/repository_contract.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::activities::testing {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

absl::Status MigrateTemplate(const std::string& dsn) {
  return service::Migrate(dsn, ActivitiesSchema(), "").status();
}

class Postgres final : public RepositoryUnderTest {
 public:
  Postgres()
      : database_(zhenhui::testing::TestDatabase::Create("activities", MigrateTemplate)),
        dsn_(service::ServiceDsn(database_.dsn(), ActivitiesSchema()).value()),
        pool_({.dsn = dsn_, .size = 8, .statements = Statements()}),
        feed_(pool_, {.dsn = dsn_, .channel = kFeedChannel}),
        repository_(pool_, feed_),
        targets_(pool_, feed_) {}
  ActivityRepository& repository() override { return repository_; }
  TargetRepository& targets() override { return targets_; }

 private:
  zhenhui::testing::TestDatabase database_;
  std::string dsn_;
  db::Pool pool_;
  feed::Feed feed_;
  PostgresRepository repository_;
  PostgresTargets targets_;
};

INSTANTIATE_TEST_SUITE_P(Postgres, RepositoryContract,
                         ::testing::Values(MakeRepository([] { return std::make_unique<Postgres>(); })));

TEST(PostgresRepositoryTest, WritersOfOneTownMakeOneSequence) {
  Postgres postgres;
  constexpr int kWriters = 6, kBatches = 20, kRecords = 5;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int batch = 0; batch < kBatches; ++batch) {
        std::vector<Activity> activities;
        std::vector<std::string> ids;
        for (int i = 0; i < kRecords; ++i) {
          activities.push_back(MakeActivity(absl::StrCat(writer, "-", batch, "-", i)));
          ids.push_back(activities.back().id);
        }
        const auto decide = [&](ActivityRepository::Existing,
                                int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
          std::vector<PlannedWrite> plan;
          for (size_t i = 0; i < activities.size(); ++i) plan.push_back({&activities[i], i});
          return plan;
        };
        EXPECT_THAT(postgres.repository().Write(kTown, ids, decide, {"clerk", absl::Now(), ""},
                                                absl::Now() + absl::Seconds(30)),
                    IsOk());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  std::set<int64_t> revisions;
  const auto page =
      postgres.repository().List(kTown, {}, std::nullopt, 1000, absl::Now() + absl::Seconds(30));
  ASSERT_THAT(page, IsOk());
  for (const StoredActivity& stored : page->activities) revisions.insert(stored.revision);
  EXPECT_EQ(revisions.size(), static_cast<size_t>(kWriters * kBatches * kRecords));
  EXPECT_EQ(*revisions.rbegin(), kWriters * kBatches * kRecords);
  EXPECT_EQ(page->read_revision, kWriters * kBatches * kRecords);
}

TEST(PostgresRepositoryTest, APassedDeadlineIsAnErrorAndNothingIsStored) {
  Postgres postgres;
  EXPECT_THAT(postgres.repository().Get(kTown, "a", absl::Now() - absl::Seconds(1)),
              HasReason("STATEMENT_TIMEOUT"));
}

}  // namespace
}  // namespace zhenhui::activities::testing

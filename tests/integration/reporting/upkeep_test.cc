// What happens behind the queries: restart, rebuild, loss of the database, proof.
#include <gmock/gmock.h>

#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "tests/integration/reporting/reporting_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using zhenhui::testing::HasReason;

TEST_F(ReportingTest, ARestartLoadsTheCellsAndGoesOn) {
  AddCounsel("c-1", {"630106101201"});
  EXPECT_EQ(
      Value("law_lectures", {Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})})}),
      3);
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  const auto token = Push({MakeActivity("b", "law_lecture", "2024-03-06", {{"occurrences", 4}})});
  reporting_->Start();
  EXPECT_EQ(Value("law_lectures", {token}), 7);
  EXPECT_EQ(Value("counsel_villages_covered"), 1);
  EXPECT_TRUE(Verify().equal());
}

TEST_F(ReportingTest, WhatWasNotFlushedIsReplayed) {
  reporting_->Stop();
  // Nothing is flushed in this life, not even at its end: the table refuses.
  Sql(reporting_->dsn(), "ALTER TABLE applied ADD CONSTRAINT refuse CHECK (revision < 0) NOT VALID");
  reporting_->Start();
  EXPECT_EQ(
      Value("law_lectures", {Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})})}),
      3);
  reporting_->Stop();
  Sql(reporting_->dsn(), "ALTER TABLE applied DROP CONSTRAINT refuse");
  reporting_->Start();
  EXPECT_EQ(Value("law_lectures", {Push({MakeActivity("b", "law_lecture", "2024-03-05", {})})}), 4);
  ASSERT_TRUE(WaitUntilFlushed());
  EXPECT_TRUE(Verify().equal());
}

TEST_F(ReportingTest, ACursorThatIsTooOldLeadsToARebuild) {
  EXPECT_EQ(
      Value("law_lectures", {Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})})}),
      3);
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  Push({MakeActivity("b", "law_lecture", "2024-03-05", {})});
  const auto token = Push({MakeActivity("c", "law_lecture", "2024-03-05", {})});
  // The feed forgets what this reader has not read, and a stored cell is wrong: only a rebuild gives the
  // right sum.
  Sql(activities_->dsn(), absl::StrCat("UPDATE feed SET first_kept = ", token.revision()));
  Sql(reporting_->dsn(), "UPDATE cell SET value = 999 WHERE series = 'law_lecture.occurrences'");
  reporting_->Start();
  EXPECT_EQ(Value("law_lectures", {token}), 5);
  EXPECT_TRUE(Verify().equal());
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  reporting_->Start();
  EXPECT_EQ(Value("law_lectures", {token}), 5);
}

TEST_F(ReportingTest, ACursorAheadOfARestoredFeedLeadsToARebuild) {
  const auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})});
  EXPECT_EQ(Value("law_lectures", {token}), 3);
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  Sql(reporting_->dsn(), "UPDATE applied SET revision = revision + 5 WHERE source = 0");
  reporting_->Start();
  // Until the rebuild the held revision lies ahead of the feed.
  const auto applied = [&] {
    const auto stub = reporting_->As(auth::Role::kReporter, kTown);
    const auto answer = Call(*stub, &Rollups::QueryRollup, MakeQuery({"law_lectures"}));
    return answer.ok() ? answer->revisions(0).revision() : int64_t{-1};
  };
  for (const absl::Time until = absl::Now() + absl::Seconds(10);
       absl::Now() < until && applied() != token.revision();) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_TRUE(Verify().equal());
  EXPECT_EQ(Value("law_lectures", {token}), 3);
  EXPECT_EQ(Value("law_lectures", {Push({MakeActivity("b", "law_lecture", "2024-03-05", {})})}), 4);
  EXPECT_TRUE(WaitUntilFlushed());
}

TEST_F(ReportingTest, VerifyFindsATamperedCellAndARebuildMendsIt) {
  EXPECT_EQ(
      Value("law_lectures", {Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})})}),
      3);
  EXPECT_TRUE(Verify().equal());
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  Sql(reporting_->dsn(), "UPDATE cell SET value = 4 WHERE series = 'law_lecture.occurrences' AND grain = 1");
  Sql(reporting_->dsn(), "UPDATE place SET name_zh = '改名' WHERE place_code = '630106102'");
  reporting_->Start();
  const v1::VerifyTotalsResponse found = Verify();
  EXPECT_FALSE(found.equal());
  ASSERT_EQ(found.differences_size(), 2);
  EXPECT_EQ(found.differences(0).series(), "law_lecture.occurrences");
  EXPECT_EQ(found.differences(0).date(), "2024-03-05");
  EXPECT_EQ(found.differences(0).held(), 4);
  EXPECT_EQ(found.differences(0).recomputed(), 3);
  EXPECT_EQ(found.differences(1).series(), "places");
  const auto asked = RequestRebuilds(reporting_->dsn(), "630106");
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_EQ(*asked, 2);
  for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until && !Verify().equal();) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_TRUE(Verify().equal());
  const auto done = [&] {
    pqxx::connection connection(reporting_->dsn());
    pqxx::work tx(connection);
    return tx.exec1("SELECT count(*) FROM rebuild WHERE done = requested")[0].as<int>();
  };
  for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until && done() < 2;) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(done(), 2);
}

TEST_F(ReportingTest, NothingThatIsPushedDuringRebuildsIsLostAndNoFigureGoesBack) {
  ASSERT_TRUE(WaitUntilFlushed());
  int64_t expected = 0;
  for (int i = 1; i <= 30; ++i) {
    if (i % 3 == 1) {
      ASSERT_TRUE(RequestRebuilds(reporting_->dsn(), "630106").ok());
    }
    const auto token =
        Push({MakeActivity(absl::StrCat("a", i), "law_lecture", "2024-03-05", {{"occurrences", i}})});
    expected += i;
    ASSERT_EQ(Value("law_lectures", {token}), expected);
    EXPECT_EQ(Value("law_lectures"), expected) << "without a token too: what was seen stays seen";
  }
  const auto open = [&] {
    pqxx::connection connection(reporting_->dsn());
    pqxx::work tx(connection);
    return tx.exec1("SELECT count(*) FROM rebuild WHERE done < requested")[0].as<int>();
  };
  for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until && open() > 0;) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(open(), 0);
  EXPECT_EQ(Value("law_lectures"), expected);
  EXPECT_TRUE(Verify().equal());
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  reporting_->Start();
  EXPECT_EQ(Value("law_lectures"), expected);
}

TEST_F(ReportingTest, LosingTheFlushersConnectionLosesNothing) {
  int64_t expected = 0;
  FeedPosition token;
  for (int i = 0; i < 20; ++i) {
    token = Push({MakeActivity(absl::StrCat("a", i), "law_lecture", "2024-03-05", {{"occurrences", i}})});
    expected += i;
    if (i % 5 == 0) {
      Sql(reporting_->dsn(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname "
          "= "
          "current_database()");
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(Value("law_lectures", {token}), expected);
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  reporting_->Start();
  EXPECT_EQ(Value("law_lectures"), expected);
  EXPECT_TRUE(Verify().equal());
}

TEST_F(ReportingTest, ASecondProcessTakesTheFlushOver) {
  ReportingHost& first = *reporting_;
  // A second process on the first one's database: through its DSN, as another host would have it.
  service::Config config;
  metrics::Registry metrics;
  config.dsn = first.dsn();
  config.clock = &clock_;
  config.verifier = nullptr;
  config.metrics = &metrics;
  auto second = CreateService(config, first.options()).value();
  std::atomic<bool> serves = false;
  second->Start([&](bool serving) { serves = serving; });
  for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until && !serves;) {
    absl::SleepFor(absl::Milliseconds(10));
  }
  ASSERT_TRUE(serves);
  Value("law_lectures", {Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})})});
  ASSERT_TRUE(WaitUntilFlushed());
  first.Stop();
  const auto token = Push({MakeActivity("b", "law_lecture", "2024-03-05", {{"occurrences", 4}})});
  const auto stored = [&] {
    pqxx::connection connection(first.dsn());
    pqxx::work tx(connection);
    return tx.exec1("SELECT revision FROM applied WHERE source = 0 AND township_code = '630106101'")[0]
        .as<int64_t>();
  };
  for (const absl::Time until = absl::Now() + absl::Seconds(10);
       absl::Now() < until && stored() < token.revision();) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(stored(), token.revision());
  second->Stop();
  second.reset();
  first.Start();
  EXPECT_EQ(Value("law_lectures", {token}), 7);
  EXPECT_TRUE(Verify().equal());
}

TEST_F(ReportingTest, AFormulaThatNamesAnUnknownMeasureStopsServing) {
  reporting_->Stop();
  std::string json(ShippedMetrics());
  const std::string good = "\"law_lecture.occurrences\"";
  json.replace(json.find(good), good.size(), "\"law_lecture.no_such_measure\"");
  reporting_->options().metrics_json = json;
  reporting_->StartWithoutWaiting();
  ASSERT_TRUE(reporting_->WaitForServing(false));
  const auto figure = Figure("law_lectures");
  EXPECT_THAT(figure, HasReason("CATALOGUE_MISMATCH"));
  EXPECT_THAT(std::string(figure.status().message()), ::testing::HasSubstr("no_such_measure"));
}

TEST_F(ReportingTest, TheBackgroundVerificationShowsItsTime) {
  reporting_->Stop();
  reporting_->options().verify_interval = absl::Milliseconds(20);
  reporting_->Start();
  ASSERT_TRUE(WaitUntilFlushed());
  const auto stub = reporting_->As(auth::Role::kReviewer, "630106");
  v1::GetFreshnessRequest request;
  request.mutable_scope()->set_district("districts/630106");
  bool verified = false;
  for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until && !verified;) {
    const auto freshness = Call(*stub, &Rollups::GetFreshness, request);
    ASSERT_TRUE(freshness.ok()) << freshness.status();
    verified = freshness->has_verified_equal_time() && freshness->following();
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_TRUE(verified);
}

}  // namespace
}  // namespace zhenhui::reporting::testing

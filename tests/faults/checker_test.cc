// The checker of the fault tests can fail: real data, damaged on purpose in every way that it claims to see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "tests/faults/checker.h"
#include "tests/faults/deployment.h"
#include "tests/faults/fault_run.h"
#include "tests/faults/workload.h"

namespace zhenhui::faults {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Some seconds of real work without a kill, made once for all tests.
class CheckerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    deployment_ = MakeSeparateDeployment().release();
    ledger_ = new Ledger;
    SetUpPlaces(*deployment_, *ledger_);
    Workload workload(*deployment_, *ledger_, 1);
    ASSERT_EQ(workload.AwaitProgress(absl::Seconds(60)), "");
    absl::SleepFor(absl::Seconds(1));
    workload.Stop();
    ASSERT_EQ(AwaitFlushed(*deployment_), "") << deployment_->Logs();
  }
  static void TearDownTestSuite() {
    delete ledger_;
    delete deployment_;
  }

  static void Execute(const std::string& database, const std::string& sql) {
    pqxx::connection connection(deployment_->OwnerDsn(database));
    pqxx::nontransaction tx(connection);
    const pqxx::result result = tx.exec(sql);
    const bool changes_rows = !absl::StartsWith(sql, "CREATE") && !absl::StartsWith(sql, "DROP");
    ASSERT_EQ(result.affected_rows() > 0, changes_rows) << sql;
  }

  // Nobody works any more: then a database can be copied, and damaged behind the services' backs.
  static void StopServices() {
    Random random(1);
    for (const char* service : {"townships", "activities", "reporting"}) deployment_->Kill(service, random);
  }
  static void RestartServices() {
    for (const char* service : {"townships", "activities", "reporting"}) deployment_->Restore(service);
    ASSERT_EQ(AwaitFlushed(*deployment_), "") << deployment_->Logs();
  }

  static Deployment* deployment_;
  static Ledger* ledger_;
};

Deployment* CheckerTest::deployment_ = nullptr;
Ledger* CheckerTest::ledger_ = nullptr;

TEST_F(CheckerTest, FindsNothingInWhatIsRight) {
  EXPECT_EQ(CheckDatabase(*ledger_, deployment_->OwnerDsn("zhenhui")), "");
  EXPECT_EQ(VerifyTotals(*deployment_), "");
}

struct Damage {
  const char* sql;
  const char* finding;
};

TEST_F(CheckerTest, FindsEachDamageOfADatabase) {
  static const Damage kDamages[] = {
      {"UPDATE reporting.cell SET value = value + 1 WHERE ctid = (SELECT min(ctid) FROM reporting.cell)",
       "cell "},
      {"DELETE FROM reporting.cell WHERE ctid = (SELECT min(ctid) FROM reporting.cell)", "cell "},
      {"INSERT INTO reporting.cell VALUES ('630106101', 'law_lecture.hours', 1, '', '2024-05-01', 1)",
       "holds 1, its records sum to 0"},
      {"UPDATE reporting.applied SET revision = revision - 1 WHERE source = 0",
       "the cells include activities/"},
      {"DELETE FROM activities.revision WHERE (township_code, revision) = ('630106101', 2)",
       "a gap in activities/630106101"},
      {"DELETE FROM townships.revision WHERE (township_code, revision) = ('630106102', 1)",
       "a gap in townships/630106102"},
      // The newest revision: no gap, but the head is ahead of it.
      {"DELETE FROM activities.revision r USING activities.feed f WHERE f.township_code = '630106102'"
       " AND r.township_code = f.township_code AND r.revision = f.last_revision",
       "the head of activities/630106102"},
      // The same record stored a second time, as a retry without a check would do.
      {"WITH head AS (UPDATE activities.feed SET last_revision = last_revision + 1 WHERE township_code = "
       "'630106101'"
       " RETURNING last_revision) INSERT INTO activities.revision SELECT township_code, head.last_revision, "
       "record_type,"
       " record_id, revision, record, reason, by_subject, at FROM activities.revision, head"
       " WHERE (township_code, revision) = ('630106101', 1)",
       "times and is stored"},
      {"UPDATE activities.revision SET record = (SELECT record FROM activities.revision o WHERE "
       "o.township_code ="
       " '630106103' AND o.revision = 2) WHERE (township_code, revision) = ('630106103', 1)",
       "other content"},
      {"UPDATE activities.activity SET revision = revision + 1 WHERE ctid = (SELECT min(ctid) FROM "
       "activities.activity)",
       "the current row of"},
      {"DELETE FROM townships.current_record WHERE ctid = (SELECT min(ctid) FROM townships.current_record)",
       "no current row of"},
      {"UPDATE activities.activity SET activity_date = activity_date + 1"
       " WHERE ctid = (SELECT min(ctid) FROM activities.activity)",
       "the columns of"},
  };
  StopServices();
  const std::string dsn = deployment_->OwnerDsn("damaged");
  for (const Damage& damage : kDamages) {
    SCOPED_TRACE(damage.sql);
    Execute("postgres", "CREATE DATABASE damaged TEMPLATE zhenhui");
    ASSERT_EQ(CheckDatabase(*ledger_, dsn), "");
    Execute("damaged", damage.sql);
    EXPECT_THAT(CheckDatabase(*ledger_, dsn), HasSubstr(damage.finding));
    Execute("postgres", "DROP DATABASE damaged");
  }
  RestartServices();
}

TEST_F(CheckerTest, FindsARecordThatWasAcknowledgedAndIsNotStored) {
  Ledger::Entries entries = ledger_->Copy();
  entries.records[{"activities", "630106101", "activity/lost"}] = {{{"law_lecture 2024-01-01", {}}, 5}};
  EXPECT_THAT(Check(entries, ReadStored(deployment_->OwnerDsn("zhenhui"))),
              ::testing::Contains(HasSubstr("activity/lost was acknowledged 1 times and is stored 0 times")));
}

TEST_F(CheckerTest, FindsAnActivityThatTheLedgerHasTwice) {
  Ledger::Entries entries = ledger_->Copy();
  for (auto& [key, versions] : entries.records) {
    if (key.feed != "activities") continue;
    entries.records[{key.feed, key.town, key.id + "-again"}] = versions;
    break;
  }
  const auto findings = Check(entries, ReadStored(deployment_->OwnerDsn("zhenhui")));
  EXPECT_THAT(findings, ::testing::Contains(HasSubstr("is stored 0 times")));
  EXPECT_THAT(findings, ::testing::Contains(HasSubstr("cell ")));
}

TEST_F(CheckerTest, FindsABatchThatIsStoredInPartAndARecordThatNobodySent) {
  Ledger::Entries entries = ledger_->Copy();
  const auto stored = std::find_if(entries.records.begin(), entries.records.end(),
                                   [](const auto& record) { return record.second.size() == 1; });
  ASSERT_NE(stored, entries.records.end());
  entries.abandoned.push_back({{stored->first, stored->second[0].content},
                               {{"activities", "630106101", "activity/other-half"}, {"", {}}}});
  entries.records.erase(stored);
  EXPECT_THAT(Check(entries, ReadStored(deployment_->OwnerDsn("zhenhui"))),
              ::testing::Contains(HasSubstr("a batch is stored in part: 1 of 2")));
  entries.abandoned.clear();
  EXPECT_THAT(Check(entries, ReadStored(deployment_->OwnerDsn("zhenhui"))),
              ::testing::Contains(HasSubstr("nobody sent")));
}

TEST_F(CheckerTest, FindsAnAnswerThatBrokeTheContract) {
  Ledger ledger;
  const RecordKey key{"activities", "630106101", "activity/a"};
  ledger.Acknowledge(key, {"a", {}}, 5);
  ledger.Acknowledge(key, {"a", {}}, 5);
  EXPECT_THAT(ledger.Copy().complaints, IsEmpty());
  ledger.Acknowledge(key, {"a", {}}, 6);
  EXPECT_THAT(Check(ledger.Copy(), {}), ::testing::Contains(HasSubstr("at revision 5 and later at 6")));
}

// Last: it damages the original. The product's own proof has to see what its cells say wrongly.
TEST_F(CheckerTest, VerifyTotalsFindsACellThatWasChangedInTheDatabase) {
  StopServices();
  Execute("zhenhui",
          "UPDATE reporting.cell SET value = value + 1 WHERE ctid = (SELECT min(ctid) FROM reporting.cell"
          " WHERE series LIKE 'law_lecture.%' AND grain = 1)");
  RestartServices();
  EXPECT_THAT(VerifyTotals(*deployment_), HasSubstr("law_lecture."));
}

}  // namespace
}  // namespace zhenhui::faults

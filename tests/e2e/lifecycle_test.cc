// How the standalone starts, is refused, stops, comes back and survives: the real program in a folder of its
// own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <pqxx/pqxx>

#include "absl/time/clock.h"
#include "tests/e2e/standalone_process.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kDistrict[] = "code,name\n630106,湟中区\n";
constexpr char kTownships[] = "zhenhui.townships.v1.TownshipService";
constexpr char kActivities[] = "zhenhui.activities.v1.ActivityService";
constexpr char kReporting[] = "zhenhui.reporting.v1.RollupService";
constexpr int kServing = 1;
constexpr int kNotServing = 2;

template <typename Condition>
bool Await(Condition condition, absl::Duration patience = absl::Seconds(30)) {
  const absl::Time give_up = absl::Now() + patience;
  while (!condition()) {
    if (absl::Now() > give_up) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

bool Exists(pid_t pid) { return kill(pid, 0) == 0; }

class LifecycleTest : public ::testing::Test {
 protected:
  StandaloneProcess Start() { return StandaloneProcess({"--data-dir", data_}, data_ + "/keys", folder_); }
  // Stores one thing through the services.
  Outcome Import(const StandaloneProcess& standalone, const std::string& csv = kDistrict) {
    WriteFile(folder_ / "districts.csv", csv);
    return standalone.Cli({"import", "districts", folder_ / "districts.csv", "--output", "json"});
  }

  TempFolder folder_;
  std::string data_ = folder_ / "data";
};

TEST_F(LifecycleTest, TheFirstStartMakesKeysThatOnlyTheOwnerReadsAndSaysWhereTheyAre) {
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  EXPECT_EQ(ModeOf(data_ + "/keys"), 0700);
  EXPECT_EQ(ModeOf(data_ + "/keys/signing-key.pem"), 0600);
  EXPECT_EQ(ModeOf(data_ + "/keys/admin.token"), 0600);
  EXPECT_EQ(ModeOf(data_ + "/postgres"), 0700);
  EXPECT_EQ(ModeOf(data_ + "/run"), 0700);
  const std::string log = standalone.log();
  EXPECT_THAT(log, HasSubstr("镇汇已就绪 / Zhenhui is ready: " + standalone.address()));
  EXPECT_THAT(log, HasSubstr(data_ + "/keys/admin.token"));
  const std::string token = ReadFile(data_ + "/keys/admin.token");
  ASSERT_GT(token.size(), 100u);
  EXPECT_THAT(log, Not(HasSubstr(token.substr(0, token.size() - 1))))
      << "the token itself must not be printed";
  for (const char* service : {kTownships, kActivities, kReporting})
    EXPECT_EQ(standalone.Health(service), kServing);
}

TEST_F(LifecycleTest, ASecondStartInTheSameFolderIsRefusedAndDisturbsNobody) {
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  const Outcome second = RunProgram("zhenhui-standalone", {"--data-dir", data_, "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("DATA_DIR_IN_USE"));
  EXPECT_THAT(second.err, HasSubstr(std::to_string(standalone.program().pid())));
  EXPECT_EQ(Import(standalone).code, 0);
}

TEST_F(LifecycleTest, AfterSigtermItStartsAgainOnTheSameDataWithTheSameToken) {
  std::string token;
  {
    StandaloneProcess standalone = Start();
    ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
    ASSERT_EQ(Import(standalone).code, 0);
    token = ReadFile(data_ + "/keys/admin.token");
    const pid_t postgres = PostgresOf(data_);
    ASSERT_GT(postgres, 0);
    standalone.program().Signal(SIGTERM);
    EXPECT_EQ(standalone.program().AwaitEnd(), 0) << standalone.log();
    EXPECT_FALSE(Exists(postgres)) << "PostgreSQL runs on";
    EXPECT_EQ(PostgresOf(data_), 0) << "PostgreSQL was not stopped in order";
  }
  StandaloneProcess again = Start();
  ASSERT_TRUE(again.AwaitReady()) << again.log();
  EXPECT_EQ(ReadFile(data_ + "/keys/admin.token"), token);
  const Outcome same = Import(again);
  EXPECT_EQ(same.code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("\"unchanged\": 1"));
}

TEST_F(LifecycleTest, AKilledStandaloneLeavesNoPostgresBehindAndLosesNothing) {
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  ASSERT_EQ(Import(standalone).code, 0);
  const pid_t postgres = PostgresOf(data_);
  ASSERT_TRUE(Exists(postgres));
  standalone.program().Signal(SIGKILL);
  ASSERT_EQ(standalone.program().AwaitEnd(), 128 + SIGKILL);
  // At once: it has to cope with a server that may be still about to end.
  StandaloneProcess again = Start();
  ASSERT_TRUE(again.AwaitReady()) << again.log();
  EXPECT_TRUE(Await([&] { return !Exists(postgres); }));
  EXPECT_THAT(Import(again).out, HasSubstr("\"unchanged\": 1"));
}

TEST_F(LifecycleTest, AKilledDatabaseComesBackByItselfWithEverythingAcknowledged) {
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  ASSERT_EQ(Import(standalone).code, 0);
  const pid_t postgres = PostgresOf(data_);
  ASSERT_EQ(kill(postgres, SIGKILL), 0);
  ASSERT_TRUE(Await([&] { return PostgresOf(data_) != postgres && PostgresOf(data_) > 0; }))
      << standalone.log();
  Outcome again;
  EXPECT_TRUE(Await([&] { return (again = Import(standalone)).code == 0; })) << again.err << standalone.log();
  EXPECT_THAT(again.out, HasSubstr("\"unchanged\": 1"));
  EXPECT_THAT(standalone.log(), HasSubstr("PostgreSQL ended; starting it again"));
  EXPECT_TRUE(Await([&] { return standalone.Health(kTownships) == kServing; }));
}

TEST_F(LifecycleTest, AFolderWithAVeryLongNameAndASpaceWorks) {
  data_ = folder_ / ("数据 " + std::string(100, 'x'));
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  EXPECT_EQ(Import(standalone).code, 0);
  const std::string sockets = ReadFile(data_ + "/sockets-at");
  ASSERT_THAT(sockets, HasSubstr("/tmp/zhenhui-"));
  standalone.program().Signal(SIGTERM);
  EXPECT_EQ(standalone.program().AwaitEnd(), 0);
  EXPECT_FALSE(std::filesystem::exists(sockets.substr(0, sockets.size() - 1)))
      << "the folder of sockets is left";
}

TEST_F(LifecycleTest, AServiceCannotReadTheSchemaOfAnother) {
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  pqxx::connection connection("host='" + data_ + "/run' port=5432 dbname=zhenhui user=zhenhui_townships");
  pqxx::nontransaction tx(connection);
  EXPECT_NO_THROW(tx.exec("SELECT count(*) FROM townships.feed"));
  EXPECT_THROW(tx.exec("SELECT count(*) FROM activities.feed"), pqxx::insufficient_privilege);
}

TEST_F(LifecycleTest, ATakenPortAndAWrongFlagAreClearErrors) {
  StandaloneProcess standalone = Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  const Outcome taken =
      RunProgram("zhenhui-standalone", {"--data-dir", folder_ / "other", "--listen", standalone.address()});
  EXPECT_EQ(taken.code, 1);
  EXPECT_THAT(taken.err, HasSubstr("ADDRESS_UNAVAILABLE"));
  EXPECT_EQ(RunProgram("zhenhui-standalone", {}).code, 2);
  EXPECT_EQ(RunProgram("zhenhui-standalone", {"--dsn", "dbname=x"}).code, 2) << "--dsn needs --keys-dir";
}

TEST_F(LifecycleTest, WithoutItsDatabaseItDoesNotServeAndRecoversWhenItComes) {
  zhenhui::testing::PrivatePostgres postgres;
  postgres.Stop();
  StandaloneProcess standalone({"--dsn", postgres.Dsn(), "--keys-dir", folder_ / "keys"}, folder_ / "keys",
                               folder_);
  ASSERT_TRUE(standalone.AwaitListening()) << standalone.log();
  EXPECT_TRUE(Await([&] { return standalone.Health(kTownships) == kNotServing; }));
  EXPECT_EQ(standalone.Health(kReporting), kNotServing);
  EXPECT_EQ(Import(standalone).code, 4) << "unavailable: safe to run again";
  EXPECT_TRUE(Await([&] { return standalone.log().find("DATABASE_UNAVAILABLE") != std::string::npos; }));
  postgres.Start();
  ASSERT_TRUE(standalone.AwaitReady()) << standalone.log();
  EXPECT_EQ(standalone.Health(kTownships), kServing);
  EXPECT_EQ(Import(standalone).code, 0);
  postgres.Stop();
  EXPECT_TRUE(Await([&] { return standalone.Health(kTownships) == kNotServing; }));
  postgres.Start();
  EXPECT_TRUE(Await([&] { return standalone.Health(kTownships) == kServing; }));
  EXPECT_THAT(Import(standalone).out, HasSubstr("\"unchanged\": 1"));
}

}  // namespace
}  // namespace zhenhui::e2e

// A database that is down at the start, and one that restarts while the service serves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "absl/time/clock.h"
#include "common/rpc/server.h"
#include "tests/integration/activities/activities_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::activities::testing {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

bool WaitFor(const std::atomic<bool>& flag, bool wanted) {
  for (int i = 0; i < 400 && flag != wanted; ++i) absl::SleepFor(absl::Milliseconds(50));
  return flag == wanted;
}

TEST(RestartTest, TheServiceServesOnceTheDatabaseAnswersAndAgainAfterItsCrash) {
  zhenhui::testing::PrivatePostgres postgres({.durable = true});
  ASSERT_THAT(service::Migrate(postgres.Dsn(), ActivitiesSchema(), ""), IsOk());
  postgres.Stop();

  TownshipsDouble townships;
  const zhenhui::testing::FakeClock clock;
  const service::Config config{.dsn = *service::ServiceDsn(postgres.Dsn(), ActivitiesSchema()),
                               .clock = &clock,
                               .verifier = zhenhui::testing::TestVerifier()};
  auto service = CreateService(config, townships.Channel());
  ASSERT_THAT(service, IsOk());
  rpc::Server server({.access_log = rpc::AccessLog::kOff}, (*service)->hosted());
  ASSERT_THAT(server.Start(), IsOk());
  std::atomic<bool> serving{true};
  (*service)->Start([&](bool now) { serving = now; });
  const auto stub = v1::ActivityService::NewStub(
      server.InProcessChannel([] { return zhenhui::testing::Token(auth::Role::kReporter, kTown); }));
  const auto push = [&](const std::string& id) {
    v1::BatchPushActivitiesResponse response;
    return Seen(stub->BatchPushActivities(Context().get(), MakeBatch({MakeMessage(id)}), &response));
  };

  ASSERT_TRUE(WaitFor(serving, false));
  EXPECT_THAT(push("a"), HasReason("DATABASE_UNAVAILABLE"));
  postgres.Start();
  ASSERT_TRUE(WaitFor(serving, true));
  EXPECT_THAT(push("a"), IsOk());

  postgres.Kill();
  EXPECT_FALSE(push("b").ok());
  ASSERT_TRUE(WaitFor(serving, false));
  postgres.Start();
  ASSERT_TRUE(WaitFor(serving, true));
  EXPECT_THAT(push("b"), IsOk());
  v1::GetActivityRequest get;
  get.set_name("townships/630106101/activities/a");
  v1::GetActivityResponse got;
  EXPECT_THAT(Seen(stub->GetActivity(Context().get(), get, &got)), IsOk());
  (*service)->Stop();
  server.Shutdown(absl::Seconds(1));
}

}  // namespace
}  // namespace zhenhui::activities::testing

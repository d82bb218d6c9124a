// More work than the service takes: one thread that waits for the database, one place in the queue.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <pqxx/pqxx>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/reason.h"
#include "tests/integration/activities/activities_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::StatusIs;

class OverloadTest : public ::testing::Test {
 protected:
  OverloadTest()
      : host_(
            ActivitiesSchema(),
            [this](service::Config config) {
              config.threads = 1;
              config.queue_limit = 1;
              return CreateService(config, townships_.Channel());
            },
            clock_),
        reporter_(v1::ActivityService::NewStub(host_.Channel(auth::Role::kReporter, kTown))) {}

  std::future<std::vector<std::string>> PushBeside(const std::string& id) {
    return std::async(std::launch::async, [this, id] { return Push(*reporter_, {MakeMessage(id)}); });
  }
  // Looks at the metrics until they have this line.
  bool Comes(const std::string& line) {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (host_.metrics().Render().find(line + "\n") == std::string::npos) {
      if (absl::Now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  TownshipsDouble townships_;
  zhenhui::testing::FakeClock clock_;
  zhenhui::testing::ServiceHost host_;
  std::unique_ptr<Stub> reporter_;
};

constexpr char kInUse[] = "zhenhui_db_connections{pool=\"activities\",state=\"in_use\"} ";
constexpr char kIdle[] = "zhenhui_db_connections{pool=\"activities\",state=\"idle\"} ";
constexpr char kQueued[] = "zhenhui_activities_queued_calls ";

TEST_F(OverloadTest, AFullQueueIsRefusedWithARetryDelayAndWhatIsInItGoesThrough) {
  ASSERT_THAT(Push(*reporter_, {MakeMessage("first")}), ElementsAre("CREATED 1"));
  ASSERT_TRUE(Comes(absl::StrCat(kInUse, 0)));
  EXPECT_TRUE(Comes(absl::StrCat(kIdle, 1)));

  pqxx::connection connection(host_.dsn());
  pqxx::work lock(connection);  // as a writer of the same town that does not come to an end
  ASSERT_EQ(lock.exec("SELECT FROM feed WHERE township_code = '630106101' FOR UPDATE").size(), 1u);
  auto running = PushBeside("running");
  ASSERT_TRUE(Comes(absl::StrCat(kInUse, 1)));
  EXPECT_TRUE(Comes("zhenhui_db_waiting_calls{pool=\"activities\"} 0"));
  auto waiting = PushBeside("waiting");
  ASSERT_TRUE(Comes(absl::StrCat(kQueued, 1)));

  v1::BatchPushActivitiesResponse response;
  const absl::Status unary =
      Seen(reporter_->BatchPushActivities(Context().get(), MakeBatch({MakeMessage("refused")}), &response));
  EXPECT_THAT(unary, AllOf(StatusIs(absl::StatusCode::kResourceExhausted), HasReason("QUEUE_FULL")));
  EXPECT_EQ(RetryDelayOf(unary), absl::Milliseconds(200));

  const auto context = Context();
  const auto stream = reporter_->PushActivities(context.get());
  v1::PushActivitiesRequest batch;
  batch.set_parent("townships/630106101");
  *batch.add_activities() = MakeMessage("refused");
  stream->Write(batch);
  v1::PushActivitiesResponse acknowledged;
  EXPECT_FALSE(stream->Read(&acknowledged));
  const absl::Status streamed = Seen(stream->Finish());
  EXPECT_THAT(streamed, HasReason("QUEUE_FULL"));
  EXPECT_TRUE(RetryDelayOf(streamed).has_value());

  lock.abort();
  EXPECT_THAT(running.get(), ElementsAre("CREATED 2"));
  EXPECT_THAT(waiting.get(), ElementsAre("CREATED 3"));
  EXPECT_THAT(Push(*reporter_, {MakeMessage("refused")}), ElementsAre("CREATED 4"));
}

}  // namespace
}  // namespace zhenhui::activities::testing

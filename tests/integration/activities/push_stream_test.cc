// PushActivities, the stream.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/integration/activities/activities_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities::testing {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

v1::PushActivitiesRequest Batch(int64_t batch_id, const std::vector<v1::Activity>& activities) {
  v1::PushActivitiesRequest request;
  request.set_parent("townships/630106101");
  request.set_batch_id(batch_id);
  for (const v1::Activity& activity : activities) *request.add_activities() = activity;
  return request;
}

int64_t CountStored(Stub& stub) {
  v1::ListActivitiesRequest request;
  request.set_parent("townships/630106101");
  request.set_page_size(1000);
  v1::ListActivitiesResponse response;
  EXPECT_THAT(Seen(stub.ListActivities(Context().get(), request, &response)), IsOk());
  return response.activities_size();
}

TEST_F(ActivitiesTest, BatchesAreAcknowledgedInOrder) {
  const auto context = Context();
  const auto stream = reporter().PushActivities(context.get());
  constexpr int kBatches = 20;
  // Beside the reading: a client that only writes is held up once some answers wait for it.
  std::thread writer([&] {
    for (int i = 0; i < kBatches; ++i) {
      EXPECT_TRUE(
          stream->Write(Batch(i, {MakeMessage(absl::StrCat(i, "x")), MakeMessage(absl::StrCat(i, "y"))})));
    }
    stream->WritesDone();
  });
  v1::PushActivitiesResponse response;
  for (int i = 0; i < kBatches; ++i) {
    EXPECT_TRUE(stream->Read(&response));
    EXPECT_EQ(response.batch_id(), i);
    EXPECT_EQ(response.position().revision(), 2 * i + 2);
    EXPECT_THAT(Outcomes(response.results()),
                ElementsAre(absl::StrCat("CREATED ", 2 * i + 1), absl::StrCat("CREATED ", 2 * i + 2)));
  }
  EXPECT_FALSE(stream->Read(&response));
  writer.join();
  EXPECT_THAT(Seen(stream->Finish()), IsOk());
}

TEST_F(ActivitiesTest, ARecordsFaultDoesNotEndTheStreamAndABatchsFaultDoes) {
  const auto context = Context();
  const auto stream = reporter().PushActivities(context.get());
  v1::Activity bad = MakeMessage("bad");
  bad.set_note("\xff");
  v1::Activity unknown = MakeMessage("unknown");
  unknown.set_kind("party");
  ASSERT_TRUE(stream->Write(Batch(1, {bad, unknown, MakeMessage("a")})));
  v1::PushActivitiesRequest elsewhere = Batch(2, {MakeMessage("b")});
  elsewhere.set_parent("townships/630106102");
  stream->Write(elsewhere);
  stream->Write(Batch(3, {MakeMessage("c")}));
  v1::PushActivitiesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_THAT(Outcomes(response.results()),
              ElementsAre("REFUSED INVALID_UTF8", "REFUSED UNKNOWN_KIND", "CREATED 1"));
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(Seen(stream->Finish()), HasReason("OUT_OF_SCOPE"));
  EXPECT_EQ(CountStored(reporter()), 1);
}

TEST_F(ActivitiesTest, WhatCannotBeReadAtAllEndsTheStreamAfterTheBatchesBeforeIt) {
  const auto context = Context();
  const auto stream = reporter().PushActivities(context.get());
  ASSERT_TRUE(stream->Write(Batch(1, {MakeMessage("a")})));
  v1::PushActivitiesRequest bad = Batch(2, {MakeMessage("b")});
  bad.set_reason("\xff");
  stream->Write(bad);
  v1::PushActivitiesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.batch_id(), 1);
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_THAT(Seen(stream->Finish()), HasReason("MESSAGE_MALFORMED"));
}

TEST_F(ActivitiesTest, ABrokenStreamLeavesItsAcknowledgedBatchesAndCanBeSentAgain) {
  std::vector<v1::Activity> all;
  for (int i = 0; i < 10; ++i) all.push_back(MakeMessage(absl::StrCat("id", i)));
  int acknowledged = 0;
  {
    const auto context = Context();
    const auto stream = reporter().PushActivities(context.get());
    std::thread writer([&] {
      for (int i = 0; i < 10; ++i) stream->Write(Batch(i, {all[static_cast<size_t>(i)]}));
    });
    v1::PushActivitiesResponse response;
    for (; acknowledged < 3; ++acknowledged) EXPECT_TRUE(stream->Read(&response));
    context->TryCancel();
    writer.join();
    stream->Finish();
  }
  EXPECT_GE(CountStored(reporter()), acknowledged);
  Push(reporter(), all);
  EXPECT_EQ(CountStored(reporter()), 10);
}

TEST_F(ActivitiesTest, AClientThatDoesNotReadHoldsUpItselfAlone) {
  const auto context = Context();
  const auto slow = reporter().PushActivities(context.get());
  std::atomic<int> written{0};
  std::thread writer([&] {
    for (int i = 0; slow->Write(Batch(i, {MakeMessage(absl::StrCat("slow", i))})); ++i) ++written;
  });
  for (int last = -1; last != written;) {  // until the writer stands still
    last = written;
    absl::SleepFor(absl::Milliseconds(300));
  }
  EXPECT_LT(written, 20);
  EXPECT_EQ(Push(reporter(), {MakeMessage("quick")}).size(), 1u);
  context->TryCancel();
  writer.join();
}

TEST_F(ActivitiesTest, ADeadlineTooShortIsAnErrorAndTheSameBatchGoesThroughLater) {
  std::vector<v1::Activity> all;
  for (int i = 0; i < 500; ++i) all.push_back(MakeMessage(absl::StrCat("id", i)));
  v1::BatchPushActivitiesResponse response;
  const grpc::Status status =
      reporter().BatchPushActivities(Context(absl::Microseconds(200)).get(), MakeBatch(all), &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  Push(reporter(), all);
  EXPECT_EQ(CountStored(reporter()), 500);
}

TEST_F(ActivitiesTest, ABatchOverTheLimitIsRefused) {
  const std::vector<v1::Activity> all(1001, MakeMessage("a"));
  v1::BatchPushActivitiesResponse response;
  EXPECT_THAT(Seen(reporter().BatchPushActivities(Context().get(), MakeBatch(all), &response)),
              HasReason("BATCH_TOO_LARGE"));
}

}  // namespace
}  // namespace zhenhui::activities::testing

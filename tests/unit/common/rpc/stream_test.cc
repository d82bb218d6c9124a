#include "common/rpc/stream.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/server.h"
#include "common/status/reason.h"
#include "tests/testing/matchers.h"
#include "tests/unit/common/rpc/stream_fixture.h"

namespace zhenhui::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::StatusIs;
using Page = absl::StatusOr<std::vector<Text>>;

TEST_F(StreamTest, PagesArriveInOrderUntilAnEmptyOne) {
  int page = 0;
  service_.stream = [&](grpc::CallbackServerContext*, const Text*) {
    return new PagedStream<Text>(pool_, [&page]() -> Page {
      if (++page > 2) return std::vector<Text>();
      return std::vector<Text>{MakeText(absl::StrCat(page, "a")), MakeText(absl::StrCat(page, "b"))};
    });
  };
  const auto reader = CallStream(*channel_, &context_);
  EXPECT_THAT(ReadAll(*reader), ElementsAre("1a", "1b", "2a", "2b"));
  EXPECT_THAT(FromGrpc(reader->Finish()), IsOk());
}

TEST_F(StreamTest, ErrorBetweenPagesEndsTheStreamAfterWhatWasSent) {
  int page = 0;
  service_.stream = [&](grpc::CallbackServerContext*, const Text*) {
    return new PagedStream<Text>(pool_, [&page]() -> Page {
      if (++page > 1) return Error(absl::StatusCode::kOutOfRange, "CURSOR_TOO_OLD", "rebuild");
      return std::vector<Text>{MakeText("first")};
    });
  };
  const auto reader = CallStream(*channel_, &context_);
  EXPECT_THAT(ReadAll(*reader), ElementsAre("first"));
  EXPECT_THAT(FromGrpc(reader->Finish()), HasReason("CURSOR_TOO_OLD"));
}

TEST_F(StreamTest, RefusedStreamsEndWithTheirReason) {
  service_.stream = [](grpc::CallbackServerContext*, const Text*) {
    return new RefusedStream<Text>(Error(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE", "no"));
  };
  service_.bidi = [](grpc::CallbackServerContext*) {
    return new RefusedBidi<Text, Text>(Error(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE", "no"));
  };
  const auto reader = CallStream(*channel_, &context_);
  EXPECT_THAT(ReadAll(*reader), IsEmpty());
  EXPECT_THAT(FromGrpc(reader->Finish()), HasReason("OUT_OF_SCOPE"));
  grpc::ClientContext context;
  const auto bidi = CallBidi(*channel_, &context);
  Text text;
  EXPECT_FALSE(bidi->Read(&text));
  EXPECT_THAT(FromGrpc(bidi->Finish()), HasReason("OUT_OF_SCOPE"));
}

TEST_F(StreamTest, EachBatchIsAnsweredInOrderAndHalfCloseEndsWell) {
  service_.bidi = [this](grpc::CallbackServerContext*) {
    return new BatchStream<Text, Text>(pool_, [](const Text& request) -> absl::StatusOr<Text> {
      return MakeText("ack " + request.value());
    });
  };
  const auto bidi = CallBidi(*channel_, &context_);
  // The in-process transport buffers nothing: a client that writes on without reading would wait for ever.
  std::thread writer([&bidi] {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(bidi->Write(MakeText(absl::StrCat(i))));
    EXPECT_TRUE(bidi->WritesDone());
  });
  std::vector<std::string> answers;
  for (Text text; bidi->Read(&text);) answers.push_back(text.value());
  writer.join();
  EXPECT_THAT(answers, ElementsAre("ack 0", "ack 1", "ack 2"));
  EXPECT_THAT(FromGrpc(bidi->Finish()), IsOk());
}

TEST_F(StreamTest, ClientThatGoesAwayInTheMiddleLeavesNothingBehind) {
  std::atomic<int> handled = 0;
  service_.bidi = [&](grpc::CallbackServerContext*) {
    return new BatchStream<Text, Text>(pool_, [&handled](const Text& request) -> absl::StatusOr<Text> {
      ++handled;
      return request;
    });
  };
  const auto bidi = CallBidi(*channel_, &context_);
  ASSERT_TRUE(bidi->Write(MakeText("1")));
  Text text;
  ASSERT_TRUE(bidi->Read(&text));
  context_.TryCancel();
  EXPECT_THAT(FromGrpc(bidi->Finish()), StatusIs(absl::StatusCode::kCancelled));
  server_.Shutdown(absl::Seconds(20));  // would wait for ever if the stream did not end
  EXPECT_EQ(handled, 1);
}

}  // namespace
}  // namespace zhenhui::rpc

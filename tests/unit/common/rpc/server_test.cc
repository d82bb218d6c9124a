#include "common/rpc/server.h"

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/metrics/registry.h"
#include "common/rpc/call.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "common/status/reason.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"
#include "tests/unit/common/rpc/test_service.h"

namespace zhenhui::rpc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::StatusIs;
using ::zhenhui::testing::TestVerifier;
using ::zhenhui::testing::Token;

// Holds what it is given until the test lets it run; full when `limit` tasks wait.
class HoldingExecutor final : public Executor {
 public:
  bool TrySubmit(std::function<void()> task) override {
    std::lock_guard lock(mu_);
    if (tasks_.size() >= limit) return false;
    tasks_.push_back(std::move(task));
    return true;
  }
  void RunAll() {
    std::vector<std::function<void()>> tasks;
    {
      std::lock_guard lock(mu_);
      tasks.swap(tasks_);
    }
    for (const auto& task : tasks) task();
  }
  std::size_t Waiting() {
    std::lock_guard lock(mu_);
    return tasks_.size();
  }
  std::atomic<std::size_t> limit = 100;

 private:
  std::mutex mu_;
  std::vector<std::function<void()>> tasks_;
};

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    ServeWith(inline_, [](const Call& call, const std::string& text) -> absl::StatusOr<std::string> {
      return absl::StrCat(call.claims.subject, " said ", text);
    });
    port_ = server_.Start().value();
  }

  using Answering = std::function<absl::StatusOr<std::string>(const Call&, const std::string&)>;
  void ServeWith(Executor& executor, Answering answering) {
    service_.unary = [this, &executor, answering](grpc::CallbackServerContext* context, const Text* request,
                                                  Text* response) {
      return Unary(context, authenticator_, kUnaryMethod, executor, response,
                   [request, answering](const Call& call) -> absl::StatusOr<Text> {
                     absl::StatusOr<std::string> text = answering(call, request->value());
                     if (!text.ok()) return text.status();
                     return MakeText(*text);
                   });
    };
  }
  std::shared_ptr<grpc::Channel> ChannelWith(const std::string& token) const {
    return Connect(absl::StrCat("127.0.0.1:", port_), {.token = [token] { return token; }}).value();
  }
  absl::StatusOr<std::string> Ask(grpc::ClientContext* context, const std::string& token) const {
    std::string answer;
    const grpc::Status status = CallUnary(*ChannelWith(token), context, "hello", &answer);
    if (!status.ok()) return FromGrpc(status);
    return answer;
  }
  absl::StatusOr<std::string> Ask(const std::string& token = Token(auth::Role::kReporter, "630106101",
                                                                   "clerk")) const {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(20));
    return Ask(&context, token);
  }

  InlineExecutor inline_;
  metrics::Registry registry_;
  metrics::Timers timers_{registry_, "zhenhui_rpc", "method", "Calls"};
  const auth::Authenticator authenticator_{TestVerifier(),
                                           auth::AccessTable().Allow(kUnaryMethod, {auth::Role::kReporter})};
  TestService service_;
  Server server_{{.timers = &timers_}, {{&service_, "test.Test"}}};
  int port_ = 0;
};

TEST_F(ServerTest, AnswersACallerWithAToken) {
  const absl::StatusOr<std::string> answer = Ask();
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(*answer, "clerk said hello");
}

TEST_F(ServerTest, RefusesCallersWithoutRightOrToken) {
  EXPECT_THAT(Ask(""), AllOf(StatusIs(absl::StatusCode::kUnauthenticated), HasReason("TOKEN_MISSING")));
  EXPECT_THAT(Ask("a.b.c"),
              AllOf(StatusIs(absl::StatusCode::kUnauthenticated), HasReason("TOKEN_MALFORMED")));
  EXPECT_THAT(Ask(Token(auth::Role::kJob, "*")),
              AllOf(StatusIs(absl::StatusCode::kPermissionDenied), HasReason("ROLE_NOT_ALLOWED")));
}

TEST_F(ServerTest, InProcessChannelSendsTheTokenToo) {
  grpc::ClientContext context;
  std::string answer;
  const auto channel = server_.InProcessChannel([] { return Token(auth::Role::kReporter, "*", "inside"); });
  ASSERT_THAT(FromGrpc(CallUnary(*channel, &context, "hi", &answer)), IsOk());
  EXPECT_EQ(answer, "inside said hi");
}

std::string RequestIdIn(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  const auto found = metadata.find(kRequestIdHeader);
  return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
}

TEST_F(ServerTest, RequestIdOfTheCallerComesBackWhateverBecomesOfTheCall) {
  for (const std::string& token : {Token(auth::Role::kReporter, "*"), std::string("bad")}) {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(20), "abc-1.2_Z");
    EXPECT_EQ(Ask(&context, token).ok(), token != "bad");
    EXPECT_EQ(RequestIdIn(context.GetServerInitialMetadata()), "abc-1.2_Z");
    EXPECT_EQ(RequestIdIn(context.GetServerTrailingMetadata()), "");
  }
}

TEST_F(ServerTest, ACallerWithoutAGoodRequestIdLearnsANewOneOnlyIfTheCallFails) {
  const std::string bad_ids[] = {"", "has space", "\"}", std::string(65, 'a')};
  for (const std::string& sent : bad_ids) {
    for (const std::string& token : {Token(auth::Role::kReporter, "*"), std::string("bad")}) {
      grpc::ClientContext context;
      PrepareContext(&context, absl::Seconds(20), sent);
      EXPECT_EQ(Ask(&context, token).ok(), token != "bad");
      EXPECT_EQ(RequestIdIn(context.GetServerInitialMetadata()), "") << sent;
      EXPECT_EQ(RequestIdIn(context.GetServerTrailingMetadata()).size(), token == "bad" ? 16u : 0u) << sent;
    }
  }
}

TEST_F(ServerTest, DeadlineIsTheCallersButAtMostThirtySeconds) {
  absl::Duration left;
  ServeWith(inline_, [&left](const Call& call, const std::string&) -> absl::StatusOr<std::string> {
    left = call.deadline - absl::Now();
    return "";
  });
  grpc::ClientContext no_deadline;
  ASSERT_THAT(Ask(&no_deadline, Token(auth::Role::kReporter, "*")), IsOk());
  EXPECT_GT(left, absl::Seconds(25));
  EXPECT_LE(left, absl::Seconds(30));
  grpc::ClientContext ten_seconds;
  PrepareContext(&ten_seconds, absl::Seconds(10));
  ASSERT_THAT(Ask(&ten_seconds, Token(auth::Role::kReporter, "*")), IsOk());
  EXPECT_LE(left, absl::Seconds(11));
  EXPECT_GT(left, absl::Seconds(5));
}

TEST_F(ServerTest, ErrorsOfTheWorkArriveWithReasonAndExceptionsDoNotLeak) {
  ServeWith(inline_, [](const Call&, const std::string&) -> absl::StatusOr<std::string> {
    return InvalidFields({{"kind", "UNKNOWN_KIND", "no such kind"}});
  });
  const absl::Status status = Ask().status();
  EXPECT_THAT(status, HasReason("UNKNOWN_KIND"));
  ASSERT_EQ(ViolationsOf(status).size(), 1u);
  ServeWith(inline_, [](const Call&, const std::string&) -> absl::StatusOr<std::string> {
    throw std::runtime_error("secret table name");
  });
  EXPECT_THAT(Ask(),
              AllOf(StatusIs(absl::StatusCode::kInternal, Not(HasSubstr("secret"))), HasReason("INTERNAL")));
}

TEST_F(ServerTest, FullQueueSaysWhenToComeBack) {
  HoldingExecutor full;
  full.limit = 0;
  ServeWith(full, [](const Call&, const std::string&) -> absl::StatusOr<std::string> { return ""; });
  const absl::Status status = Ask().status();
  EXPECT_THAT(status, AllOf(StatusIs(absl::StatusCode::kResourceExhausted), HasReason("QUEUE_FULL")));
  EXPECT_EQ(RetryDelayOf(status), absl::Milliseconds(200));
}

TEST_F(ServerTest, WorkWhoseCallerHasGoneIsNotDone) {
  HoldingExecutor holding;
  std::atomic<int> worked = 0;
  ServeWith(holding, [&worked](const Call&, const std::string&) -> absl::StatusOr<std::string> {
    ++worked;
    return "";
  });
  grpc::ClientContext context;
  PrepareContext(&context, absl::Milliseconds(50));
  EXPECT_THAT(Ask(&context, Token(auth::Role::kReporter, "*")),
              StatusIs(absl::StatusCode::kDeadlineExceeded));
  ASSERT_EQ(holding.Waiting(), 1u);
  holding.RunAll();
  EXPECT_EQ(worked, 0);
}

TEST_F(ServerTest, CallsAreCountedByMethodAndOutcome) {
  ASSERT_THAT(Ask(), IsOk());
  ASSERT_THAT(Ask(""), Not(IsOk()));
  EXPECT_THAT(registry_.Render(), HasSubstr("zhenhui_rpc_total{code=\"OK\",method=\"/test.Test/Unary\"} 1"));
  EXPECT_THAT(registry_.Render(),
              HasSubstr("zhenhui_rpc_total{code=\"UNAUTHENTICATED\",method=\"/test.Test/Unary\"} 1"));
}

TEST_F(ServerTest, AccessLineCarriesTheRequestId) {
  ::testing::internal::CaptureStderr();
  grpc::ClientContext context;
  PrepareContext(&context, absl::Seconds(20), "trace-77");
  ASSERT_THAT(Ask(&context, Token(auth::Role::kReporter, "*")), IsOk());
  server_.Shutdown(absl::Seconds(5));
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, AllOf(HasSubstr("\"request_id\":\"trace-77\""),
                         HasSubstr("\"method\":\"/test.Test/Unary\""), HasSubstr("\"code\":\"OK\"")));
}

TEST_F(ServerTest, AccessLineOfAFailedCallCarriesTheNewRequestIdThatTheCallerSees) {
  ::testing::internal::CaptureStderr();
  grpc::ClientContext context;
  ASSERT_THAT(Ask(&context, "bad"), Not(IsOk()));
  server_.Shutdown(absl::Seconds(5));
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("\"request_id\":\"" + RequestIdIn(context.GetServerTrailingMetadata()) + "\""));
}

TEST_F(ServerTest, TakenAddressIsAnError) {
  TestService service;
  Server second({.address = absl::StrCat("127.0.0.1:", port_)}, {{&service, "test.Test"}});
  EXPECT_THAT(second.Start(),
              AllOf(StatusIs(absl::StatusCode::kUnavailable), HasReason("ADDRESS_UNAVAILABLE")));
}

TEST_F(ServerTest, MissingTlsFilesAreErrors) {
  TestService service;
  Server server({.tls = {.certificate_file = "/nonexistent.pem"}}, {{&service, "test.Test"}});
  EXPECT_THAT(server.Start(), HasReason("FILE_UNREADABLE"));
  EXPECT_THAT(Connect("127.0.0.1:1", {.tls = {.enabled = true, .ca_file = "/nonexistent.pem"}}),
              HasReason("FILE_UNREADABLE"));
}

TEST_F(ServerTest, ShutdownLetsTheRunningCallFinish) {
  HoldingExecutor holding;
  ServeWith(holding, [](const Call&, const std::string&) -> absl::StatusOr<std::string> { return "done"; });
  auto answer = std::async(std::launch::async, [this] { return Ask(); });
  while (holding.Waiting() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  auto stopped = std::async(std::launch::async, [this] { server_.Shutdown(absl::Seconds(20)); });
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
  holding.RunAll();
  EXPECT_THAT(answer.get(), IsOk());
  stopped.get();
  EXPECT_THAT(Ask(), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace zhenhui::rpc

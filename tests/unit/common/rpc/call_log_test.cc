// Methods that record their calls themselves leave the same traces as those that the interceptor records.
#include "common/rpc/call_log.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "common/rpc/call.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/status_to_grpc.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"
#include "tests/unit/common/rpc/test_service.h"

namespace zhenhui::rpc {
namespace {

using ::testing::HasSubstr;

class CallLogTest : public ::testing::Test {
 protected:
  CallLogTest() {
    service_.unary = [this](grpc::CallbackServerContext* context, const Text* request, Text* response) {
      CallEnd end(&own_, context, kUnaryMethod);
      const absl::StatusOr<Call> call = BeginCall(context, authenticator_, kUnaryMethod, kLongestUnary, &end);
      if (call.ok()) *response = *request;
      grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
      reactor->Finish(end(call.status()));
      return reactor;
    };
    port_ = server_.Start().value();
  }
  grpc::Status Ask(grpc::ClientContext* context, const std::string& token) const {
    std::string answer;
    return CallUnary(
        *Connect(absl::StrCat("127.0.0.1:", port_), {.token = [token] { return token; }}).value(), context,
        "hello", &answer);
  }
  static std::string GoodToken() { return zhenhui::testing::Token(auth::Role::kReporter, "*"); }
  static std::string IdIn(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
    const auto found = metadata.find(kRequestIdHeader);
    return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
  }

  metrics::Registry registry_;
  metrics::Timers timers_{registry_, "zhenhui_rpc", "method", "Calls"};
  const auth::Authenticator authenticator_{zhenhui::testing::TestVerifier(),
                                           auth::AccessTable().Allow(kUnaryMethod, {auth::Role::kReporter})};
  TestService service_;
  OwnRecords own_{{kUnaryMethod}};
  Server server_{{.timers = &timers_}, {{&service_, "test.Test", &own_}}};
  int port_ = 0;
};

TEST_F(CallLogTest, EachCallIsCountedOnce) {
  grpc::ClientContext good, bad;
  EXPECT_TRUE(Ask(&good, GoodToken()).ok());
  EXPECT_FALSE(Ask(&bad, "bad").ok());
  EXPECT_THAT(registry_.Render(), HasSubstr("zhenhui_rpc_total{code=\"OK\",method=\"/test.Test/Unary\"} 1"));
  EXPECT_THAT(registry_.Render(),
              HasSubstr("zhenhui_rpc_total{code=\"UNAUTHENTICATED\",method=\"/test.Test/Unary\"} 1"));
}

TEST_F(CallLogTest, ANewRequestIdIsToldIfTheCallFailsAndStandsInTheAccessLine) {
  ::testing::internal::CaptureStderr();
  grpc::ClientContext good, bad, own;
  EXPECT_TRUE(Ask(&good, GoodToken()).ok());
  EXPECT_FALSE(Ask(&bad, "bad").ok());
  PrepareContext(&own, absl::Seconds(20), "find-me");
  EXPECT_FALSE(Ask(&own, "bad").ok());
  server_.Shutdown(absl::Seconds(5));
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(IdIn(good.GetServerInitialMetadata()) + IdIn(good.GetServerTrailingMetadata()), "");
  const std::string told = IdIn(bad.GetServerTrailingMetadata());
  EXPECT_EQ(told.size(), 16u);
  EXPECT_THAT(log, HasSubstr("\"request_id\":\"" + told + "\""));
  EXPECT_EQ(IdIn(own.GetServerInitialMetadata()), "find-me");
  EXPECT_EQ(IdIn(own.GetServerTrailingMetadata()), "");
  EXPECT_THAT(log, HasSubstr("\"request_id\":\"find-me\""));
}

TEST_F(CallLogTest, AServerThatRecordsNothingLeavesTheLogOfTheOneThatDoes) {
  Server silent({.access_log = AccessLog::kOff}, {{&service_, "test.Test", &own_}});
  ASSERT_TRUE(silent.Start().ok());
  grpc::ClientContext context;
  EXPECT_TRUE(Ask(&context, GoodToken()).ok());
  EXPECT_THAT(registry_.Render(), HasSubstr("zhenhui_rpc_total{code=\"OK\",method=\"/test.Test/Unary\"} 1"));
}

}  // namespace
}  // namespace zhenhui::rpc

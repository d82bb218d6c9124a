#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"
#include "tests/integration/gateway/api/api_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::v1::CompareTownshipsRequest;
using reporting::v1::CompareTownshipsResponse;

constexpr char kCompare[] =
    "/v1/rollups:compare?scope.townships=townships/630106101&metrics=metrics/law_lectures&metrics=metrics/"
    "residents"
    "&startDate=2024-01-01&end_date=2024-12-31&normalisation=NORMALISATION_PER_VILLAGE";
constexpr char kJson[] = "content-type: application/json\r\n";

class ApiUnaryTest : public ApiFixture {
 protected:
  // Answers every comparison with an error.
  void Fail(const absl::Status& status) {
    rollups_.compare = [status](auto...) { return rpc::ToGrpc(status); };
  }
  // Answers with nothing and counts.
  void Succeed() {
    rollups_.compare = [this](auto...) {
      ++calls_;
      return grpc::Status::OK;
    };
  }
  std::atomic<int> calls_ = 0;
};

TEST_F(ApiUnaryTest, PassesAQueryOnWithItsCallerAndWritesTheAnswerAsJson) {
  rollups_.compare = [](grpc::ServerContext* context, const CompareTownshipsRequest& request,
                        CompareTownshipsResponse* response) {
    const auto& metadata = context->client_metadata();
    const auto value = [&](const char* key) {
      const auto found = metadata.find(key);
      return found == metadata.end() ? "none" : std::string(found->second.data(), found->second.size());
    };
    response->add_comparisons()->set_median(request.ShortDebugString());
    response->mutable_comparisons(0)->set_gini(value("authorization") + " " + value("x-request-id"));
    response->mutable_comparisons(0)->add_townships()->set_display_name_zh("总寨镇 \"1\"");
    return grpc::Status::OK;
  };
  Serve();
  HttpClient client(port());
  const HttpAnswer answer = client.Get(kCompare, "x-request-id: r-77\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Find("content-type"), "application/json");
  const auto body = nlohmann::json::parse(answer.body);
  EXPECT_EQ(body["comparisons"][0]["median"],
            "scope { townships: \"townships/630106101\" } metrics: \"metrics/law_lectures\" metrics: "
            "\"metrics/residents\" start_date: \"2024-01-01\" end_date: \"2024-12-31\" normalisation: "
            "NORMALISATION_PER_VILLAGE");
  EXPECT_EQ(body["comparisons"][0]["gini"], "Bearer t0ken r-77");
  EXPECT_EQ(body["comparisons"][0]["townships"][0]["displayNameZh"], "总寨镇 \"1\"");
}

TEST_F(ApiUnaryTest, TakesTheSameRequestAsABody) {
  rollups_.compare = [](grpc::ServerContext*, const CompareTownshipsRequest& request,
                        CompareTownshipsResponse* response) {
    response->add_comparisons()->set_median(request.scope().district());
    return grpc::Status::OK;
  };
  Serve();
  HttpClient client(port());
  const HttpAnswer answer =
      client.Request("POST", "/v1/rollups:compare", kJson, R"({"scope": {"district": "districts/630106"}})");
  EXPECT_EQ(answer.body, "{\"comparisons\":[{\"median\":\"districts/630106\"}]}\n");
  EXPECT_EQ(client.Request("HEAD", kCompare, "", "").status, 200);
}

TEST_F(ApiUnaryTest, PassesTheServicesErrorsOnWithTheirDetails) {
  Fail(WithRetryDelay(WithMetadata(Error(absl::StatusCode::kResourceExhausted, "QUEUE_FULL", "too much work"),
                                   "town", "630106101"),
                      absl::Milliseconds(200)));
  Serve();
  HttpClient client(port());
  const HttpAnswer answer = client.Get(kCompare, "x-request-id: r-78\r\n");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.headers.Find("retry-after"), "1");
  const auto error = nlohmann::json::parse(answer.body)["error"];
  EXPECT_EQ(error["code"], 429);
  EXPECT_EQ(error["status"], "RESOURCE_EXHAUSTED");
  EXPECT_EQ(error["message"], "too much work");
  EXPECT_EQ(error["details"][0]["metadata"]["town"], "630106101");
  EXPECT_EQ(error["details"].back()["requestId"], "r-78");
}

TEST_F(ApiUnaryTest, GivesEachCodeItsHttpStatus) {
  const struct {
    absl::StatusCode code;
    int http_status;
  } cases[] = {{absl::StatusCode::kNotFound, 404},
               {absl::StatusCode::kPermissionDenied, 403},
               {absl::StatusCode::kUnauthenticated, 401},
               {absl::StatusCode::kAborted, 409},
               {absl::StatusCode::kFailedPrecondition, 400}};
  Serve();
  HttpClient client(port());
  for (const auto& test : cases) {
    Fail(Error(test.code, "A_REASON", "m"));
    const HttpAnswer answer = client.Get(kCompare);
    EXPECT_EQ(answer.status, test.http_status);
    EXPECT_EQ(ReasonOf(answer), "A_REASON");
    EXPECT_EQ(answer.headers.Has("www-authenticate"), test.http_status == 401);
  }
}

TEST_F(ApiUnaryTest, RefusesWithoutAskingTheServiceWhatCannotBeMeant) {
  Succeed();
  Serve();
  HttpClient client(port());
  const struct {
    const char* http_method;
    const char* path;
    const char* headers;
    const char* body;
    int http_status;
    const char* reason;
  } cases[] = {
      {"GET", "/v1/nosuch", "", "", 404, "ROUTE_NOT_FOUND"},
      {"GET", "/v1/townships/%00", "", "", 400, "PATH_MALFORMED"},
      {"PUT", "/v1/rollups:compare", "", "", 405, "METHOD_NOT_ALLOWED"},
      {"GET", "/v1/rollups:compare?nosuch=1", "", "", 400, "PARAMETER_UNKNOWN"},
      {"POST", "/v1/rollups:compare", "content-type: text/plain\r\n", "{}", 415,
       "CONTENT_TYPE_NOT_SUPPORTED"},
      {"POST", "/v1/rollups:compare", "", "{}", 415, "CONTENT_TYPE_NOT_SUPPORTED"},
      {"POST", "/v1/rollups:compare", kJson, "{", 400, "BODY_MALFORMED"},
      {"GET", "/v1/rollups:compare", "x-timeout-ms: 0\r\n", "", 400, "TIMEOUT_MALFORMED"},
      {"GET", "/v1/rollups:compare", "x-timeout-ms: soon\r\n", "", 400, "TIMEOUT_MALFORMED"},
      {"GET", "/v1/rollups:compare", "x-timeout-ms: 999999999\r\n", "", 400, "TIMEOUT_MALFORMED"},
  };
  for (const auto& test : cases) {
    const HttpAnswer answer = client.Request(test.http_method, test.path, test.headers, test.body);
    EXPECT_EQ(answer.status, test.http_status) << test.path;
    EXPECT_EQ(ReasonOf(answer), test.reason) << test.path << answer.body;
    EXPECT_EQ(answer.headers.Find("allow"), test.http_status == 405 ? "GET, POST, HEAD" : "");
  }
  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(
      client
          .Request("POST", "/v1/rollups:compare", "content-type: Application/JSON ; charset=utf-8\r\n", "{}")
          .status,
      200);
}

TEST_F(ApiUnaryTest, TheCallersTimeReachesTheService) {
  rollups_.compare = [](grpc::ServerContext* context, auto&&...) {
    while (!context->IsCancelled()) std::this_thread::yield();
    return grpc::Status::CANCELLED;
  };
  Serve();
  HttpClient client(port());
  const HttpAnswer answer = client.Get(kCompare, "x-timeout-ms: 30\r\n");
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(ReasonOf(answer), "DEADLINE_EXCEEDED");
}

TEST_F(ApiUnaryTest, TheServiceLearnsThatTheBrowserLeft) {
  Moment asked, cancelled;
  rollups_.compare = [&](grpc::ServerContext* context, auto&&...) {
    asked.Reach();
    while (!context->IsCancelled()) std::this_thread::yield();
    cancelled.Reach();
    return grpc::Status::CANCELLED;
  };
  Serve();
  HttpClient client(port());
  client.Send("GET /v1/rollups:compare HTTP/1.1\r\nhost: h\r\n\r\n");
  ASSERT_TRUE(asked.Wait());
  client.Close();
  EXPECT_TRUE(cancelled.Wait());
}

TEST_F(ApiUnaryTest, SaysThatAServiceIsDownButNotWhere) {
  Serve(grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials()), {});
  HttpClient client(port());
  const HttpAnswer answer = client.Get(kCompare);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(ReasonOf(answer), "SERVICE_UNAVAILABLE");
  EXPECT_EQ(answer.headers.Find("retry-after"), "2");
  EXPECT_THAT(answer.body, ::testing::Not(::testing::HasSubstr("127.0.0.1")));
}

TEST_F(ApiUnaryTest, FilesAreSentAsTheyAreUnderTheirName) {
  reports_.export_comparison = [](const auto& request, reporting::v1::ExportComparisonResponse* response) {
    response->mutable_body()->set_content_type("text/csv; charset=utf-8");
    response->mutable_body()->set_data("\xEF\xBB\xBF" + request.comparison().start_date());
    response->set_file_name("比较 1.csv");
    return grpc::Status::OK;
  };
  Serve();
  HttpClient client(port());
  const HttpAnswer answer =
      client.Get("/v1/rollups:export?comparison.startDate=2024-01-01&format=REPORT_FORMAT_CSV");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Find("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(answer.headers.Find("content-disposition"),
            "attachment; filename*=UTF-8''%E6%AF%94%E8%BE%83%201.csv");
  EXPECT_EQ(answer.body,
            "\xEF\xBB\xBF"
            "2024-01-01");
}

TEST_F(ApiUnaryTest, AServiceWithoutAnAddressIsFoundAtTheStart) {
  gateway::upstream::Upstreams upstreams;
  upstreams.Add("zhenhui.townships.", in_process());
  const auto api = gateway::ApiHandler::Create(
      *gateway::transcoding::Transcoder::Create(gateway::transcoding::BuiltInDescriptors()),
      std::move(upstreams));
  EXPECT_EQ(zhenhui::ReasonOf(api.status()), "UPSTREAM_MISSING");
}

}  // namespace
}  // namespace zhenhui::testing

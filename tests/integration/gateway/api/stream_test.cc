#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"
#include "tests/integration/gateway/api/api_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::v1::RenderReportResponse;
using reporting::v1::WatchRollupsResponse;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using Watcher = grpc::ServerWriter<WatchRollupsResponse>;

constexpr char kEvents[] = "GET /v1/rollups:watch HTTP/1.1\r\nhost: h\r\naccept: text/event-stream\r\n\r\n";

WatchRollupsResponse Changed(const std::string& town) {
  WatchRollupsResponse response;
  response.add_figures()->set_township(town);
  return response;
}

class ApiStreamTest : public ApiFixture {
 protected:
  // Sends two messages and ends with `status`.
  void WatchEndsWith(const grpc::Status& status) {
    rollups_.watch = [status](grpc::ServerContext*, const auto&, Watcher* writer) {
      writer->Write(Changed("a"));
      writer->Write(Changed("b"));
      return status;
    };
  }
};

TEST_F(ApiStreamTest, SendsEventsToWhomeverAcceptsThem) {
  WatchEndsWith(grpc::Status::OK);
  Serve();
  HttpClient client(port());
  client.Send(kEvents);
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.Find("content-type"), "text/event-stream");
  EXPECT_TRUE(answer.whole);
  EXPECT_EQ(answer.body,
            "retry: 2000\n\n"
            "event: message\nid: 1\ndata: {\"figures\":[{\"township\":\"a\"}]}\n\n"
            "event: message\nid: 2\ndata: {\"figures\":[{\"township\":\"b\"}]}\n\n"
            "event: end\ndata: {}\n\n");
}

TEST_F(ApiStreamTest, AnErrorInTheMiddleIsTheLastEvent) {
  WatchEndsWith(rpc::ToGrpc(Error(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED", "m")));
  Serve();
  HttpClient client(port());
  client.Send(kEvents);
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 200);
  const size_t at = answer.body.find("event: error\ndata: ");
  ASSERT_NE(at, std::string::npos) << answer.body;
  const std::string data = answer.body.substr(at + 19);
  EXPECT_EQ(data.substr(data.size() - 2), "\n\n");
  EXPECT_EQ(data.find('\n'), data.size() - 2) << "an event's data is one line";
  EXPECT_EQ(ReasonIn(nlohmann::json::parse(data)), "TOKEN_EXPIRED");
}

TEST_F(ApiStreamTest, AnErrorBeforeTheFirstMessageIsAPlainAnswer) {
  rollups_.watch = [](auto&&...) {
    return rpc::ToGrpc(Error(absl::StatusCode::kPermissionDenied, "SCOPE", "m"));
  };
  Serve();
  HttpClient client(port());
  client.Send(kEvents);
  const HttpAnswer events = client.Read();
  EXPECT_EQ(events.status, 403);
  EXPECT_EQ(ReasonOf(events), "SCOPE");
  const HttpAnswer lines = client.Get("/v1/rollups:watch");
  EXPECT_EQ(lines.status, 403);
  EXPECT_EQ(ReasonOf(lines), "SCOPE");
}

TEST_F(ApiStreamTest, SendsLinesToEverybodyElse) {
  WatchEndsWith(grpc::Status::OK);
  Serve();
  HttpClient client(port());
  HttpAnswer answer = client.Get("/v1/rollups:watch");
  EXPECT_EQ(answer.headers.Find("content-type"), "application/x-ndjson");
  EXPECT_EQ(answer.body, "{\"figures\":[{\"township\":\"a\"}]}\n{\"figures\":[{\"township\":\"b\"}]}\n");
  WatchEndsWith(rpc::ToGrpc(Error(absl::StatusCode::kAborted, "GAP", "m")));
  answer = client.Get("/v1/rollups:watch");
  const std::string last = answer.body.substr(answer.body.rfind('\n', answer.body.size() - 2) + 1);
  EXPECT_EQ(ReasonIn(nlohmann::json::parse(last)), "GAP");
}

TEST_F(ApiStreamTest, AQuietStreamBeginsAndShowsThatItLives) {
  Moment leave;
  rollups_.watch = [&](grpc::ServerContext*, const auto&, Watcher* writer) {
    leave.Wait();
    writer->Write(Changed("late"));
    return grpc::Status::OK;
  };
  gateway::ApiOptions options;
  options.patience = std::chrono::milliseconds(5);
  options.heartbeat = std::chrono::milliseconds(5);
  Serve(in_process(), options);
  HttpClient client(port());
  client.Send(kEvents);
  EXPECT_EQ(client.ReadHead().status, 200);
  EXPECT_EQ(client.ReadChunk(), "retry: 2000\n\n");
  EXPECT_EQ(client.ReadChunk(), ": heartbeat\n\n");
  EXPECT_EQ(client.ReadChunk(), ": heartbeat\n\n");
  leave.Reach();
  std::string chunk = client.ReadChunk();
  while (chunk == ": heartbeat\n\n") chunk = client.ReadChunk();
  EXPECT_THAT(chunk, HasSubstr("\"late\""));
}

TEST_F(ApiStreamTest, TheServiceLearnsThatTheBrowserLeft) {
  Moment cancelled;
  rollups_.watch = [&](grpc::ServerContext* context, const auto&, Watcher* writer) {
    writer->Write(Changed("a"));
    while (!context->IsCancelled()) std::this_thread::yield();
    cancelled.Reach();
    return grpc::Status::CANCELLED;
  };
  Serve();
  HttpClient client(port());
  client.Send(kEvents);
  EXPECT_EQ(client.ReadHead().status, 200);
  client.Close();
  EXPECT_TRUE(cancelled.Wait());
}

// A message that comes while its reader leaves must neither hang nor be waited for.
TEST_F(ApiStreamTest, LeavingInTheMiddleOfMessagesEndsTheCall) {
  rollups_.watch = [](grpc::ServerContext*, const auto&, Watcher* writer) {
    while (writer->Write(Changed("a"))) std::this_thread::yield();
    return grpc::Status::CANCELLED;
  };
  gateway::ApiOptions options;
  options.heartbeat = std::chrono::microseconds(50);
  Serve(in_process(), options);
  for (int i = 0; i < 50; ++i) {
    HttpClient client(port());
    client.Send(kEvents);
    EXPECT_EQ(client.ReadHead().status, 200);
    for (int chunk = 0; chunk < i % 5; ++chunk) client.ReadChunk();
    client.Close();
  }
  server_->Stop(absl::Seconds(30));  // returns when no exchange is left
  EXPECT_EQ(server_->connections(), 0);
}

TEST_F(ApiStreamTest, AServerThatEndsSaysSoToItsLiveStreams) {
  Moment cancelled;
  rollups_.watch = [&](grpc::ServerContext* context, const auto&, Watcher* writer) {
    writer->Write(Changed("a"));
    while (!context->IsCancelled()) std::this_thread::yield();
    cancelled.Reach();
    return grpc::Status::CANCELLED;
  };
  Serve();
  HttpClient client(port());
  client.Send(kEvents);
  EXPECT_EQ(client.ReadHead().status, 200);
  EXPECT_EQ(client.ReadChunk(), "retry: 2000\n\n");
  EXPECT_THAT(client.ReadChunk(), StartsWith("event: message\n"));
  server_->Stop(absl::Seconds(30));
  const std::string last = client.ReadChunk();
  ASSERT_THAT(last, StartsWith("event: error\ndata: "));
  EXPECT_EQ(ReasonIn(nlohmann::json::parse(last.substr(19))), "SERVER_DRAINING");
  EXPECT_TRUE(cancelled.Wait());
}

TEST_F(ApiStreamTest, ASlowReaderSlowsTheServiceDown) {
  std::atomic<int> written = 0;
  rollups_.watch = [&](grpc::ServerContext*, const auto&, Watcher* writer) {
    const WatchRollupsResponse big = Changed(std::string(100'000, 'x'));
    while (written < 2000 && writer->Write(big)) ++written;
    return grpc::Status::OK;
  };
  Serve(in_process(), {});
  HttpClient client(port(), HttpClient::Options{.receive_buffer_bytes = 4096});
  client.Send(kEvents);
  EXPECT_EQ(client.ReadHead().status, 200);
  for (int i = 0; i < 20; ++i) client.ReadChunk();
  // 20 of 2000 messages were read; what the sockets and gRPC hold between is a few megabytes.
  EXPECT_LT(written, 1000);
  client.Close();
}

TEST_F(ApiStreamTest, ReportsAreStreamedAsFiles) {
  reports_.render = [](const auto& request, grpc::ServerWriter<RenderReportResponse>* writer) {
    RenderReportResponse part;
    part.mutable_body()->set_content_type("text/markdown");
    part.mutable_body()->set_data("# " + request.parent());
    part.set_file_name("年报.md");
    writer->Write(part);
    part.Clear();
    part.mutable_body()->set_data(std::string("\0\n", 2));
    writer->Write(part);
    part.Clear();
    part.set_digest("0123");
    writer->Write(part);
    return grpc::Status::OK;
  };
  Serve();
  HttpClient client(port());
  const HttpAnswer answer = client.Get("/v1/districts/630106/yearEnds/2024/report:render?format=4");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.whole);
  EXPECT_EQ(answer.headers.Find("content-type"), "text/markdown");
  EXPECT_EQ(answer.headers.Find("content-disposition"), "attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.md");
  EXPECT_EQ(answer.body, std::string("# districts/630106/yearEnds/2024\0\n", 34));
}

TEST_F(ApiStreamTest, AFileThatBreaksOffDoesNotLookWhole) {
  reports_.render = [](const auto&, grpc::ServerWriter<RenderReportResponse>* writer) {
    RenderReportResponse part;
    part.mutable_body()->set_data("half");
    writer->Write(part);
    return rpc::ToGrpc(Error(absl::StatusCode::kInternal, "INTERNAL", "m"));
  };
  Serve();
  HttpClient client(port());
  const HttpAnswer answer = client.Get("/v1/districts/630106/yearEnds/2024/report:render?format=4");
  EXPECT_EQ(answer.headers.Find("content-type"), "application/octet-stream");
  EXPECT_FALSE(answer.whole);
}

TEST_F(ApiStreamTest, AStreamHasNoDeadlineUnlessItIsAskedFor) {
  std::atomic<bool> unlimited = false;
  rollups_.watch = [&](grpc::ServerContext* context, const auto&, Watcher*) {
    unlimited = context->deadline() == std::chrono::system_clock::time_point::max();
    while (!unlimited && !context->IsCancelled()) std::this_thread::yield();
    return unlimited ? grpc::Status::OK : grpc::Status::CANCELLED;
  };
  Serve();
  HttpClient client(port());
  EXPECT_EQ(client.Get("/v1/rollups:watch").status, 200);
  EXPECT_TRUE(unlimited);
  const HttpAnswer limited = client.Get("/v1/rollups:watch", "x-timeout-ms: 30\r\n");
  EXPECT_EQ(limited.status, 504);
  EXPECT_FALSE(unlimited);
}

}  // namespace
}  // namespace zhenhui::testing

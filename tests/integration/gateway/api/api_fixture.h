#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "gateway/api/api_handler.h"
#include "gateway/http/server.h"
#include "tests/integration/gateway/api/fake_services.h"
#include "tests/testing/gateway/http_client.h"

namespace zhenhui::testing {

// The API over fake services; every call carries the token "t0ken".
class ApiFixture : public ::testing::Test {
 protected:
  ApiFixture() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&rollups_);
    builder.RegisterService(&reports_);
    services_ = builder.BuildAndStart();
  }
  ~ApiFixture() override {
    server_.reset();
    services_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
  }

  void Serve() { Serve(services_->InProcessChannel({}), {}); }
  void Serve(const std::shared_ptr<grpc::ChannelInterface>& channel, gateway::ApiOptions options) {
    gateway::upstream::Upstreams upstreams;
    upstreams.Add("", channel);
    auto api = gateway::ApiHandler::Create(
        *gateway::transcoding::Transcoder::Create(gateway::transcoding::BuiltInDescriptors()),
        std::move(upstreams), options);
    ASSERT_TRUE(api.ok()) << api.status();
    api_ = *std::move(api);
    gateway::http::ServerOptions server_options;
    server_options.limits.tick = absl::Milliseconds(5);
    auto server = gateway::http::Server::Start(server_options, [this](gateway::http::Exchange& exchange) {
      return api_->Handle(exchange, "t0ken");
    });
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  std::shared_ptr<grpc::Channel> in_process() { return services_->InProcessChannel({}); }
  int port() const { return server_->port(); }

  static std::string ReasonIn(const nlohmann::json& error) {
    for (const auto& detail : error["error"]["details"]) {
      if (detail["@type"] == "type.googleapis.com/google.rpc.ErrorInfo") return detail["reason"];
    }
    return "";
  }
  static std::string ReasonOf(const HttpAnswer& answer) {
    const auto tree = nlohmann::json::parse(answer.body, nullptr, false);
    return tree.is_object() && tree.contains("error") ? ReasonIn(tree) : "";
  }

  FakeRollups rollups_;
  FakeReports reports_;
  std::unique_ptr<grpc::Server> services_;
  std::unique_ptr<const gateway::ApiHandler> api_;
  std::unique_ptr<gateway::http::Server> server_;
};

}  // namespace zhenhui::testing

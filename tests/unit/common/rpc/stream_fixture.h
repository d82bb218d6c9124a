#pragma once
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "common/rpc/server.h"
#include "tests/unit/common/rpc/test_service.h"

namespace zhenhui::rpc {

// A server whose streams a test fills.
class StreamTest : public ::testing::Test {
 protected:
  StreamTest() {
    port_ = server_.Start().value();
    channel_ = server_.InProcessChannel();
    PrepareContext(&context_, absl::Seconds(30));
  }
  // Streams use members of the derived fixtures: they must end before those go.
  void TearDown() override { server_.Shutdown(absl::Seconds(5)); }
  std::vector<std::string> ReadAll(grpc::ClientReader<Text>& reader) {
    std::vector<std::string> texts;
    for (Text text; reader.Read(&text);) texts.push_back(text.value());
    return texts;
  }

  ThreadPool pool_{2, 100};
  TestService service_;
  Server server_{{.access_log = AccessLog::kOff}, {{&service_, "test.Test"}}};
  int port_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
  grpc::ClientContext context_;
};

}  // namespace zhenhui::rpc

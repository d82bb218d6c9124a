#pragma once
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/time/time.h"

namespace zhenhui::bench {

inline constexpr char kCompareMethod[] = "/zhenhui.reporting.v1.RollupService/CompareTownships";

// How a run of calls went.
struct Calls {
  double per_second = 0;
  double median_ms = 0;
  double p99_ms = 0;
  double answer_bytes = 0;  // mean
  // CPU time of the whole process for each call, client and server together: unlike calls a second it says
  // the same on a busy machine.
  double cpu_us = 0;
};

// Keeps `in_flight` unary calls under way for `duration`, spread over the channels, sending the serialised
// requests in turn. Answers are not parsed: what is measured is the server, and the same client's work for
// every server. Throws if a call fails.
Calls KeepCalling(const std::vector<std::shared_ptr<grpc::Channel>>& channels, const std::string& method,
                  const std::vector<std::string>& requests, int in_flight, absl::Duration duration);

// How an echo makes its answer.
enum class Echo {
  kMessage,  // a message of one string, made and written for each call
  kBytes,    // bytes that lie ready: not even a message is made
};

// A server that does as little as one of gRPC's callback API can: it answers kCompareMethod, whatever is
// asked, with `bytes` bytes. No token is looked at, nothing is logged or measured.
class EchoServer {
 public:
  EchoServer(Echo echo, size_t bytes);
  ~EchoServer();
  int port() const { return port_; }

 private:
  std::unique_ptr<grpc::Service> service_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace zhenhui::bench

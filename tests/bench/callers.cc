#include "tests/bench/callers.h"

#include <sys/resource.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include <grpcpp/generic/generic_stub.h>

#include "absl/time/clock.h"
#include "tests/bench/figures.h"
#include "tests/bench/must.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

// One run: callers repeat until the time is over, and the last one that ends wakes whoever waits.
struct Run {
  explicit Run(const std::vector<std::string>& requests) {
    for (const std::string& request : requests) {
      const grpc::Slice slice(request);
      messages.emplace_back(&slice, 1);
    }
  }
  std::string method;
  std::vector<grpc::ByteBuffer> messages;
  absl::Time until;
  std::atomic<size_t> next{0};
  std::mutex mu;
  std::condition_variable done;
  int under_way = 0;           // guarded by mu
  std::string failure;         // guarded by mu
  std::vector<double> all_ms;  // guarded by mu
  double bytes = 0;            // guarded by mu
};

absl::Duration CpuTime() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return absl::DurationFromTimeval(used.ru_utime) + absl::DurationFromTimeval(used.ru_stime);
}

class Caller {
 public:
  Caller(Run& run, const std::shared_ptr<grpc::Channel>& channel) : run_(run), stub_(channel) {}

  void Call() {
    context_ = std::make_unique<grpc::ClientContext>();
    answer_.Clear();
    started_ = absl::Now();
    const grpc::ByteBuffer& message = run_.messages[run_.next++ % run_.messages.size()];
    stub_.UnaryCall(context_.get(), run_.method, grpc::StubOptions(), &message, &answer_,
                    [this](const grpc::Status& status) { End(status); });
  }

  std::vector<double> milliseconds;

 private:
  void End(const grpc::Status& status) {
    const absl::Time now = absl::Now();
    milliseconds.push_back(absl::ToDoubleMilliseconds(now - started_));
    bytes_ += static_cast<double>(answer_.Length());
    if (status.ok() && now < run_.until) return Call();
    std::lock_guard lock(run_.mu);
    if (!status.ok()) run_.failure = status.error_message();
    run_.all_ms.insert(run_.all_ms.end(), milliseconds.begin(), milliseconds.end());
    run_.bytes += bytes_;
    if (--run_.under_way == 0) run_.done.notify_all();
  }

  Run& run_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::ClientContext> context_;
  grpc::ByteBuffer answer_;
  absl::Time started_;
  double bytes_ = 0;
};

using reporting::v1::RollupService;

class MessageEcho final : public RollupService::WithCallbackMethod_CompareTownships<RollupService::Service> {
 public:
  explicit MessageEcho(size_t bytes) : answer_(bytes, 'x') {}
  grpc::ServerUnaryReactor* CompareTownships(grpc::CallbackServerContext* context,
                                             const reporting::v1::CompareTownshipsRequest*,
                                             reporting::v1::CompareTownshipsResponse* response) override {
    response->add_comparisons()->set_metric(answer_);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const std::string answer_;
};

class BytesEcho final : public RollupService::WithRawCallbackMethod_CompareTownships<RollupService::Service> {
 public:
  explicit BytesEcho(size_t bytes) : slice_(std::string(bytes, 'x')) {}
  grpc::ServerUnaryReactor* CompareTownships(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                             grpc::ByteBuffer* response) override {
    *response = grpc::ByteBuffer(&slice_, 1);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const grpc::Slice slice_;
};

std::unique_ptr<grpc::Service> MakeEcho(Echo echo, size_t bytes) {
  if (echo == Echo::kMessage) return std::make_unique<MessageEcho>(bytes);
  return std::make_unique<BytesEcho>(bytes);
}

}  // namespace

Calls KeepCalling(const std::vector<std::shared_ptr<grpc::Channel>>& channels, const std::string& method,
                  const std::vector<std::string>& requests, int in_flight, absl::Duration duration) {
  Run run(requests);
  run.method = method;
  run.under_way = in_flight;
  const absl::Duration cpu = CpuTime();
  const absl::Time start = absl::Now();
  run.until = start + duration;
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < in_flight; ++i)
    callers.push_back(std::make_unique<Caller>(run, channels[static_cast<size_t>(i) % channels.size()]));
  for (const auto& caller : callers) caller->Call();
  std::unique_lock lock(run.mu);
  run.done.wait(lock, [&] { return run.under_way == 0; });
  Must(run.failure.empty(), run.failure);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  const auto calls = static_cast<double>(run.all_ms.size());
  return {.per_second = calls / seconds,
          .median_ms = Median(run.all_ms),
          .p99_ms = Percentile(run.all_ms, 99),
          .answer_bytes = run.bytes / calls,
          .cpu_us = absl::ToDoubleMicroseconds(CpuTime() - cpu) / calls};
}

EchoServer::EchoServer(Echo echo, size_t bytes) : service_(MakeEcho(echo, bytes)) {
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
  builder.RegisterService(service_.get());
  server_ = builder.BuildAndStart();
  Must(server_ != nullptr, "the echo server does not start");
}

EchoServer::~EchoServer() { server_->Shutdown(); }

}  // namespace zhenhui::bench

#include "tests/e2e/standalone_process.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <utility>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "absl/time/clock.h"

namespace zhenhui::e2e {
namespace {

// Calls a condition every few milliseconds until it holds, the program ends, or a minute has passed.
template <typename Condition>
bool AwaitWhileRunning(Program& program, Condition condition) {
  const absl::Time give_up = absl::Now() + absl::Minutes(1);
  while (!condition()) {
    if (!program.running() || absl::Now() > give_up) return false;
    absl::SleepFor(absl::Milliseconds(10));
  }
  return true;
}

}  // namespace

StandaloneProcess::StandaloneProcess(const std::vector<std::string>& place, std::string keys,
                                     const TempFolder& scratch)
    : keys_(std::move(keys)),
      log_(scratch / "standalone.log"),
      ready_file_(scratch / "ready"),
      state_(scratch / "state") {
  std::remove(ready_file_.c_str());
  std::remove(log_.c_str());
  std::vector<std::string> arguments = {"--listen", "127.0.0.1:0", "--ready-file", ready_file_};
  arguments.insert(arguments.end(), place.begin(), place.end());
  program_ = std::make_unique<Program>("zhenhui-standalone", arguments, log_);
}

bool StandaloneProcess::AwaitReady() {
  return AwaitWhileRunning(*program_, [this] { return std::ifstream(ready_file_) >> port_ && port_ > 0; });
}

bool StandaloneProcess::AwaitListening() {
  static constexpr char kPort[] = "\"port\":";
  return AwaitWhileRunning(*program_, [this] {
    const std::string text = log();
    const size_t at = text.find(kPort);
    if (at == std::string::npos) return false;
    port_ = std::atoi(text.c_str() + at + sizeof(kPort) - 1);
    return port_ > 0;
  });
}

Outcome StandaloneProcess::CliWith(const std::string& token_file,
                                   const std::vector<std::string>& arguments) const {
  return RunProgram("zhenhui", arguments,
                    {{"ZHENHUI_SERVER", address()},
                     {"ZHENHUI_TOKEN_FILE", token_file},
                     {"ZHENHUI_STATE_DIR", state_},
                     {"ZHENHUI_LANG", "en"}});
}

Outcome StandaloneProcess::Cli(const std::vector<std::string>& arguments) const {
  return CliWith(keys_ + "/admin.token", arguments);
}

Outcome StandaloneProcess::CliAs(const std::string& role, const std::string& scope,
                                 const std::vector<std::string>& arguments) const {
  const Outcome minted = RunProgram("zhenhui", {"token", "mint", "--key", keys_ + "/signing-key.pem",
                                                "--role", role, "--scope", scope, "--subject", "e2e"});
  if (minted.code != 0) return minted;
  const TempFolder folder;
  WriteFile(folder / "token", minted.out);
  return CliWith(folder / "token", arguments);
}

int StandaloneProcess::Health(const std::string& service) const {
  // HealthCheckRequest{service = 1} and HealthCheckResponse{status = 1}, written by hand: both are one field.
  const std::string request = std::string("\x0a") + static_cast<char>(service.size()) + service;
  const grpc::Slice bytes(request);
  const grpc::ByteBuffer message(&bytes, 1);
  grpc::GenericStub stub(grpc::CreateChannel(address(), grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", message, &queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  grpc::Slice flat;
  if (!status.ok() || !answer.DumpToSingleSlice(&flat).ok() || flat.size() != 2) return 0;
  return flat.begin()[1];
}

pid_t PostgresOf(const std::string& data_dir) {
  pid_t pid = 0;
  std::ifstream(data_dir + "/postgres/postmaster.pid") >> pid;
  return pid;
}

}  // namespace zhenhui::e2e

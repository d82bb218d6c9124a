// Comparison of all towns over gRPC, 64 calls in flight, every call with another metric, period or
// normalisation, against bare callback echoes that return as many bytes to the same client.
#include <cstdio>
#include <exception>

#include "absl/strings/str_cat.h"
#include "tests/bench/callers.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/questions.h"
#include "tests/bench/stand.h"

namespace zhenhui::bench {
namespace {

constexpr uint64_t kRecords = 96'000;
constexpr int kInFlight = 64;
constexpr int kConnections = 4;
constexpr int kRuns = 7;
constexpr absl::Duration kRun = absl::Seconds(2);

// The runs of one server.
struct Side {
  void Add(const Calls& run) {
    per_second.push_back(run.per_second);
    median_ms.push_back(run.median_ms);
    p99_ms.push_back(run.p99_ms);
    cpu_us.push_back(run.cpu_us);
  }
  std::vector<double> per_second, median_ms, p99_ms, cpu_us;
};

std::vector<double> Quotients(const std::vector<double>& above, const std::vector<double>& below) {
  std::vector<double> quotients;
  for (size_t run = 0; run < above.size(); ++run) quotients.push_back(above[run] / below[run]);
  return quotients;
}

int Main() {
  Stand stand;
  ImportPlaces(stand);
  PushRange(stand, 0, kRecords);
  const std::vector<std::string> questions = Questions(stand);

  const auto connect = [&stand](int port) {
    std::vector<std::shared_ptr<grpc::Channel>> channels;
    for (int i = 0; i < kConnections; ++i) channels.push_back(stand.Connect(port));
    return channels;
  };
  const auto measure = [&questions](const std::vector<std::shared_ptr<grpc::Channel>>& channels) {
    return KeepCalling(channels, kCompareMethod, questions, kInFlight, kRun);
  };

  const auto to_service = connect(stand.port());
  const Calls warm = measure(to_service);
  const EchoServer message_echo(Echo::kMessage, static_cast<size_t>(warm.answer_bytes));
  const EchoServer bytes_echo(Echo::kBytes, static_cast<size_t>(warm.answer_bytes));
  const auto to_message_echo = connect(message_echo.port());
  const auto to_bytes_echo = connect(bytes_echo.port());
  measure(to_message_echo);
  measure(to_bytes_echo);

  Side compared, messages, bytes;
  for (int run = 0; run < kRuns; ++run) {
    compared.Add(measure(to_service));
    messages.Add(measure(to_message_echo));
    bytes.Add(measure(to_bytes_echo));
  }
  Figures figures("compare", absl::StrCat("comparison: ", kTowns, " towns, ", kRecords, " records, ",
                                          questions.size(), " different questions, ", kInFlight,
                                          " in flight over ", kConnections, " connections, answers of ",
                                          static_cast<int>(warm.answer_bytes), " bytes on average"));
  figures.Add("comparisons", "calls/s", compared.per_second);
  figures.Add("echo of a message", "calls/s", messages.per_second);
  figures.Add("echo of bytes that lie ready", "calls/s", bytes.per_second);
  figures.Add("comparison, median latency", "ms", compared.median_ms);
  figures.Add("comparison, 99th percentile", "ms", compared.p99_ms);
  figures.Add("comparison, CPU time of client and server", "us", compared.cpu_us);
  figures.Add("echo of a message, CPU time of client and server", "us", messages.cpu_us);
  figures.Add("echo of bytes, CPU time of client and server", "us", bytes.cpu_us);
  figures.Add("echo of a message / comparison by CPU time", "", Quotients(messages.cpu_us, compared.cpu_us));
  figures.Add("comparisons / echo of bytes", "", Quotients(compared.per_second, bytes.per_second));
  figures.AtLeast("comparisons / echo of a message", "", Quotients(compared.per_second, messages.per_second),
                  0.80);
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main() try { return zhenhui::bench::Main(); } catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

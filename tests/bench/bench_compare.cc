// Comparison of all towns over gRPC, 64 calls in flight, every call with another metric, period or
// normalisation, against a bare callback echo that returns as many bytes to the same client.
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
constexpr absl::Duration kRun = absl::Seconds(3);

int Main() {
  Stand stand;
  ImportPlaces(stand);
  PushRange(stand, 0, kRecords);
  const std::vector<std::string> questions = Questions(stand);

  std::vector<std::shared_ptr<grpc::Channel>> to_service, to_echo;
  for (int i = 0; i < kConnections; ++i) to_service.push_back(stand.Connect());
  const Calls warm = KeepCalling(to_service, kCompareMethod, questions, kInFlight, kRun);
  const EchoServer echo(static_cast<size_t>(warm.answer_bytes));
  for (int i = 0; i < kConnections; ++i) to_echo.push_back(stand.Connect(echo.port()));
  KeepCalling(to_echo, kCompareMethod, questions, kInFlight, kRun / 3);

  std::vector<double> compared, echoed, ratios, median_ms, p99_ms, compared_us, echoed_us, cpu_ratios;
  for (int run = 0; run < kRuns; ++run) {
    const Calls a = KeepCalling(to_service, kCompareMethod, questions, kInFlight, kRun);
    const Calls b = KeepCalling(to_echo, kCompareMethod, questions, kInFlight, kRun);
    compared.push_back(a.per_second);
    echoed.push_back(b.per_second);
    ratios.push_back(a.per_second / b.per_second);
    compared_us.push_back(a.cpu_us);
    echoed_us.push_back(b.cpu_us);
    cpu_ratios.push_back(b.cpu_us / a.cpu_us);
    median_ms.push_back(a.median_ms);
    p99_ms.push_back(a.p99_ms);
  }
  Figures figures("compare", absl::StrCat("comparison: ", kTowns, " towns, ", kRecords, " records, ",
                                          questions.size(), " different questions, ", kInFlight,
                                          " in flight over ", kConnections, " connections, answers of ",
                                          static_cast<int>(warm.answer_bytes), " bytes on average"));
  figures.Add("comparisons", "calls/s", compared);
  figures.Add("bare echo", "calls/s", echoed);
  figures.Add("comparison, median latency", "ms", median_ms);
  figures.Add("comparison, 99th percentile", "ms", p99_ms);
  figures.Add("comparison, CPU time of client and server", "us", compared_us);
  figures.Add("bare echo, CPU time of client and server", "us", echoed_us);
  figures.Add("echo / comparison by CPU time", "", cpu_ratios);
  figures.AtLeast("comparisons / echo", "", ratios, 0.80);
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main() try { return zhenhui::bench::Main(); } catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

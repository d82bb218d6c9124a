// What depends on how many records there are: the latency of a comparison, rebuilding all cells from the
// records against reading the records alone, and the restart, at 10,000, 100,000 and 1,000,000 records (sizes
// may be given instead).
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/service.h"
#include "tests/bench/callers.h"
#include "tests/bench/copy_lines.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/must.h"
#include "tests/bench/questions.h"
#include "tests/bench/stand.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

constexpr int kRuns = 5;
constexpr uint64_t kRound = kTowns * kBatch;
// The flusher looks for requests, and notes what is done, once in an interval: that should not be what is
// measured.
constexpr absl::Duration kFlushInterval = absl::Milliseconds(50);
constexpr char kActiveRecords[] = "SELECT record FROM activities.revision WHERE record_type = 1";

struct AtSize {
  std::vector<double> in_process_ms, over_grpc_ms, computed, stored, read, computed_ratios, stored_ratios,
      cells, restart_ms, with_database_ms;
};

void Compare(Stand& stand, AtSize& out) {
  const std::vector<std::string> questions = Questions(stand);
  const auto inside = stand.InProcess();
  const auto outside = stand.Connect();
  KeepCalling({outside}, kCompareMethod, questions, 1, absl::Seconds(1));
  for (int run = 0; run < kRuns; ++run) {
    out.in_process_ms.push_back(
        KeepCalling({inside}, kCompareMethod, questions, 1, absl::Seconds(1)).median_ms);
    out.over_grpc_ms.push_back(
        KeepCalling({outside}, kCompareMethod, questions, 1, absl::Seconds(1)).median_ms);
  }
}

// Whether every feed of every town was computed after `start`.
bool Computed(reporting::v1::RollupService::Stub& stub, absl::Time start) {
  reporting::v1::GetFreshnessRequest request;
  request.mutable_scope()->set_district("districts/" + Shape().district);
  grpc::ClientContext context;
  reporting::v1::GetFreshnessResponse response;
  Must(stub.GetFreshness(&context, request, &response));
  return std::all_of(response.feeds().begin(), response.feeds().end(), [&](const auto& feed) {
    const auto& time = feed.applied_time();
    return absl::FromUnixNanos(time.seconds() * 1'000'000'000 + time.nanos()) > start;
  });
}

// Asks for all cells of all towns anew; nothing else is written meanwhile.
void Rebuild(Stand& stand, uint64_t records, AtSize& out) {
  reporting::v1::RollupService::Stub stub(stand.InProcess());
  const auto open = Asking(stand.dsn(), "SELECT count(*) FROM reporting.rebuild WHERE done < requested");
  Must(open() == "0", "a rebuild is under way");
  const absl::Time start = absl::Now();
  const auto wait_for = [&](const std::function<bool()>& done) {
    for (; !done(); absl::SleepFor(absl::Milliseconds(5)))
      Must(absl::Now() - start < absl::Minutes(5), "the rebuild does not end");
    return static_cast<double>(records) / absl::ToDoubleSeconds(absl::Now() - start);
  };
  Must(reporting::RequestRebuilds(stand.dsn(), "").status());
  out.computed.push_back(wait_for([&] { return Computed(stub, start); }));
  out.stored.push_back(wait_for([&] { return open() == "0"; }));
}

void Rebuilds(Stand& stand, uint64_t records, AtSize& out) {
  CopyOut(stand.dsn(), kActiveRecords);
  for (int run = 0; run < kRuns; ++run) {
    Rebuild(stand, records, out);
    out.read.push_back(CopyOut(stand.dsn(), kActiveRecords));
    out.computed_ratios.push_back(out.computed.back() / out.read.back());
    out.stored_ratios.push_back(out.stored.back() / out.read.back());
  }
  out.cells.push_back(std::stod(Ask(stand.dsn(), "SELECT count(*) FROM reporting.cell")));
}

// Milliseconds until all services serve and a comparison was answered.
double TimedStart(Stand& stand, bool database) {
  const std::vector<std::string> questions = Questions(stand);
  stand.StopServices();
  if (database) stand.StopDatabase();
  const absl::Time start = absl::Now();
  if (database) stand.StartDatabase();
  stand.StartServices();
  KeepCalling({stand.InProcess()}, kCompareMethod, questions, 1, absl::ZeroDuration());
  return absl::ToDoubleMilliseconds(absl::Now() - start);
}

void Restarts(Stand& stand, AtSize& out) {
  for (int run = 0; run < kRuns; ++run) {
    out.restart_ms.push_back(TimedStart(stand, false));
    out.with_database_ms.push_back(TimedStart(stand, true));
  }
}

void Tell(Figures& figures, uint64_t records, const AtSize& at) {
  const std::string with = absl::StrCat(records, " records: ");
  figures.Add(with + "comparison in process, median", "ms", at.in_process_ms);
  figures.Add(with + "comparison over gRPC, median", "ms", at.over_grpc_ms);
  figures.Add(with + "cells", "", at.cells);
  figures.Add(with + "rebuild until the figures are made of it", "rows/s", at.computed);
  figures.Add(with + "rebuild until all cells are stored too", "rows/s", at.stored);
  figures.Add(with + "COPY (SELECT record) TO STDOUT", "rows/s", at.read);
  if (records >= 100'000) {
    figures.AtLeast(with + "rebuild until the figures are made of it / COPY", "", at.computed_ratios, 0.50);
  } else {
    // The towns' fixed costs are all that is measured.
    figures.Add(with + "rebuild until the figures are made of it / COPY", "", at.computed_ratios);
  }
  // With few records the cells are more than they.
  if (records >= 1'000'000) {
    figures.AtLeast(with + "rebuild until stored / COPY", "", at.stored_ratios, 0.50);
  } else {
    figures.Add(with + "rebuild until stored / COPY", "", at.stored_ratios);
  }
  figures.AtMost(with + "restart of the services to the first answer", "ms", at.restart_ms, 1000);
  figures.Add(with + "the same with PostgreSQL", "ms", at.with_database_ms);
}

int Main(const std::vector<uint64_t>& sizes) {
  Stand stand(kFlushInterval);
  ImportPlaces(stand);
  Figures figures("records", absl::StrCat("records: ", kTowns, " towns with ", Shape().villages_per_town,
                                          " villages each, a year of records"));
  uint64_t pushed = 0;
  double smallest = 0, largest = 0;
  for (const uint64_t size : sizes) {
    const uint64_t records = std::max<uint64_t>(1, (size + kRound / 2) / kRound) * kRound;
    PushRange(stand, pushed, records);
    pushed = records;
    Execute(stand.dsn(), "VACUUM ANALYZE");
    AtSize at;
    Compare(stand, at);
    Rebuilds(stand, records, at);
    Restarts(stand, at);
    Tell(figures, records, at);
    largest = Median(at.over_grpc_ms);
    if (smallest == 0) smallest = largest;
  }
  figures.AtMost("comparison over gRPC, the most records / the fewest", "", {largest / smallest}, 1.25);
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main(int argc, char** argv) try {
  std::vector<uint64_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10'000, 100'000, 1'000'000};
  return zhenhui::bench::Main(sizes);
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

// Pushing of all towns at once in batches of 500, durable and counted in the figures, against plain COPY of
// the same records; and how soon after its acknowledgement a batch can be seen.
#include <cstdio>
#include <exception>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/copy_lines.h"
#include "tests/bench/figures.h"
#include "tests/bench/freshness_probe.h"
#include "tests/bench/load.h"
#include "tests/bench/stand.h"

namespace zhenhui::bench {
namespace {

constexpr uint64_t kRecords = 10 * kTowns * kBatch;  // of each run
constexpr int kRuns = 5;

// The same columns as the current rows and the record's bytes, the same keys.
constexpr char kPlainTable[] =
    "CREATE TABLE plain%s (LIKE activities.activity INCLUDING DEFAULTS, record bytea NOT NULL, "
    "PRIMARY KEY (township_code, id)); CREATE INDEX ON plain%s (township_code, activity_date, id)";

std::string RecordsBetween(const std::string& first_revision, const std::string& last_revision) {
  return absl::StrCat(
      "SELECT a.*, r.record FROM activities.activity a JOIN activities.revision r USING (township_code, "
      "revision) "
      "WHERE revision > ",
      first_revision, " AND revision <= ", last_revision, " ORDER BY revision, township_code");
}

std::string TableSql(const std::string& suffix) {
  std::string sql = kPlainTable;
  for (size_t at = 0; (at = sql.find("%s")) != std::string::npos;) sql.replace(at, 2, suffix);
  return sql;
}

// Rows a second from the first byte until the figures include all of them.
double TimedPush(Stand& stand, const std::vector<Batches>& towns) {
  Execute(stand.dsn(), "CHECKPOINT");
  const absl::Time start = absl::Now();
  AwaitCounted(stand, PushAll(stand, towns));
  return static_cast<double>(kRecords) / absl::ToDoubleSeconds(absl::Now() - start);
}

double TimedCopy(Stand& stand, const std::string& table, const std::vector<std::string>& lines,
                 size_t per_transaction, size_t connections) {
  Execute(stand.dsn(), "CHECKPOINT");
  return CopyIn(stand.dsn(), table, lines, per_transaction, connections);
}

struct Push {
  std::vector<double> pushed, one_copy, small_copies, parallel_copies;

  void Run(Stand& stand, uint64_t first, bool counts) {
    static const std::string kNewest = "SELECT max(last_revision) FROM activities.feed";
    const std::vector<Batches> towns = MakeBatches(first, kRecords);
    const std::string before = Ask(stand.dsn(), kNewest);
    const double push = TimedPush(stand, towns);
    const auto lines = ReadLines(stand.dsn(), RecordsBetween(before, Ask(stand.dsn(), kNewest)));
    const double one = TimedCopy(stand, "plain1", lines, lines.size(), 1);
    const double small = TimedCopy(stand, "plain2", lines, kBatch, 1);
    const auto connections =
        static_cast<size_t>(standalone::DatabaseSessions());  // as many as the service has
    const double parallel = TimedCopy(stand, "plain3", lines, kBatch, connections);
    if (!counts) return;
    pushed.push_back(push);
    one_copy.push_back(one);
    small_copies.push_back(small);
    parallel_copies.push_back(parallel);
  }
  std::vector<double> RatioTo(const std::vector<double>& copies) const {
    std::vector<double> ratios;
    for (size_t i = 0; i < pushed.size(); ++i) ratios.push_back(pushed[i] / copies[i]);
    return ratios;
  }
};

int Main() {
  Stand stand;
  ImportPlaces(stand);
  for (const char* suffix : {"1", "2", "3"}) Execute(stand.dsn(), TableSql(suffix));
  uint64_t next = 0;
  Push push;
  for (int run = -1; run < kRuns; ++run, next += kRecords) push.Run(stand, next, run >= 0);

  std::vector<double> p50, p99, token_p50, token_p99, violations, samples;
  for (int run = 0; run < kRuns; ++run, next += kRecords) {
    const Freshness seen = MeasureFreshness(stand, MakeBatches(next, kRecords));
    p50.push_back(Percentile(seen.seen_ms, 50));
    p99.push_back(Percentile(seen.seen_ms, 99));
    token_p50.push_back(Percentile(seen.token_ms, 50));
    token_p99.push_back(Percentile(seen.token_ms, 99));
    violations.push_back(static_cast<double>(seen.token_violations));
    samples.push_back(static_cast<double>(seen.seen_ms.size()));
  }

  Figures figures(
      "push",
      absl::StrCat("push: ", kTowns, " towns at once, batches of ", kBatch, ", ", kRecords,
                   " new records in each run, durable PostgreSQL, client and server on this machine"));
  figures.Add("pushed, acknowledged and counted in the figures", "rows/s", push.pushed);
  figures.Add("plain COPY, one transaction", "rows/s", push.one_copy);
  figures.Add("plain COPY, 500 rows in a transaction, one connection", "rows/s", push.small_copies);
  figures.Add(
      absl::StrCat("plain COPY, 500 rows in a transaction, ", standalone::DatabaseSessions(), " connections"),
      "rows/s", push.parallel_copies);
  figures.AtLeast("push / COPY in one transaction", "", push.RatioTo(push.one_copy), 0.40);
  figures.Add("push / COPY of 500 rows a transaction, one connection", "", push.RatioTo(push.small_copies));
  figures.Add("push / COPY of 500 rows a transaction, several connections", "",
              push.RatioTo(push.parallel_copies));
  figures.Add("acknowledgement to visible under this load, median", "ms", p50);
  figures.AtMost("acknowledgement to visible under this load, 99th percentile", "ms", p99, 100);
  figures.Add("batches watched", "", samples);
  figures.Add("query that carries the position, median", "ms", token_p50);
  figures.Add("query that carries the position, 99th percentile", "ms", token_p99);
  figures.AtMost("queries with a position that did not include it", "", violations, 0);
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main() try { return zhenhui::bench::Main(); } catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

// Closing a year of 50 towns x 200,000 records: snapshot, figures, digests, certificate and one durable
// transaction, against a GROUP BY over the same number of rows in the same PostgreSQL; and what closing does
// to pushes. The number of records may be given (default 10,000,000).
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/domain/year_end/year_ends.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_year_end_store.h"
#include "services/reporting/upkeep/catalogue.h"
#include "tests/bench/copy_lines.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/must.h"
#include "tests/bench/stand.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/reporting/v1/year_end_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

using namespace reporting;  // NOLINT: a program about one service
namespace v1 = reporting::v1;

constexpr int kRuns = 5;
constexpr int kYearTowns = 50;
constexpr int kVillages = 34;
const YearKey kYear{"990001", 2024};

std::string TownCode(int town) {
  return absl::StrCat(kYear.district, absl::Dec(100 + town, absl::kZeroPad3));
}

// The base series of flows that the catalogue names, by kind.
std::vector<std::vector<SeriesId>> Kinds(const MetricPlans& plans, const Vocabulary& vocabulary) {
  std::map<std::string, std::vector<SeriesId>> kinds;
  for (const MetricPlan& plan : plans.all()) {
    for (const auto* terms : {&plan.value, &plan.denominator}) {
      for (const PlanTerm& term : *terms) {
        if (term.kind != TermKind::kFlow) continue;
        const std::string series = vocabulary.SeriesName(term.series);
        auto& measures = kinds[series.substr(0, series.find('.'))];
        if (std::find(measures.begin(), measures.end(), term.series) == measures.end())
          measures.push_back(term.series);
      }
    }
  }
  std::vector<std::vector<SeriesId>> list;
  for (auto& [kind, measures] : kinds) list.push_back(std::move(measures));
  return list;
}

void LoadTowns(Cube& cube, const MetricPlans& plans, int64_t records) {
  Vocabulary& vocabulary = cube.vocabulary();
  const auto kinds = Kinds(plans, vocabulary);
  uint64_t random = 42;
  const auto next = [&](uint64_t below) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return (random >> 33) % below;
  };
  for (int town = 0; town < kYearTowns; ++town) {
    TownBuilder builder(vocabulary);
    builder.Add(TownshipFacts{absl::StrCat("示例", town + 1, "镇"), 1, {}});
    for (int month = 1; month <= 12; ++month) builder.Add(MonthConfirmed{Date(2024, month, 1)});
    std::vector<MemberId> villages;
    for (int i = 0; i < kVillages; ++i)
      villages.push_back(vocabulary.Member(absl::StrCat(TownCode(town), 200 + i)));
    for (int64_t i = 0; i < records / kYearTowns; ++i) {
      ActivityFacts facts;
      facts.date = Date(2024, 1, 1) + static_cast<int>(next(366));
      facts.village = villages[next(kVillages)];
      for (const SeriesId series : kinds[next(kinds.size())])
        facts.measures.push_back({series, static_cast<int64_t>(next(100)) + 1});
      builder.Add(facts);
    }
    builder.SetApplied(Feed::kActivities, records / kYearTowns);
    builder.SetApplied(Feed::kTownships, 1);
    cube.Load(TownCode(town), builder.Build());
  }
}

double Milliseconds(const std::function<void()>& work) {
  const absl::Time start = absl::Now();
  work();
  return absl::ToDoubleMilliseconds(absl::Now() - start);
}

// The parts of closing by themselves, for whoever wants to know where the time goes.
void TimeParts(const Cube& cube, const MetricPlans& plans, bench::Figures& figures) {
  std::vector<double> build, digest;
  for (int run = 0; run < kRuns; ++run) {
    DistrictYear year;
    build.push_back(Milliseconds([&] {
      const auto towns = Must(cube.SnapshotsUnder(kYear.district, YearPeriod(kYear.year, 0)));
      year = Must(BuildDistrictYear(cube.vocabulary(), plans, towns, kYear.district, "示例区", kYear.year));
    }));
    digest.push_back(Milliseconds([&] { DistrictDigest(year, TownDigests(year)); }));
  }
  figures.Add(absl::StrCat("snapshot and ", kYearTowns * plans.all().size() * kYearPeriods, " figures"), "ms",
              build);
  figures.Add("their digests", "ms", digest);
}

void TimeClosing(const Cube& cube, const MetricPlans& plans, const std::string& dsn,
                 const std::vector<double>& group_by, bench::Figures& figures) {
  const SystemClock clock;
  PostgresYearEndStore store(Must(service::ServiceDsn(dsn, ReportingSchema())));
  YearEnds ends({.cube = &cube,
                 .plans = &plans,
                 .store = &store,
                 .clock = &clock,
                 .following = [] { return true; },
                 .district_name = [](const std::string&, absl::Time) { return std::string("示例区"); }});
  const absl::Time until = absl::Now() + absl::Minutes(5);
  const auto act = [&](const YearCommand& command, const char* by) {
    return Must(ends.Do(kYear, command, by, until));
  };
  std::vector<double> closing, ratios, bytes;
  for (int run = 0; run < kRuns; ++run) {
    const YearEndView seen = Must(ends.View(kYear, until));
    for (const TownFacts& town : seen.facts.towns) act(SignTown{town.code, town.digest, ""}, "clerk");
    for (const char* person : {"first", "second"}) act(ApproveYear{seen.facts.digest}, person);
    closing.push_back(Milliseconds([&] { act(CloseYear{}, "job"); }));
    ratios.push_back(closing.back() / group_by[static_cast<size_t>(run)]);
    bytes.push_back(static_cast<double>(Must(store.ReadCertificate(kYear, 0, until)).text.size()));
    act(RequestReopening{"again"}, "first");
    act(ApproveReopening{}, "second");
  }
  figures.AtMost("close: snapshot, figures, digests, certificate, transaction, read back", "ms", closing,
                 2000);
  figures.Add("size of the certificate", "bytes", bytes);
  figures.Add("close / GROUP BY", "", ratios);
}

std::vector<double> TimeGroupBy(const std::string& dsn, int64_t records, bench::Figures& figures) {
  Execute(dsn, absl::StrCat(
                   "CREATE UNLOGGED TABLE bench_record AS SELECT '990001' || (100 + i % 50) AS township_code,"
                   " 'kind_' || (i % 30) AS kind, DATE '2024-01-01' + (i * 7 % 366)::int AS date,"
                   " (i % 100 + 1) AS attendances, 1::bigint AS occurrences FROM generate_series(1, ",
                   records, "::bigint) AS i"));
  Execute(dsn, "ANALYZE bench_record");
  std::vector<double> group_by;
  for (int run = 0; run < kRuns; ++run) {
    group_by.push_back(Milliseconds([&] {
      Ask(dsn,
          "SELECT count(*) FROM (SELECT township_code, kind, date_trunc('month', date), sum(attendances),"
          " sum(occurrences) FROM bench_record GROUP BY 1, 2, 3) AS grouped");
    }));
  }
  Execute(dsn, "DROP TABLE bench_record");
  figures.Add("GROUP BY town, kind, month over as many rows", "ms", group_by);
  return group_by;
}

// Milliseconds of each push of 50 records to one town, one after the other, for this long.
std::vector<double> PushFor(Stand& stand, absl::Duration time, int& number) {
  activities::v1::ActivityService::Stub stub(stand.Connect());
  const std::string parent = "townships/" + samples::SyntheticTownship(0, Shape());
  std::vector<double> took;
  for (const absl::Time until = absl::Now() + time; absl::Now() < until;) {
    activities::v1::BatchPushActivitiesRequest request;
    request.set_parent(parent);
    request.set_reason("补录");
    for (int i = 0; i < 50; ++i) {
      activities::v1::Activity& activity = *request.add_activities();
      activity.set_name(absl::StrCat(parent, "/activities/bench-", number++));
      activity.set_kind("law_lecture");
      activity.set_date("2024-03-05");
      (*activity.mutable_measures())["attendances"] = 40;
    }
    took.push_back(Milliseconds([&] {
      grpc::ClientContext context;
      activities::v1::BatchPushActivitiesResponse response;
      Must(stub.BatchPushActivities(&context, request, &response));
      Must(response.results(0).outcome() == common::v1::OUTCOME_CREATED,
           response.results(0).ShortDebugString());
    }));
  }
  return took;
}

// Closing takes no lock that a push needs; what it takes is time on the same cores. A rehearsal does all of
// it but the transaction, and may be done again and again.
void TimePushes(Stand& stand, bench::Figures& figures) {
  ImportPlaces(stand);
  PushRange(stand, 0, kTowns * kBatch * 4);
  int number = 0;
  PushFor(stand, absl::Seconds(1), number);
  std::vector<double> quiet_p99, closing_p99, longest, rehearsals;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<double> quiet = PushFor(stand, absl::Seconds(2), number);
    std::atomic<bool> stop = false;
    std::atomic<int> count = 0;
    std::thread closer([&] {
      v1::YearEndService::Stub stub(stand.InProcess());
      v1::CloseYearEndRequest request;
      request.set_name("districts/" + Shape().district + "/yearEnds/2024");
      request.set_validate_only(true);
      for (; !stop; ++count) {
        grpc::ClientContext context;
        v1::CloseYearEndResponse response;
        Must(stub.CloseYearEnd(&context, request, &response));
      }
    });
    const std::vector<double> busy = PushFor(stand, absl::Seconds(2), number);
    stop = true;
    closer.join();
    quiet_p99.push_back(Percentile(quiet, 99));
    closing_p99.push_back(Percentile(busy, 99));
    longest.push_back(*std::max_element(busy.begin(), busy.end()));
    rehearsals.push_back(count / 2.0);
  }
  figures.Add("push of 50 records, nothing else going on, p99", "ms", quiet_p99);
  figures.AtMost("the same while one closing follows another, p99", "ms", closing_p99, 50);
  figures.Add("the same, the longest", "ms", longest);
  figures.Add("closings a second meanwhile (rehearsals)", "/s", rehearsals);
}

int Main(int64_t records) {
  Stand stand;
  bench::Figures figures(
      "year_end", absl::StrCat("closing a year: ", kYearTowns, " towns, ", records, " records, 17 periods"));
  TimePushes(stand, figures);
  const std::vector<double> group_by = TimeGroupBy(stand.dsn(), records, figures);
  Vocabulary vocabulary;
  const auto catalogue = Must(Catalogue::Load(std::string(ShippedMetrics()), vocabulary));
  Cube cube(vocabulary);
  const double load = Milliseconds([&] { LoadTowns(cube, catalogue->plans(), records); });
  figures.Add("making the cells from the records (not part of closing)", "ms", {load});
  TimeParts(cube, catalogue->plans(), figures);
  TimeClosing(cube, catalogue->plans(), stand.dsn(), group_by, figures);
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main(int argc, char** argv) try {
  return zhenhui::bench::Main(argc > 1 ? std::strtoll(argv[1], nullptr, 10) : 10'000'000);
} catch (const std::exception& e) {
  std::fprintf(stderr, "%s\n", e.what());
  return 1;
}

#include <benchmark/benchmark.h>

#include "services/reporting/report/report.h"
#include "tests/unit/reporting/report/report_fixture.h"

// The bar: a town's report is rendered as Word in under 200 ms.
namespace zhenhui::testing {
namespace {

using reporting::report::Format;

// As many towns and records as a real district has.
reporting::DistrictYear DistrictOf(int towns) {
  reporting::DistrictYear year = InventedYear();
  const reporting::TownYear first = year.towns.front();
  for (int i = static_cast<int>(year.towns.size()); i < towns; ++i) {
    year.towns.push_back(first);
    year.towns.back().code = "6301064" + std::string(i < 10 ? "0" : "") + std::to_string(i);
  }
  return year;
}

void Render(benchmark::State& state, Format format, bool of_town, int records) {
  const reporting::DistrictYear year = DistrictOf(16), last_year = InventedYear(2023);
  reporting::report::ReportInput input = of_town ? TownInput(year) : DistrictInput(year);
  input.last_year = &last_year;
  for (int i = 0; i < records; ++i) {
    input.records.push_back({.metric = "law_lectures",
                             .date = "2024-03-05",
                             .record = "townships/630106101/activities/record-" + std::to_string(i),
                             .revision = i,
                             .kind = "law_lecture",
                             .title = "法治讲座（虚构）",
                             .village = "630106101201",
                             .value = 1,
                             .denominator = 0});
  }
  size_t bytes = 0;
  for (auto _ : state) bytes = Rendered(format, input).size();
  state.counters["bytes"] = static_cast<double>(bytes);
}

BENCHMARK_CAPTURE(Render, town_docx, Format::kDocx, true, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Render, town_xlsx_2000_records, Format::kXlsx, true, 2000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Render, town_xlsx_20000_records, Format::kXlsx, true, 20000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Render, district_docx_16_towns, Format::kDocx, false, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Render, district_xlsx_16_towns, Format::kXlsx, false, 0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Render, district_json_16_towns, Format::kJson, false, 0)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace zhenhui::testing

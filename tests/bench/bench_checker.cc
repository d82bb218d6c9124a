#include <benchmark/benchmark.h>

#include <string>

#include "services/reporting/catalogue/shipped_phrases.h"
#include "tests/unit/reporting/checker/fixture.h"

// The bar: a report of 5,000 characters is checked in under 50 ms.
namespace zhenhui::reporting::checker::testing {
namespace {

// Prose as dense in figures as reports are, repeated up to `characters`.
std::string Report(size_t characters) {
  const std::string paragraph =
      "（一）深化普法宣传。坚持把法治宣传教育作为基础性工作，结合重要时间节点，充分利用集市、广场、村级活动场"
      "所等阵地，"
      "组织开展形式多样的法治宣传活动56场次，发放各类宣传资料8600余份，现场解答群众法律咨询210人次，切实增强"
      "干部群众"
      "尊法学法守法用法意识。全年共排查各类矛盾纠纷128起，受理调解案件97件，调解成功95件，调解成功率97.9%"
      "，未发生"
      "行政复议和行政诉讼案件，为全镇经济社会高质量发展营造了良好的法治环境，群众的获得感、幸福感、安全感不断"
      "提升。\n";
  std::string report;
  size_t length = 0;
  while (length < characters) {
    report += paragraph;
    length += ReadText(paragraph).chars.size();
  }
  return report;
}

void BM_CheckReport(benchmark::State& state) {
  const Document document = DocumentFromText(Report(static_cast<size_t>(state.range(0))));
  const Lexicon& lexicon = ShippedLexicon();
  const FakeFigures figures;
  size_t findings = 0;
  for (auto _ : state) findings = CheckReport(lexicon, document, figures, {.year = 2024}).size();
  state.counters["findings"] = static_cast<double>(findings);
}
BENCHMARK(BM_CheckReport)->Arg(1000)->Arg(5000)->Arg(20000)->Unit(benchmark::kMillisecond);

void BM_LoadLexicon(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Lexicon::Load(ShippedPhrases(), ShippedCatalogue()));
}
BENCHMARK(BM_LoadLexicon)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace zhenhui::reporting::checker::testing

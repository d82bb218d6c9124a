// A narrative through the whole service: CheckReport over the port, as text and as a Word file, with and
// without the annotated page. The bar: 5,000 characters in under 50 ms. The last line is no report: as many
// figures as are taken.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/must.h"
#include "tests/bench/stand.h"
#include "tests/testing/reporting/docx_builder.h"
#include "zhenhui/reporting/v1/report_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

constexpr int kRuns = 21;
constexpr int kCharacters = 5000;
constexpr double kBarMs = 50;

// Prose as dense in figures as reports are; 203 characters a paragraph.
const std::string& Paragraph() {
  static const std::string text =
      "（一）深化普法宣传。坚持把法治宣传教育作为基础性工作，结合重要时间节点，充分利用集市、广场、村级活动场"
      "所等阵"
      "地，组织开展形式多样的法治宣传活动56场次，发放各类宣传资料8600余份，现场解答群众法律咨询210人次，切实"
      "增强干部群"
      "众尊法学法守法用法意识。全年共排查各类矛盾纠纷128起，受理调解案件97件，调解成功95件，调解成功率97.9%"
      "，未发生行政"
      "复议和行政诉讼案件，为全镇经济社会高质量发展营造了良好的法治环境。";
  return text;
}

std::vector<double> Check(reporting::v1::ReportService::Stub& stub, const std::string& township,
                          const std::string& content, bool annotate, int characters) {
  reporting::v1::CheckReportRequest request;
  request.set_township(township);
  request.set_year(2024);
  request.set_content(content);
  request.set_annotate(annotate);
  std::vector<double> runs;
  for (int run = 0; run < kRuns; ++run) {
    grpc::ClientContext context;
    reporting::v1::CheckReportResponse response;
    const absl::Time start = absl::Now();
    Must(stub.CheckReport(&context, request, &response));
    runs.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
    Must(response.characters() >= characters && response.claims_size() > 0, "the narrative was not read");
  }
  return runs;
}

int Run() {
  Stand stand;
  stand.StartServices();
  ImportPlaces(stand);
  const std::string township = MakeBatches(0, kTowns * kBatch).front().front().parent();
  reporting::v1::ReportService::Stub stub(stand.Connect());
  std::string text, body, dense;
  for (int i = 0; i * 203 < kCharacters; ++i) {
    text += Paragraph() + "\n";
    body += testing::WordParagraph(Paragraph());
  }
  for (int i = 0; i < 2000; ++i) dense += "举办法治讲座6场。\n";
  Figures figures("check_report",
                  absl::StrCat(kCharacters, " characters, medians of ", kRuns, " calls, over the port"));
  figures.AtMost("text", "ms", Check(stub, township, text, false, kCharacters), kBarMs);
  figures.AtMost("text, with the page", "ms", Check(stub, township, text, true, kCharacters), kBarMs);
  figures.AtMost("Word", "ms", Check(stub, township, testing::DocxOf(body), false, kCharacters), kBarMs);
  figures.Add("2,000 figures, with the page", "ms", Check(stub, township, dense, true, 18'000));
  return figures.Tell() == 0 ? 0 : 2;
}

}  // namespace
}  // namespace zhenhui::bench

int main() {
  try {
    return zhenhui::bench::Run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_check_report: %s\n", error.what());
    return EXIT_FAILURE;
  }
}

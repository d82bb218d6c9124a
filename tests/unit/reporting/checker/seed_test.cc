#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/unit/reporting/checker/fixture.h"

// A real report, where the build is given one (-DZHENHUI_SEED_DIR=...); its text is no part of this project.
namespace zhenhui::reporting::checker::testing {
namespace {

using ::testing::ElementsAre;

std::string ReadReport() {
  const std::string folder = ZHENHUI_SEED_DIR;
  if (folder.empty() || !std::filesystem::is_directory(folder)) return "";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  return "";
}

TEST(SeedReportTest, EveryFigureIsFoundAndJudgedAndNothingElse) {
  const std::string text = ReadReport();
  if (text.empty()) GTEST_SKIP() << "no report given";
  FakeFigures figures;
  for (const Metric& metric : ShippedCatalogue().metrics()) figures.Set(metric.code, 1);
  figures.Set("study_center_group", 8).Set("law_lectures", 6).Set("publicity_events", 43);
  figures.Set("materials_distributed", 4160)
      .Set("consultations_answered", 35)
      .Set("counsel_villages_covered", 34);
  figures.Set("law_savvy_persons", 102);
  std::vector<std::string> judged;
  for (const Finding& finding : Check(text, figures)) {
    judged.push_back(finding.metric + " " + std::string(VerdictName(finding.verdict)));
  }
  EXPECT_THAT(judged, ElementsAre("study_center_group match", "law_lectures match",
                                  "publicity_events approximate_match",
                                  "materials_distributed approximate_match", "consultations_answered match",
                                  "counsel_villages_covered match", "law_savvy_persons match"));
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing

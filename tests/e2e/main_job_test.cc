// The main job with the real programs: the sample district goes in through the command line, its report's
// figures come out, and corrections change them at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/e2e/standalone_process.h"

namespace zhenhui::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr char kTown[] = "630106101";   // 上新庄镇
constexpr char kOther[] = "630106102";  // 鲁沙尔镇

// One standalone with the sample district for all tests of this file; each leaves the figures of kTown in
// 2024 as it found them, or works in another year.
class MainJobTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TempFolder();
    const std::string data = *folder_ / "data";
    standalone_ = new StandaloneProcess({"--data-dir", data}, data + "/keys", *folder_);
    ASSERT_TRUE(standalone_->AwaitReady()) << standalone_->log();
    ASSERT_EQ(RunProgram("zhenhui-sample", {"--out", *folder_ / "sample"}).code, 0);
    Succeed(
        {"import", "townships", Sample("townships.csv"), "--create-district", "--district-name", "湟中区"});
    Succeed({"import", "villages", Sample("villages.csv")});
    Succeed({"import", "populations", Sample("populations.csv")});
    Succeed({"import", "roster", Sample("roster.csv")});
    Succeed({"push", "--wait", Sample("activities-630106101-2024.csv"), Sample("activities-others-2024.csv"),
             Sample("activities-2023.csv")});
    Succeed({"confirm", Sample("confirmations.csv")});
  }
  static void TearDownTestSuite() {
    delete standalone_;
    delete folder_;
  }

  static std::string Sample(const std::string& name) { return *folder_ / ("sample/" + name); }
  static std::string Write(const std::string& name, const std::string& text) {
    WriteFile(*folder_ / name, text);
    return *folder_ / name;
  }
  static void Succeed(const std::vector<std::string>& arguments) {
    const Outcome outcome = standalone_->Cli(arguments);
    ASSERT_EQ(outcome.code, 0) << arguments[0] << ": " << outcome.err << outcome.out;
  }
  static json Json(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--output", "json"});
    const Outcome outcome = standalone_->Cli(arguments);
    EXPECT_EQ(outcome.code, 0) << arguments[0] << ": " << outcome.err;
    return json::parse(outcome.out, nullptr, /*allow_exceptions=*/false);
  }
  // The figure as it is printed; includes everything that was pushed from here.
  static std::string Figure(const std::string& metric, const std::string& year = "2024") {
    const json answer = Json({"rollup", "--fresh", "--township", kTown, "--year", year, "--metric", metric});
    if (!answer.contains("rows") || answer["rows"].size() != 1) return "no single row: " + answer.dump();
    const json& figure = answer["rows"][0]["figure"];
    return figure.value("decimal", figure.dump());
  }
  static json Push(const std::string& file) { return Json({"push", file}); }

  static TempFolder* folder_;
  static StandaloneProcess* standalone_;
};
TempFolder* MainJobTest::folder_ = nullptr;
StandaloneProcess* MainJobTest::standalone_ = nullptr;

TEST_F(MainJobTest, TheFiguresOfTheReportComeOutExactly) {
  const std::map<std::string, std::string> expected = {
      {"study_center_group", "8"},      {"law_lectures", "6"},
      {"publicity_events", "43"},       {"materials_distributed", "4160"},
      {"consultations_answered", "35"}, {"counsel_villages_covered", "34"},
      {"law_savvy_persons", "102"},
  };
  for (const auto& [metric, value] : expected) EXPECT_EQ(Figure(metric), value) << metric;
}

TEST_F(MainJobTest, AllCoreMetricsHaveAFigure) {
  const json answer = Json({"rollup", "--township", kTown, "--year", "2024"});
  EXPECT_EQ(answer["rows"].size(), 34u);
  for (const json& row : answer["rows"]) EXPECT_TRUE(row["figure"].contains("state")) << row.dump();
}

TEST_F(MainJobTest, PushingTheSameFileAgainChangesNothing) {
  const json again = Push(Sample("activities-630106101-2024.csv"));
  EXPECT_EQ(again["created"], 0);
  EXPECT_EQ(again["updated"], 0);
  EXPECT_EQ(again["refused"], 0);
  EXPECT_GT(again["unchanged"], 0);
  EXPECT_EQ(Figure("law_lectures"), "6");
}

// Its note says which two mistakes are deliberate; everything else agrees with the records.
TEST_F(MainJobTest, TheSampleNarrativeIsCheckedAsItsNoteSays) {
  const std::string narrative =
      std::string(std::getenv("ZHENHUI_SOURCE_DIR")) + "/samples/630106/report-630106101-2024.md";
  const Outcome outcome = standalone_->Cli({"report", "check", narrative, "--township", kTown, "--year",
                                            "2024", "--html", *folder_ / "checked.html", "--output", "json"});
  EXPECT_EQ(outcome.code, 5) << outcome.err;
  const json answer = json::parse(outcome.out, nullptr, /*allow_exceptions=*/false);
  std::map<std::string, int> verdicts;
  std::string overstated, contradicting;
  for (const json& claim : answer["claims"]) {
    ++verdicts[claim["verdict"]];
    if (claim["verdict"] == "VERDICT_OVERSTATED") overstated = claim["quote"];
    if (claim["verdict"] == "VERDICT_INTERNALLY_INCONSISTENT") contradicting = claim["quote"];
  }
  EXPECT_EQ(overstated, "24次");
  EXPECT_EQ(contradicting, "3场");
  EXPECT_EQ(verdicts, (std::map<std::string, int>{{"VERDICT_MATCH", 10},
                                                  {"VERDICT_APPROXIMATE_MATCH", 2},
                                                  {"VERDICT_OVERSTATED", 1},
                                                  {"VERDICT_INTERNALLY_INCONSISTENT", 1},
                                                  {"VERDICT_PLAN_NOT_RESULT", 2},
                                                  {"VERDICT_UNLINKED", 2}}));
  EXPECT_THAT(ReadFile(*folder_ / "checked.html"), HasSubstr("上新庄镇2024年报告数据核对"));
}

// A real report, where the build is given one: its figures are those of the sample town.
TEST_F(MainJobTest, ARealReportAgreesWithItsRecords) {
  const std::string folder = ZHENHUI_SEED_DIR;
  if (folder.empty() || !std::filesystem::is_directory(folder)) GTEST_SKIP() << "no report given";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    const json answer = Json({"report", "check", entry.path(), "--township", kTown, "--year", "2024"});
    std::map<std::string, int> verdicts;
    for (const json& claim : answer["claims"]) ++verdicts[claim["verdict"]];
    EXPECT_EQ(verdicts, (std::map<std::string, int>{{"VERDICT_MATCH", 5}, {"VERDICT_APPROXIMATE_MATCH", 2}}));
  }
}

TEST_F(MainJobTest, TheComparisonRanksTheTownsAndWithholdsTheRankOfTheUnconfirmed) {
  const json answer =
      Json({"compare", "--district", "630106", "--year", "2024", "--metric", "publicity_events"});
  const json& comparison = answer["comparisons"][0];
  ASSERT_EQ(comparison["townships"].size(), 16u);
  int ranked = 0;
  for (const json& town : comparison["townships"]) {
    ranked += town.value("rank", 0) > 0 ? 1 : 0;
    if (town["township"] != "townships/630106204") continue;
    EXPECT_EQ(town.value("rank", 0), 0);
    EXPECT_EQ(town["rankWithheld"], "RANK_WITHHELD_UNCONFIRMED_MONTHS");
  }
  EXPECT_EQ(ranked, 15);
}

TEST_F(MainJobTest, AGb18030FileFromASpreadsheetIsUnderstood) {
  const std::string utf8 = Write("excel.csv",
                                 "类型,日期,标题,次数\r\n"
                                 "法治讲座,2022/3/5,〔示例〕民法典讲座,２\r\n");
  const std::string gb = *folder_ / "excel-gb18030.csv";
  ASSERT_EQ(RunProgram("/usr/bin/iconv", {"-f", "UTF-8", "-t", "GB18030", "-o", gb, utf8}).code, 0);
  ASSERT_NE(ReadFile(gb), ReadFile(utf8));
  const json pushed = Json({"push", "--township", "上新庄镇", gb});
  EXPECT_EQ(pushed["created"], 1) << pushed.dump();
  EXPECT_EQ(Figure("law_lectures", "2022"), "2");
  const json again = Json({"push", "--township", "上新庄镇", utf8});
  EXPECT_EQ(again["unchanged"], 1) << "the id comes from the content, whatever its encoding: "
                                   << again.dump();
}

TEST_F(MainJobTest, ACorrectionAndADeletionChangeTheTotalAtOnce) {
  const std::string file = Write("lectures.csv",
                                 "id,township,kind,date,title,occurrences\n"
                                 "e2e-1,630106101,law_lecture,2021-05-06,〔示例〕讲座一,3\n"
                                 "e2e-2,630106101,law_lecture,2021-05-07,〔示例〕讲座二,4\n");
  ASSERT_EQ(Push(file)["created"], 2);
  EXPECT_EQ(Figure("law_lectures", "2021"), "7");
  Succeed({"activities", "correct", "e2e-1", "--township", kTown, "--set", "measures.occurrences=10",
           "--reason", "counted wrongly"});
  EXPECT_EQ(Figure("law_lectures", "2021"), "14");
  Succeed({"activities", "delete", "e2e-2", "--township", kTown, "--reason", "did not take place"});
  EXPECT_EQ(Figure("law_lectures", "2021"), "10");
}

TEST_F(MainJobTest, TheRecordsBehindAFigureSumUpToIt) {
  const json answer = Json({"explain", "--township", kTown, "--metric", "materials_distributed", "--year",
                            "2024", "--limit", "0"});
  int64_t sum = 0;
  for (const json& item : answer["contributions"]) sum += std::stoll(item.value("value", "0"));
  EXPECT_EQ(sum, 4160);
  EXPECT_EQ(answer["figure"]["value"], "4160");
}

TEST_F(MainJobTest, PlansGapsAndAlarmsAreReadFromTheSample) {
  const json imported = Json({"plan", "import", Sample("targets.csv")});
  EXPECT_EQ(imported["refused"], 0) << imported.dump();
  const json plan = Json({"plan", "status", "--fresh", "--township", kTown, "--year", "2024"});
  std::map<std::string, std::string> states;
  for (const json& item : plan["items"]) states[item["metric"]] = item["state"];
  EXPECT_EQ(states["metrics/law_lectures"], "PLAN_STATE_DONE") << plan.dump();
  EXPECT_EQ(states["metrics/law_savvy_persons"], "PLAN_STATE_DONE");
  EXPECT_EQ(states["metrics/counsel_visits"], "PLAN_STATE_OVERDUE") << "counsels seldom come";
  // 18 visits by 34 counsels: some came nowhere.
  const json gaps = Json({"gaps", "--township", kTown, "--year", "2024", "--kind", "counsel_visit", "--type",
                          "village,roster,counsel"});
  int villages = 0;
  int counsels = 0;
  for (const json& gap : gaps["gaps"]) {
    villages += gap["type"] == "GAP_TYPE_VILLAGE";
    counsels += gap["type"] == "GAP_TYPE_ROSTER_ENTRY" && gap["member"].get<std::string>().starts_with("lc-");
    EXPECT_NE(gap["type"], "GAP_TYPE_NO_COUNSEL");
  }
  EXPECT_GE(villages, 16);
  EXPECT_GE(counsels, villages) << "each village has a counsel of its own";
  const json months = Json({"completeness", "--district", "630106", "--year", "2024"});
  EXPECT_EQ(months["townships"].size(), 16u);
  const json alarms = Json({"alarms", "--district", "630106", "--year", "2024", "--type", "jump"});
  EXPECT_GT(alarms["alarms"].size(), 0u);
}

TEST_F(MainJobTest, VerificationOfTheWholeDistrictFindsNoDifference) {
  const json answer = Json({"verify", "--district", "630106"});
  EXPECT_EQ(answer["equal"], true);
  EXPECT_GT(std::stoll(answer["cellsCompared"].get<std::string>()), 1000);
}

TEST_F(MainJobTest, AReporterOfAnotherTownNeitherWritesNorReadsHere) {
  const std::string file = Write("foreign.csv",
                                 "id,township,kind,date,title\n"
                                 "foreign-1,630106101,law_lecture,2020-05-06,〔示例〕不该有\n");
  const Outcome pushed = standalone_->CliAs("reporter", kOther, {"push", file});
  EXPECT_EQ(pushed.code, 3) << pushed.out << pushed.err;
  EXPECT_THAT(pushed.err, HasSubstr("OUT_OF_SCOPE"));
  const Outcome read = standalone_->CliAs(
      "reporter", kOther, {"rollup", "--township", kTown, "--year", "2024", "--metric", "law_lectures"});
  EXPECT_EQ(read.code, 3) << read.out << read.err;
  EXPECT_EQ(standalone_->CliAs("reporter", kTown, {"rollup", "--township", kTown, "--year", "2024"}).code, 0);
  EXPECT_EQ(standalone_->Cli({"activities", "show", "foreign-1", "--township", kTown}).code, 3)
      << "it was stored";
}

TEST_F(MainJobTest, ABadRowIsRefusedWithItsPlaceAndTheGoodOnesAreStored) {
  const std::string file = Write("mixed.csv",
                                 "id,township,kind,date,title\n"
                                 "mixed-1,630106101,law_lecture,2020-01-02,〔示例〕好的\n"
                                 "mixed-2,630106101,no_such_kind,2020-01-02,〔示例〕坏的\n");
  const Outcome pushed = standalone_->Cli({"push", file, "--rejects", *folder_ / "rejects.csv"});
  EXPECT_EQ(pushed.code, 1) << pushed.out << pushed.err;
  EXPECT_THAT(pushed.err, HasSubstr("mixed.csv:3"));
  EXPECT_THAT(ReadFile(*folder_ / "rejects.csv"), HasSubstr("mixed-2"));
  EXPECT_EQ(Figure("law_lectures", "2020"), "1");
}

}  // namespace
}  // namespace zhenhui::e2e

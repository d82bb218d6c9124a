// Plans, completeness, gaps and alarms on the command line.
#include "tests/integration/clients/cli_fixture.h"

namespace zhenhui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class OversightCliTest : public CliTest {};

TEST_F(OversightCliTest, TargetsAreImportedByChineseHeadingsAndFaultyRowsAreNamed) {
  const std::string file = File("targets.csv",
                                "乡镇,年份,指标,一季度,二季度,三季度,四季度,来源,备注\n"
                                "上新庄镇,2024,法治讲座,1,2,\"1,000\",２,学法计划,\n"
                                "630106101,2024,law_lectures,1,1,1,1,村两委换届方案,第三条\n"
                                "630106101,2024,法治讲坐,1,1,1,1,学法计划,\n"
                                "630106101,2024,law_lectures,1,约2,1,1,学法计划,\n"
                                "630106101,1999,law_lectures,1,1,1,1,普法工作计划,\n");
  EXPECT_EQ(Run({"plan", "import", file, "--reason", "计划调整"}), kExitSomeRefused) << err();
  EXPECT_THAT(err(), HasSubstr(file + " 第 4 行：metric"));
  EXPECT_THAT(err(), HasSubstr(file + " 第 5 行：q2"));
  EXPECT_THAT(err(), HasSubstr(file + " 第 6 行：year: 年份不对 [YEAR_INVALID]"));
  const auto& request = server_.plans.imported;
  EXPECT_EQ(request.parent(), "townships/630106101");
  EXPECT_EQ(request.reason(), "计划调整");
  ASSERT_EQ(request.targets_size(), 3);
  EXPECT_EQ(request.targets(0).metric(), "law_lectures");
  EXPECT_EQ(request.targets(0).quarters(2), 1000);
  EXPECT_EQ(request.targets(0).quarters(3), 2);
  EXPECT_EQ(request.targets(0).source(), activities::v1::TARGET_SOURCE_STUDY_PLAN);
  EXPECT_EQ(request.targets(1).source(), activities::v1::TARGET_SOURCE_OTHER);
  EXPECT_EQ(request.targets(1).note(), "村两委换届方案；第三条");
  EXPECT_EQ(Run({"plan", "import", file, "--output", "json"}), kExitSomeRefused);
  EXPECT_THAT(out(), HasSubstr("{\"created\": 2, \"updated\": 0, \"unchanged\": 0, \"refused\": 3}"));
  EXPECT_EQ(Run({"plan", "import", File("short.csv", "乡镇,年份\n")}), kExitUsage);
}

TEST_F(OversightCliTest, APlanIsListedAndHeldAgainstWhatWasDone) {
  ASSERT_EQ(Run({"plan", "import",
                 File("t.csv",
                      "township,year,metric,q1,q2,q3,q4,source\n"
                      "630106101,2024,law_lectures,1,2,3,4,publicity_plan\n")}),
            kExitOk)
      << err();
  EXPECT_EQ(Run({"plan", "list", "-t", "630106101", "--year", "2024", "--output", "csv"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("630106101,法治讲座（场次）,1,2,3,4,普法工作计划,"));
  EXPECT_EQ(Run({"plan", "status", "-d", "630106", "--year", "2024"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("落后"));
  EXPECT_THAT(out(), HasSubstr("33.33"));
  EXPECT_THAT(err(), HasSubstr("算到 2024-06-30"));
  EXPECT_EQ(Run({"plan", "status", "-d", "630106", "--overdue"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("逾期"));
  EXPECT_EQ(Run({"plan"}), kExitUsage);
}

TEST_F(OversightCliTest, GapsGoThroughAllPages) {
  EXPECT_EQ(Run({"gaps", "-t", "630106101", "--year", "2024", "--quarter", "2", "--type", "village,counsel",
                 "--kind", "mediation"}),
            kExitOk)
      << err();
  EXPECT_THAT(out(), HasSubstr("630106101201"));
  EXPECT_THAT(out(), HasSubstr("630106101202"));
  EXPECT_THAT(out(), HasSubstr("2023-11"));
  EXPECT_THAT(out(), HasSubstr("从未"));
  EXPECT_THAT(err(), HasSubstr("4 个村中 2 个有活动，均衡度（基尼系数）0.2500"));
  EXPECT_EQ(server_.oversight.gaps_asked.start_date(), "2024-04-01");
  EXPECT_EQ(server_.oversight.gaps_asked.end_date(), "2024-06-30");
  EXPECT_EQ(server_.oversight.gaps_asked.types_size(), 2);
  EXPECT_EQ(server_.oversight.gaps_asked.kind(), "mediation");
  EXPECT_EQ(Run({"gaps", "-t", "630106101", "--type", "towns"}), kExitUsage);
}

TEST_F(OversightCliTest, AlarmsAreListedInBothLanguagesAndExplained) {
  EXPECT_EQ(Run({"alarms", "-t", "630106101", "--year", "2024"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("上升150.00%"));
  EXPECT_THAT(out(), HasSubstr("2024.same_every_month.law_lectures"));
  language_ = "en";
  EXPECT_EQ(Run({"alarms", "-t", "630106101", "--year", "2024", "--type", "jump"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("up 150.00%"));
  EXPECT_EQ(Run({"alarms", "explain", "townships/630106101/alarms/2024.jump.law_lectures", "开展了专项宣传"}),
            kExitOk)
      << err();
  EXPECT_EQ(server_.oversight.explained.explanation(), "开展了专项宣传");
  EXPECT_EQ(server_.oversight.explained.name(), "townships/630106101/alarms/2024.jump.law_lectures");
  EXPECT_THAT(out(), HasSubstr("开展了专项宣传"));
  EXPECT_EQ(Run({"alarms", "explain", "x"}), kExitUsage);
}

TEST_F(OversightCliTest, CompletenessIsARowPerMonthOfATown) {
  EXPECT_EQ(Run({"completeness", "-t", "630106101", "--year", "2024"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("2024-03"));
  EXPECT_THAT(out(), HasSubstr("逾期"));
  EXPECT_THAT(err(), HasSubstr("完整率 8.33%，及时率 0.00%"));
}

TEST_F(OversightCliTest, RosterEntriesComeFromTheirColumn) {
  ASSERT_EQ(
      Run({"push", File("r.csv", "编号,类型,日期,件数,名册\na-1,mediation,2024-03-05,2,lc-001；lc-002\n"),
           "-t", "630106101"}),
      kExitOk)
      << err();
  const auto stored = server_.activities.Stored("a-1");
  ASSERT_EQ(stored.roster_entries_size(), 2);
  EXPECT_EQ(stored.roster_entries(1), "lc-002");
  EXPECT_EQ(Run({"activities", "show", "a-1", "-t", "630106101"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("lc-001;lc-002"));
}

}  // namespace
}  // namespace zhenhui::cli

#include "tests/integration/clients/cli_fixture.h"

namespace zhenhui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RecordsTest : public CliTest {
 protected:
  void PushOne() {
    ASSERT_EQ(
        Run({"push", File("one.csv", "id,kind,date,cases\na-1,mediation,2024-03-05,2\n"), "-t", "630106101"}),
        kExitOk)
        << err();
  }
};

TEST_F(RecordsTest, ACorrectionShowsBeforeAndAfter) {
  PushOne();
  EXPECT_EQ(Run({"activities", "correct", "a-1", "-t", "上新庄镇", "--set", "measures.cases=3", "--reason",
                 "数错了"}),
            kExitOk)
      << err();
  EXPECT_THAT(out(), HasSubstr("cases=2"));
  EXPECT_THAT(out(), HasSubstr("cases=3"));
  EXPECT_THAT(out(), Not(HasSubstr("kind")));
  EXPECT_THAT(err(), HasSubstr("activities:630106101:2"));
}

TEST_F(RecordsTest, AStaleEtagIsRefusedAndNotWorthARetry) {
  PushOne();
  EXPECT_EQ(Run({"activities", "correct", "a-1", "-t", "630106101", "--set", "measures.cases=3", "--reason",
                 "x", "--etag", "0"}),
            kExitRefused);
  EXPECT_THAT(err(), HasSubstr("[ETAG_MISMATCH]"));
}

TEST_F(RecordsTest, AListAsCsvCanBeEditedAndPushedAsCorrections) {
  PushOne();
  EXPECT_EQ(Run({"activities", "list", "-t", "630106101", "--output", "csv"}), kExitOk) << err();
  std::string text = out();
  const size_t cases = text.rfind(",2\r\n");
  ASSERT_NE(cases, std::string::npos) << text;
  EXPECT_EQ(Run({"push", File("same.csv", text), "--reason", "x", "--output", "json"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("\"unchanged\": 1"));
  text.replace(cases, 2, ",5");
  EXPECT_EQ(Run({"push", File("edited.csv", text), "--reason", "x", "--output", "json"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("\"updated\": 1"));
  EXPECT_EQ(server_.activities.Stored("a-1").measures().at("cases"), 5);
}

TEST_F(RecordsTest, AListCanBeginWithTheNewest) {
  EXPECT_EQ(Run({"activities", "list", "-t", "630106101", "--newest"}), kExitOk) << err();
  EXPECT_EQ(server_.activities.last_order(), "date desc");
  EXPECT_EQ(Run({"activities", "list", "-t", "630106101"}), kExitOk) << err();
  EXPECT_EQ(server_.activities.last_order(), "");
}

TEST_F(RecordsTest, AMissingActivityIsARefusal) {
  EXPECT_EQ(Run({"activities", "show", "nothing", "-t", "630106101"}), kExitRefused);
  EXPECT_THAT(err(), HasSubstr("没有这条活动"));
}

TEST_F(RecordsTest, MonthsAreConfirmedOneByOneByRangeAndByFile) {
  EXPECT_EQ(Run({"confirm", "-t", "630106101", "--month", "2024-01..2024-12,2025-01"}), kExitOk) << err();
  EXPECT_THAT(err(), HasSubstr("已确认 13 个"));
  const std::string file =
      File("c.csv", "township,month,note\n上新庄镇,2024年3月,示例\n630106101,2026-01,\n");
  EXPECT_EQ(Run({"confirm", file}), kExitSomeRefused);
  EXPECT_THAT(err(), HasSubstr("MONTH_IN_FUTURE"));
  EXPECT_EQ(Run({"confirm", "-t", "630106101", "--month", "2024-05..2024-03"}), kExitUsage);
}

TEST_F(RecordsTest, ARosterIsImportedOnceAndRefusalsNameTheLine) {
  server_.townships.district_exists = false;
  const std::string file = File("roster.csv",
                                "township,role,villages,name,valid_from\n"
                                "630106101,legal_counsel,630106101201,法律顾问01,2024-01-15\n"
                                "630106101,法律明白人,,明白人01,2024/1/15\n"
                                "630106101,舵手,,某,2024-01-15\n");
  EXPECT_EQ(Run({"import", "roster", file, "--create-district", "--district-name", "湟中区"}),
            kExitSomeRefused);
  EXPECT_THAT(err(), HasSubstr("已新建区县 630106 湟中区"));
  EXPECT_THAT(err(), HasSubstr(file + " 第 4 行：role: 没有写角色"));
  EXPECT_EQ(server_.townships.roster.size(), 2u);
  EXPECT_EQ(Run({"import", "roster", file, "--output", "json"}), kExitSomeRefused);
  EXPECT_THAT(out(), HasSubstr("\"unchanged\": 2"));
  EXPECT_EQ(Run({"import", "roster", File("bad.csv", "township,colour\n")}), kExitUsage);
}

}  // namespace
}  // namespace zhenhui::cli

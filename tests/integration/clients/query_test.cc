#include "common/auth/claims.h"
#include "tests/integration/clients/cli_fixture.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class QueryTest : public CliTest {};

TEST_F(QueryTest, ARollupByMonthStandsInColumns) {
  EXPECT_EQ(Run({"rollup", "-t", "630106101", "--year", "2024", "--bucket", "month", "-m", "法治讲座"}),
            kExitOk)
      << err();
  EXPECT_EQ(out(),
            "地区      指标              2024-01   2024-02\n"
            "--------  ----------------  -------  --------\n"
            "上新庄镇  法治讲座（场次）        8  0 已确认\n");
}

TEST_F(QueryTest, ARollupForASpreadsheetHasTheStateApart) {
  EXPECT_EQ(Run({"rollup", "-t", "630106101", "--output", "csv"}), kExitOk) << err();
  EXPECT_THAT(out(), StartsWith("\xEF\xBB\xBF"));
  EXPECT_THAT(out(), HasSubstr("2024-02-01~2024-02-29,0,confirmed_zero\r\n"));
}

TEST_F(QueryTest, ARollupWithLastYearHasTwoColumnsMore) {
  EXPECT_EQ(Run({"rollup", "-t", "630106101", "--year", "2024", "--by", "roster", "--last-year"}), kExitOk)
      << err();
  EXPECT_THAT(out(), HasSubstr("去年同期    同比%\n"));
  EXPECT_THAT(out(), HasSubstr("630106101  lc-1  示例律师  法治讲座（场次）  2024-01-01~2024-01-31         8 "
                               "        5    60.00\n"));
  EXPECT_EQ(Run({"rollup", "-t", "630106101", "--year", "2024", "--last-year", "--output", "csv"}), kExitOk);
  EXPECT_THAT(out(), HasSubstr("2024-02-01~2024-02-29,0,confirmed_zero,5,-100.00\r\n"));
}

TEST_F(QueryTest, AComparisonRanksAndExplainsWithheldRanks) {
  EXPECT_EQ(Run({"compare", "-d", "630106", "-m", "law_lectures", "--year", "2024"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("法治讲座（场次）  2024-01-01 ~ 2024-12-31"));
  EXPECT_LT(out().find("上新庄镇"), out().find("田家寨镇"));
  EXPECT_THAT(out(), HasSubstr("\n—[1]  田家寨镇"));
  EXPECT_THAT(out(), HasSubstr("\n[1] 不排名：有月份未确认 (not ranked: months are not confirmed)\n"));
}

TEST_F(QueryTest, TheScopeComesFromTheToken) {
  EXPECT_EQ(Run({"compare", "-m", "law_lectures"}), kExitUsage);
  EXPECT_THAT(err(), HasSubstr("--township"));
  const std::string token = File("token", testing::Token(auth::Role::kDistrict, "630106") + "\n");
  EXPECT_EQ(Run({"compare", "-m", "law_lectures", "--token-file", token}), kExitOk) << err();
}

TEST_F(QueryTest, AnExplanationThatDoesNotAddUpIsExitCode5) {
  EXPECT_EQ(Run({"explain", "-t", "630106101", "-m", "law_lectures"}), kExitOk) << err();
  EXPECT_THAT(err(), HasSubstr("2 条记录合计 8，与数字一致"));
  server_.reporting.figure = 9;
  EXPECT_EQ(Run({"explain", "-t", "630106101", "-m", "law_lectures"}), kExitDifferences);
}

TEST_F(QueryTest, VerifyTellsDifferencesByItsExitCode) {
  EXPECT_EQ(Run({"verify", "-d", "630106"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("核对一致"));
  server_.reporting.equal = false;
  EXPECT_EQ(Run({"verify", "-d", "630106"}), kExitDifferences);
  EXPECT_THAT(out(), HasSubstr("law_lecture.occurrences"));
}

TEST_F(QueryTest, CataloguesAndFreshnessAreListed) {
  EXPECT_EQ(Run({"kinds"}), kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("attendances 参加人次"));
  EXPECT_EQ(Run({"kinds", "--terms"}), kExitOk);
  EXPECT_THAT(out(), HasSubstr("学生"));
  EXPECT_EQ(Run({"metrics", "--output", "json"}), kExitOk);
  EXPECT_THAT(out(), HasSubstr("\"displayNameZh\": \"法治讲座\""));
  EXPECT_EQ(Run({"freshness", "-t", "630106101"}), kExitOk);
  EXPECT_THAT(out(), HasSubstr("活动"));
}

TEST_F(QueryTest, AServerWithoutTheMethodIsARefusal) {
  // The fake has no ListActivityRevisions.
  EXPECT_EQ(Run({"activities", "show", "x", "-t", "630106101", "--history"}), kExitRefused);
}

TEST_F(QueryTest, AMintedTokenIsOneThatServicesTrust) {
  const std::string key = File("key.pem", testing::TestKeys().private_pem);
  EXPECT_EQ(Run({"token", "mint", "--key", key, "--role", "reporter", "--scope", "630106101", "--subject",
                 "s", "--days", "1"}),
            kExitOk)
      << err();
  const auto claims = testing::TestVerifier()->Verify(out().substr(0, out().size() - 1));
  ASSERT_TRUE(claims.ok()) << claims.status();
  EXPECT_EQ(claims->role, auth::Role::kReporter);
  EXPECT_EQ(claims->scope, "630106101");
  EXPECT_EQ(Run({"token", "mint", "--key", key, "--role", "reporter", "--scope", "63x", "--subject", "s"}),
            kExitUsage);
}

TEST_F(QueryTest, CompletionKnowsCommandsAndOptions) {
  for (const char* shell : {"bash", "zsh"}) {
    EXPECT_EQ(Run({"completion", shell}), kExitOk);
    EXPECT_THAT(out(), HasSubstr("\"token mint\") words=\""));
    EXPECT_THAT(out(), HasSubstr("--all-or-nothing"));
  }
  const std::string script = File("completion.bash", out().substr(out().find("# zhenhui")));
  const std::string check = "bash -c 'source " + script +
                            "; COMP_WORDS=(zhenhui push --rej); COMP_CWORD=2; _zhenhui; "
                            "[ \"${COMPREPLY[0]}\" = --rejects ]'";
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST_F(QueryTest, HelpTellsTheExitCodes) {
  EXPECT_EQ(Run({"--help"}), kExitOk);
  EXPECT_THAT(out(), HasSubstr("4  连不上或超时"));
}

}  // namespace
}  // namespace zhenhui::cli

#include <nlohmann/json.hpp>

#include <thread>

#include "tests/integration/clients/cli_fixture.h"

namespace zhenhui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHeader[] = "乡镇,类型,日期,村,标题,参加人次\r\n";

class PushTest : public CliTest {
 protected:
  // So many different rows of 上新庄镇.
  std::string Rows(int count) {
    std::string text = kHeader;
    for (int i = 0; i < count; ++i)
      text += "上新庄镇,法治讲座,2024/3/5,示例一村,第" + std::to_string(i) + "场,40\r\n";
    return text;
  }
  nlohmann::json Json() { return nlohmann::json::parse(out()); }
};

TEST_F(PushTest, TheSameFileTwiceChangesNothing) {
  const std::string file = File("a.csv", Rows(25));
  EXPECT_EQ(Run({"push", file, "--batch", "10", "--output", "json"}), kExitOk) << err();
  EXPECT_EQ(Json()["created"], 25);
  EXPECT_THAT(Json()["freshnessTokens"][0].get<std::string>(), HasSubstr("activities:630106101:25"));
  EXPECT_EQ(Run({"push", file, "--output", "json"}), kExitOk) << err();
  EXPECT_EQ(Json()["created"], 0);
  EXPECT_EQ(Json()["unchanged"], 25);
  EXPECT_EQ(server_.activities.StoredCount(), 25u);
}

TEST_F(PushTest, EqualRowsOfAFileAllCount) {
  const std::string row = "上新庄镇,法治讲座,2024-03-05,,讲座,40\r\n";
  EXPECT_EQ(Run({"push", File("a.csv", kHeader + row + row + row)}), kExitOk) << err();
  EXPECT_EQ(server_.activities.StoredCount(), 3u);
}

TEST_F(PushTest, RefusedRowsAreNamedAndCanBeMendedAndPushedAgain) {
  const std::string file = File("a.csv", std::string(kHeader) +
                                             "上新庄镇,法治讲座,2024-03-05,示例一村,好,40\r\n"
                                             "上新庄镇,钓鱼,2024-03-05,示例一村,坏类型,40\r\n"
                                             "上新庄镇,法治讲座,2030-01-01,示例一村,坏日期,40余\r\n"
                                             "上新庄镇,法治讲座,2030-01-01,示例一村,将来,40\r\n");
  const std::string rejects = Path("rejects.csv");
  EXPECT_EQ(Run({"push", file, "--rejects", rejects}), kExitSomeRefused);
  EXPECT_THAT(err(), HasSubstr(file + " 第 3 行第 2 列“类型”：没有这种活动"));
  EXPECT_THAT(err(), HasSubstr("[UNKNOWN_KIND]"));
  EXPECT_THAT(err(), HasSubstr("第 4 行第 6 列“参加人次”：要写整数"));
  EXPECT_THAT(err(), HasSubstr("第 5 行第 3 列“日期”：日期在将来"));
  EXPECT_EQ(server_.activities.StoredCount(), 1u);

  std::string mended = Content(rejects);
  for (const auto& [bad, good] :
       std::vector<std::pair<std::string, std::string>>{{"钓鱼,", "法治讲座,"},
                                                        {",40余", ",40"},
                                                        {"2030-01-01", "2024-01-01"},
                                                        {"2030-01-01", "2024-01-02"}}) {
    ASSERT_NE(mended.find(bad), std::string::npos) << bad << " in " << mended;
    mended.replace(mended.find(bad), bad.size(), good);
  }
  EXPECT_EQ(Run({"push", File("rejects.csv", mended)}), kExitOk) << err();
  EXPECT_EQ(server_.activities.StoredCount(), 4u);
}

TEST_F(PushTest, AllOrNothingStoresNothingWhenOneRowIsRefused) {
  const std::string rejects = Path("rejects.csv");
  const std::string bad = File("a.csv", Rows(20) + "上新庄镇,法治讲座,2030-01-01,,将来,1\r\n");
  EXPECT_EQ(Run({"push", bad, "--batch", "5", "--all-or-nothing", "--rejects", rejects}), kExitSomeRefused);
  EXPECT_EQ(server_.activities.StoredCount(), 0u);
  EXPECT_THAT(err(), HasSubstr("什么也没有写入"));
  // The rejects file holds everything that was not stored, not only the culprit.
  EXPECT_THAT(Content(rejects), HasSubstr("第19场"));
  EXPECT_EQ(Run({"push", File("b.csv", Rows(20)), "--all-or-nothing"}), kExitOk) << err();
  EXPECT_EQ(server_.activities.StoredCount(), 20u);
}

TEST_F(PushTest, ValidateOnlyWritesNothing) {
  EXPECT_EQ(Run({"push", File("a.csv", Rows(3)), "--validate-only", "--output", "json"}), kExitOk) << err();
  EXPECT_EQ(Json()["created"], 3);
  EXPECT_EQ(server_.activities.StoredCount(), 0u);
}

TEST_F(PushTest, ALostAcknowledgementIsSentAgainAndCountsOnce) {
  server_.activities.break_after_batches = 3;
  EXPECT_EQ(Run({"push", File("a.csv", Rows(100)), "--batch", "10", "--output", "json"}), kExitOk) << err();
  EXPECT_EQ(server_.activities.pushes, 2);
  EXPECT_EQ(server_.activities.StoredCount(), 100u);
  EXPECT_GT(Json()["unchanged"], 0);  // what was stored without an acknowledgement
  EXPECT_EQ(Json()["created"].get<int>() + Json()["unchanged"].get<int>(), 100);
  EXPECT_THAT(err(), HasSubstr("重发未确认的批次"));
}

TEST_F(PushTest, AServerThatDiesAndComesBackLosesNothing) {
  std::atomic<bool> restarted = false;
  std::atomic<bool> over = false;
  std::thread killer([&] {
    while (server_.activities.StoredCount() < 20 && !over) std::this_thread::yield();
    server_.Stop();
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    server_.Start();
    restarted = true;
  });
  EXPECT_EQ(Run({"push", File("a.csv", Rows(4000)), "--batch", "10"}), kExitOk) << err();
  over = true;
  killer.join();
  EXPECT_TRUE(restarted);
  EXPECT_GE(server_.activities.pushes, 2);
  EXPECT_EQ(server_.activities.StoredCount(), 4000u);
}

TEST_F(PushTest, AServerThatStaysAwayIsExitCode4) {
  const std::string file = File("a.csv", Rows(1));
  server_.Stop();
  EXPECT_EQ(Run({"push", file, "--timeout", "1", "--retries", "0"}), kExitUnavailable);
  EXPECT_THAT(err(), HasSubstr("可以放心重新运行"));
  server_.Start();
}

TEST_F(PushTest, WaitReturnsWhenTheFiguresIncludeThePush) {
  EXPECT_EQ(Run({"push", File("a.csv", Rows(3)), "--wait"}), kExitOk) << err();
  EXPECT_GE(server_.reporting.applied, 3);
  EXPECT_THAT(err(), HasSubstr("汇总已包含本次推送"));
}

TEST_F(PushTest, GbAndNdjsonFilesArePushedTogether) {
  // 类型,日期 / 法治讲座,2024-03-05 in GB18030.
  const std::string gb =
      File("gb.csv", "\xC0\xE0\xD0\xCD,\xC8\xD5\xC6\xDA\r\n\xB7\xA8\xD6\xCE\xBD\xB2\xD7\xF9,2024-03-05\r\n");
  const std::string json =
      File("b.ndjson", R"({"kind":"mediation","date":"2024-03-06","measures":{"cases":2}})"
                       "\n");
  EXPECT_EQ(Run({"push", gb, json, "--township", "上新庄镇"}), kExitOk) << err();
  EXPECT_EQ(server_.activities.StoredCount(), 2u);
  EXPECT_THAT(out(), HasSubstr("合计"));
}

TEST_F(PushTest, WrongUseIsExitCode2) {
  EXPECT_EQ(Run({"push"}), kExitUsage);
  EXPECT_EQ(Run({"push", Path("missing.csv")}), kExitUsage);
  EXPECT_EQ(Run({"push", File("a.csv", "类型,日期,经办人\n"), "--township", "630106101"}), kExitUsage);
  EXPECT_THAT(err(), HasSubstr("经办人"));
  EXPECT_THAT(err(), HasSubstr("--ignore-columns"));
  EXPECT_EQ(Run({"fly"}), kExitUsage);
}

TEST_F(PushTest, MessagesCanBeEnglish) {
  language_ = "en";
  EXPECT_EQ(Run({"push", File("a.csv", "kind,date\nfishing,2024-03-05\n"), "-t", "630106101"}),
            kExitSomeRefused);
  EXPECT_THAT(err(), HasSubstr("a.csv:2 column 1 'kind': no such kind"));
  EXPECT_THAT(err(), Not(HasSubstr("没有")));
}

}  // namespace
}  // namespace zhenhui::cli

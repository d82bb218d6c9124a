#include "tests/integration/clients/cli_fixture.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::Claim;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kText[] = "举办法治讲座9场，发放资料40余份。";

class ReportCheckTest : public CliTest {
 protected:
  // What the fake answers: one overstated figure, and one that could mean two metrics.
  void Answer() {
    reporting::v1::CheckReportResponse& answer = server_.reports.checked;
    answer.set_characters(18);
    answer.set_annotated_html("<html>页</html>");
    Claim& claim = *answer.add_claims();
    claim.set_paragraph(1);
    claim.set_begin(6);
    claim.set_end(8);
    claim.set_quote("9场");
    claim.set_metric("metrics/law_lectures");
    claim.set_verdict(reporting::v1::VERDICT_OVERSTATED);
    claim.mutable_recorded()->set_state(reporting::v1::FIGURE_STATE_VALUE);
    claim.mutable_recorded()->set_decimal("8");
    claim.set_message_zh("记录为8");
    claim.set_message_en("8 are recorded");
    claim.set_suggestion_zh("改为“8场”。");
    Claim& other = *answer.add_claims();
    other.set_paragraph(1);
    other.set_begin(13);
    other.set_end(17);
    other.set_quote("40余份");
    other.add_candidates("metrics/law_lectures");
    other.add_candidates("metrics/unknown");
    other.set_verdict(reporting::v1::VERDICT_AMBIGUOUS_METRIC);
    other.set_message_zh("可能指几个指标");
    other.set_message_en("several metrics could be meant");
  }
  int Check(std::vector<std::string> more, const std::string& text = kText) {
    std::vector<std::string> arguments = {"report", "check", File("r.md", text), "-t", "630106101",
                                          "--year", "2024"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(arguments);
  }
};

TEST_F(ReportCheckTest, ATableTellsPlaceVerdictRecordAndSuggestion) {
  Answer();
  EXPECT_EQ(Check({}), kExitDifferences) << err();
  EXPECT_EQ(out(),
            "段:字  原文    结论      指标                                记录  建议或说明\n"
            "-----  ------  --------  ----------------------------------  ----  --------------\n"
            "  1:7  9场     多报      法治讲座（场次）                       8  改为“8场”。\n"
            " 1:14  40余份  指标不明  法治讲座（场次） / metrics/unknown        可能指几个指标\n"
            "共读 18 字，2 处：多报 1，指标不明 1\n");
  EXPECT_EQ(server_.reports.last_request.township(), "townships/630106101");
  EXPECT_EQ(server_.reports.last_request.year(), 2024);
  EXPECT_EQ(server_.reports.last_request.content(), kText);
  EXPECT_FALSE(server_.reports.last_request.annotate());
}

TEST_F(ReportCheckTest, EnglishReadersGetTheReasonInEnglish) {
  Answer();
  language_ = "en";
  EXPECT_EQ(Check({}), kExitDifferences) << err();
  EXPECT_THAT(out(), HasSubstr("8 are recorded"));
  EXPECT_THAT(out(), HasSubstr("overstated 1, ambiguous 1"));
}

TEST_F(ReportCheckTest, TheExitCodeSaysWhatWasAskedFor) {
  Answer();
  EXPECT_EQ(Check({"--fail-on", "none"}), kExitOk);
  EXPECT_EQ(Check({"--fail-on", "understated,wrong_period"}), kExitOk);
  EXPECT_EQ(Check({"--fail-on", "understated,ambiguous_metric"}), kExitDifferences);
  EXPECT_EQ(Check({"--fail-on", "lies"}), kExitUsage);
  server_.reports.checked.mutable_claims(0)->set_verdict(reporting::v1::VERDICT_MATCH);
  EXPECT_EQ(Check({}), kExitOk);
}

TEST_F(ReportCheckTest, TheAnnotatedPageGoesToAFileAndNotIntoTheJson) {
  Answer();
  EXPECT_EQ(Check({"--html", Path("page.html"), "--output", "json"}), kExitDifferences) << err();
  EXPECT_TRUE(server_.reports.last_request.annotate());
  EXPECT_EQ(Content(Path("page.html")), "<html>页</html>");
  EXPECT_THAT(out(), HasSubstr("\"VERDICT_OVERSTATED\""));
  EXPECT_THAT(out(), Not(HasSubstr("<html>")));
  EXPECT_EQ(Check({"--html", Path("no/such/folder/page.html")}), kExitUsage);
  EXPECT_THAT(err(), HasSubstr("FILE_UNWRITABLE"));
}

TEST_F(ReportCheckTest, ASpreadsheetGetsCodesAndNumbers) {
  Answer();
  EXPECT_EQ(Check({"--output", "csv"}), kExitDifferences) << err();
  EXPECT_THAT(out(), StartsWith("\xEF\xBB\xBFparagraph,begin,end,quote,verdict,metric,recorded,state"));
  EXPECT_THAT(out(), HasSubstr("\r\n1,6,8,9场,overstated,law_lectures,8,value,"));
  EXPECT_THAT(out(), HasSubstr("ambiguous_metric,law_lectures|unknown,,,"));
}

TEST_F(ReportCheckTest, ANamedEncodingIsConvertedAndAnUnnamedOneIsLeftToTheService) {
  const std::string gb =
      "\xBD\xB2\xD7\xF9"
      "6\xB3\xA1";
  EXPECT_EQ(Check({"--encoding", "gb18030"}, gb), kExitOk) << err();
  EXPECT_EQ(server_.reports.last_request.content(), "讲座6场");
  EXPECT_EQ(Check({}, gb), kExitOk) << err();
  EXPECT_EQ(server_.reports.last_request.content(), gb);
  EXPECT_EQ(Check({"--encoding", "gb18030"}, "PK\x03\x04..."), kExitOk) << err();
  EXPECT_EQ(server_.reports.last_request.content(), "PK\x03\x04...");
  EXPECT_EQ(Check({"--encoding", "big5"}), kExitUsage);
}

TEST_F(ReportCheckTest, AReportWithoutFiguresSaysSo) {
  server_.reports.checked.set_characters(20);
  EXPECT_EQ(Check({}), kExitOk) << err();
  EXPECT_EQ(out(), "共读 20 字，没有找到数字\n");
}

TEST_F(ReportCheckTest, AFileThatCannotBeReadIsNotSent) {
  EXPECT_EQ(Run({"report", "check", Path("none.docx"), "-t", "630106101", "--year", "2024"}), kExitUsage);
  EXPECT_THAT(err(), HasSubstr("FILE_NOT_FOUND"));
  EXPECT_EQ(Check({}, std::string((3 << 20) + 1, 'a')), kExitRefused);
  EXPECT_THAT(err(), HasSubstr("NARRATIVE_TOO_LARGE"));
  EXPECT_EQ(server_.reports.last_request.content(), "");
}

}  // namespace
}  // namespace zhenhui::cli

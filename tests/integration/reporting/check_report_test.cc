// Narratives checked over all three real services: who may, what is held against what, and what is refused.
#include <gmock/gmock.h>

#include <string>

#include "tests/integration/reporting/year_end_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/docx_builder.h"
#include "tests/testing/test_tokens.h"
#include "zhenhui/reporting/v1/report_service.grpc.pb.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::HasSubstr;
using zhenhui::testing::DocxOf;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::WordParagraph;
using Reports = v1::ReportService::Stub;

// The town has recorded two law lectures in 2024, and nothing in 2023.
class CheckReportTest : public YearEndTest {
 protected:
  absl::StatusOr<v1::CheckReportResponse> Check(const std::string& content, const std::string& scope = kTown,
                                                auth::Role role = auth::Role::kReporter) {
    v1::CheckReportRequest request;
    request.set_township(std::string("townships/") + kTown);
    request.set_year(2024);
    request.set_content(content);
    request.set_annotate(true);
    const auto stub =
        v1::ReportService::NewStub(reporting_->ChannelWith(zhenhui::testing::Token(role, scope)));
    return Call(*stub, &Reports::CheckReport, request);
  }
  v1::Verdict VerdictOn(const std::string& content) {
    const auto answer = Check(content);
    EXPECT_THAT(answer, IsOk());
    if (!answer.ok() || answer->claims_size() != 1) return v1::VERDICT_UNSPECIFIED;
    return answer->claims(0).verdict();
  }
};

TEST_F(CheckReportTest, WhatTheTownPushedIsWhatItsReportIsHeldAgainst) {
  EXPECT_EQ(VerdictOn("全年举办法治讲座2场。"), v1::VERDICT_MATCH);
  EXPECT_EQ(VerdictOn("全年举办法治讲座５场。"), v1::VERDICT_OVERSTATED);
  EXPECT_EQ(VerdictOn("第一季度举办法治讲座1场。"), v1::VERDICT_MATCH);
  // Every month is confirmed, so that nothing recorded means none.
  EXPECT_EQ(VerdictOn("全年受理调解案件12件。"), v1::VERDICT_OVERSTATED);
}

TEST_F(CheckReportTest, AWordFileAndItsPageComeBackThroughTheChannel) {
  const auto answer = Check(DocxOf(WordParagraph("全年举办法治讲座9场。")));
  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->claims_size(), 1);
  EXPECT_EQ(answer->claims(0).recorded().decimal(), "2");
  EXPECT_THAT(answer->annotated_html(), HasSubstr("<mark class=\"bad\""));
}

TEST_F(CheckReportTest, AClosedYearIsHeldAgainstItsCertificateAndNotAgainstWhatCameLate) {
  CloseAll();
  Await(Push({MakeActivity("late", "law_lecture", "2024-07-05", {{"attendances", 10}})},
             "found in the drawer"));
  EXPECT_EQ(VerdictOn("全年举办法治讲座2场。"), v1::VERDICT_MATCH);
  EXPECT_EQ(VerdictOn("全年举办法治讲座3场。"), v1::VERDICT_OVERSTATED);
  const auto answer = Check("全年举办法治讲座2场。");
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->annotated_html(), HasSubstr(Certificate()->digest()));
}

TEST_F(CheckReportTest, WhoDoesNotCoverTheTownIsRefused) {
  for (const auth::Role role : auth::kAllRoles)
    EXPECT_THAT(Check("讲座2场", "630106", role), IsOk()) << auth::RoleName(role);
  EXPECT_THAT(Check("讲座2场", kOtherTown), HasReason("OUT_OF_SCOPE"));
}

TEST_F(CheckReportTest, WhatCannotBeReadIsRefusedWithItsReason) {
  EXPECT_THAT(Check(""), HasReason("NARRATIVE_EMPTY"));
  EXPECT_THAT(Check("PK\x03\x04 no archive"), HasReason("NARRATIVE_DAMAGED"));
  EXPECT_THAT(Check(std::string((3 << 20) + 1, 'a')), HasReason("NARRATIVE_TOO_LARGE"));
  EXPECT_THAT(Check(zhenhui::testing::ZipOf({{"word/document.xml", std::string(20 << 20, ' ')}})),
              HasReason("NARRATIVE_TOO_LARGE"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing

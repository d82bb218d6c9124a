// What reports take from other places than the certificate: the records behind figures, and what towns
// explain.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/integration/reporting/report/report_service_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"
#include "zhenhui/reporting/v1/oversight_service.grpc.pb.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using zhenhui::testing::IsOk;
using zhenhui::testing::ZipPart;

using ReportContentTest = ReportServiceTest;

TEST_F(ReportContentTest, TheWorkbookListsTheRecordsOfTheSignedRevision) {
  CloseAll();
  PushLateLecture();
  const auto book = Ask(v1::REPORT_FORMAT_XLSX);
  ASSERT_THAT(book, IsOk());
  const std::string strings = ZipPart(book->content, "xl/sharedStrings.xml");
  EXPECT_THAT(strings, HasSubstr("townships/630106101/activities/lecture-1"));
  EXPECT_THAT(strings, Not(HasSubstr("late-lecture")));
  EXPECT_THAT(ZipPart(Ask(v1::REPORT_FORMAT_XLSX, /*draft=*/true)->content, "xl/sharedStrings.xml"),
              HasSubstr("late-lecture"));
}

TEST_F(ReportContentTest, TheWorkbookListsTheRegisterToo) {
  const FeedPosition counsel = AddCounsel("counsel-1", {"630106101201", "630106101202"});
  Await(counsel);
  const auto book = Ask(v1::REPORT_FORMAT_XLSX, /*draft=*/true);
  ASSERT_THAT(book, IsOk());
  const std::string strings = ZipPart(book->content, "xl/sharedStrings.xml");
  EXPECT_THAT(strings, HasSubstr("townships/630106101/rosterEntries/counsel-1"));
  EXPECT_THAT(strings, HasSubstr("townships/630106101/villages/630106101201"));
  EXPECT_THAT(strings, HasSubstr("示例1村、示例2村")) << "villages by name";
  EXPECT_THAT(strings, HasSubstr("法治讲座")) << "kinds by name";
  EXPECT_THAT(strings, HasSubstr("已全部列出"));
}

TEST_F(ReportContentTest, WhatATownExplainsIsPrintedAndAClosedYearPrintsWhatWasSaidBeforeClosing) {
  std::vector<activities::v1::Activity> earlier;
  for (int i = 0; i < 4; ++i) {
    earlier.push_back(
        MakeActivity(absl::StrCat("earlier-", i), "law_lecture", "2023-03-05", {{"attendances", 40}}));
  }
  Await(Push(earlier));
  const auto oversight = v1::OversightService::NewStub(
      reporting_->ChannelWith(zhenhui::testing::Token(auth::Role::kReporter, kTown)));
  v1::ExplainAlarmRequest explain;
  explain.set_name(absl::StrCat("townships/", kTown, "/alarms/2024.jump.law_lectures"));
  explain.set_explanation("上年换届集中宣讲");
  ASSERT_THAT(Call(*oversight, &v1::OversightService::Stub::ExplainAlarm, explain), IsOk());
  EXPECT_THAT(Ask(v1::REPORT_FORMAT_MARKDOWN, true)->content,
              HasSubstr("上年4场，有月份未确认 | 上年换届集中宣讲 |"));
  clock_.Set(absl::Now() + absl::Seconds(2));  // so that what was said lies before the closing's whole second
  CloseAll();
  clock_.Set(absl::Now() + absl::Minutes(1));
  explain.set_explanation("结账以后的另一种说法");
  ASSERT_THAT(Call(*oversight, &v1::OversightService::Stub::ExplainAlarm, explain), IsOk());
  EXPECT_THAT(Ask(v1::REPORT_FORMAT_MARKDOWN)->content, HasSubstr("| 上年换届集中宣讲 |"));
  EXPECT_THAT(Ask(v1::REPORT_FORMAT_MARKDOWN, true)->content, HasSubstr("| 结账以后的另一种说法 |"));
  EXPECT_THAT(Ask(v1::REPORT_FORMAT_MARKDOWN, false, "")->content, HasSubstr("上年换届集中宣讲"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing

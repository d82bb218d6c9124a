// The closing of a year over real channels: the real townships, activities and reporting services.
#include <gmock/gmock.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/digest/sha256.h"
#include "services/reporting/domain/year_end/certificate.h"
#include "tests/integration/reporting/year_end_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

TEST_F(YearEndTest, ARehearsalListsWhatIsMissingAndChangesNothing) {
  const auto open = Close("job", /*rehearse=*/true);
  ASSERT_THAT(open, IsOk());
  EXPECT_EQ(open->state(), v1::YEAR_END_STATE_OPEN);
  EXPECT_THAT(Reasons(*open), ElementsAre("TOWN_NOT_SIGNED", "TOWN_NOT_SIGNED", "NOT_APPROVED"));
  EXPECT_FALSE(open->blockers(0).message_zh().empty());
  EXPECT_THAT(Close(), HasReason("YEAR_END_BLOCKED"));
  ASSERT_THAT(Sign(kTown), IsOk());
  const auto signing = Get();
  ASSERT_THAT(signing, IsOk());
  EXPECT_EQ(signing->state(), v1::YEAR_END_STATE_SIGNING);
  EXPECT_THAT(Reasons(*signing), ElementsAre("TOWN_NOT_SIGNED", "NOT_APPROVED"));
}

TEST_F(YearEndTest, SignedApprovedAndClosedItHasACertificateThatVerifiesOffline) {
  CloseAll();
  const auto certificate = Certificate();
  ASSERT_THAT(certificate, IsOk());
  EXPECT_EQ(Sha256Hex(certificate->certificate()), certificate->digest());
  const auto parsed = ParseCertificate(certificate->certificate());
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->figures.name_zh, "示例区");
  EXPECT_EQ(parsed->figures.towns.size(), 2u);
  EXPECT_EQ(parsed->signatures[0].by, absl::StrCat("clerk-", kTown));
  EXPECT_EQ(parsed->previous, "");
  const size_t lectures = *FindMetric(parsed->figures, "law_lectures");
  EXPECT_EQ(parsed->figures.towns[0].figures[lectures][0].value, 2);
  for (const CertificateCheck& check : VerifyCertificate(certificate->certificate(), std::nullopt))
    EXPECT_EQ(check.failure, "") << check.name_en;
  // Sent again, it answers as the first time.
  const auto again = Close("another job");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->certificate_digest(), certificate->digest());
  EXPECT_EQ(again->closed_by(), "job");
}

TEST_F(YearEndTest, ALaterChangeVoidsTheSignatureAndSaysWhich) {
  ASSERT_THAT(Sign(kTown), IsOk());
  const auto seen = TownYear(kTown);
  Await(Push({MakeActivity("lecture-3", "law_lecture", "2024-06-07", {{"attendances", 20}})}, "补录"));
  const auto year_end = Get();
  ASSERT_THAT(year_end, IsOk());
  EXPECT_EQ(year_end->townships(0).state(), v1::SIGNATURE_STATE_VOID);
  EXPECT_THAT(year_end->townships(0).changes(), Contains("law_lectures: 2 -> 3"));
  EXPECT_THAT(Reasons(*year_end), Contains("SIGNATURE_VOID"));
  // What was seen before the change can no longer be signed.
  EXPECT_THAT(Call(*As(auth::Role::kReporter, kTown, "clerk"), &YearEndStub::SignTownYear,
                   SignRequest(kTown, seen->digest())),
              HasReason("FIGURES_CHANGED"));
  ASSERT_THAT(Sign(kTown), IsOk());
  EXPECT_EQ(Get()->townships(0).state(), v1::SIGNATURE_STATE_VALID);
}

TEST_F(YearEndTest, OnePersonCannotApproveForTwo) {
  ASSERT_THAT(Sign(kTown), IsOk());
  EXPECT_THAT(Approve("first"), HasReason("YEAR_END_BLOCKED"));
  ASSERT_THAT(Sign(kOtherTown), IsOk());
  ASSERT_THAT(Approve("first"), IsOk());
  const auto twice = Approve("first");
  ASSERT_THAT(twice, IsOk());
  EXPECT_EQ(twice->approvals_size(), 1);
  EXPECT_EQ(twice->state(), v1::YEAR_END_STATE_CLOSING);
  EXPECT_THAT(Reasons(*twice), ElementsAre("NOT_APPROVED"));
  EXPECT_THAT(Close(), HasReason("YEAR_END_BLOCKED"));
  EXPECT_THAT(Reasons(*Approve("second")), IsEmpty());
}

TEST_F(YearEndTest, RolesAndScopesAreHeld) {
  const auto seen = TownYear(kTown);
  ASSERT_THAT(seen, IsOk());
  EXPECT_THAT(Call(*As(auth::Role::kReporter, kOtherTown, "neighbour"), &YearEndStub::SignTownYear,
                   SignRequest(kTown, seen->digest())),
              HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(Call(*As(auth::Role::kDistrict, "630106", "first"), &YearEndStub::SignTownYear,
                   SignRequest(kTown, seen->digest())),
              HasReason("ROLE_NOT_ALLOWED"));
  v1::ApproveYearEndRequest approve;
  approve.set_name(kYearEnd2024);
  approve.set_digest(seen->digest());
  EXPECT_THAT(Call(*As(auth::Role::kAdmin, "*", "admin"), &YearEndStub::ApproveYearEnd, approve),
              HasReason("ROLE_NOT_ALLOWED"));
  v1::GetYearEndRequest get;
  get.set_name("districts/630106/yearEnds/24");
  EXPECT_THAT(Call(*As(auth::Role::kAdmin, "*", "admin"), &YearEndStub::GetYearEnd, get),
              HasReason("NAME_INVALID"));
  get.set_name("districts/999999/yearEnds/2024");
  EXPECT_THAT(Call(*As(auth::Role::kAdmin, "*", "admin"), &YearEndStub::GetYearEnd, get),
              HasReason("DISTRICT_NOT_FOUND"));
}

TEST_F(YearEndTest, ClosedFiguresStandAndLateChangesBecomeRestatements) {
  CloseAll();
  const auto certificate = Certificate();
  const auto signed_year = TownYear(kTown);
  Push({MakeActivity("lecture-9", "law_lecture", "2024-07-08", {{"attendances", 25}})}, "漏报补录");
  const auto restated = AwaitRestatements(1);
  ASSERT_EQ(restated.restatements_size(), 1);
  const v1::Restatement& one = restated.restatements(0);
  EXPECT_EQ(one.name(), absl::StrCat(kYearEnd2024, "/restatements/1"));
  EXPECT_EQ(one.township(), absl::StrCat("townships/", kTown));
  ASSERT_EQ(one.records_size(), 1);
  EXPECT_EQ(one.records(0).record(), absl::StrCat("townships/", kTown, "/activities/lecture-9"));
  EXPECT_EQ(one.records(0).reason(), "漏报补录");
  EXPECT_EQ(one.records(0).changed_by(), "test");
  bool found = false;
  for (const auto& figure : one.figures()) {
    if (figure.metric() != "metrics/law_lectures" || figure.period() != "2024") continue;
    found = true;
    EXPECT_EQ(figure.old_figure().decimal(), "2");
    EXPECT_EQ(figure.new_figure().decimal(), "3");
  }
  EXPECT_TRUE(found);
  // The certified figures are what they were.
  EXPECT_EQ(Certificate()->certificate(), certificate->certificate());
  EXPECT_EQ(TownYear(kTown)->digest(), signed_year->digest());
  EXPECT_EQ(Get()->restatements(), 1);
  Delete("lecture-9");
  const auto back = AwaitRestatements(2);
  ASSERT_EQ(back.restatements_size(), 2);
  EXPECT_EQ(back.restatements(1).records(0).reason(), "entered twice");
}

TEST_F(YearEndTest, ReopeningTakesTwoPersonsAndTheNextClosingSupersedes) {
  CloseAll();
  const auto first = Certificate();
  v1::RequestReopeningRequest ask;
  ask.set_name(kYearEnd2024);
  ask.set_reason("  ");
  const auto one = As(auth::Role::kDistrict, "630106", "first");
  const auto other = As(auth::Role::kDistrict, "630106", "second");
  EXPECT_THAT(Call(*one, &YearEndStub::RequestReopening, ask), HasReason("REASON_MISSING"));
  v1::ApproveReopeningRequest approve;
  approve.set_name(kYearEnd2024);
  EXPECT_THAT(Call(*one, &YearEndStub::ApproveReopening, approve), HasReason("NO_REOPENING_REQUESTED"));
  ask.set_reason("漏了一个季度");
  ASSERT_THAT(Call(*one, &YearEndStub::RequestReopening, ask), IsOk());
  EXPECT_EQ(Get()->reopen_requested_by(), "first");
  EXPECT_THAT(Call(*one, &YearEndStub::ApproveReopening, approve), HasReason("SECOND_PERSON_NEEDED"));
  ASSERT_THAT(Call(*other, &YearEndStub::ApproveReopening, approve), IsOk());
  EXPECT_EQ(Get()->state(), v1::YEAR_END_STATE_OPEN);
  EXPECT_THAT(Certificate(), HasReason("YEAR_NOT_CLOSED"));
  EXPECT_EQ(Certificate(1)->digest(), first->digest());
  CloseAll();
  const auto second = Certificate();
  const auto parsed = ParseCertificate(second->certificate());
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->generation, 2);
  EXPECT_EQ(parsed->superseded, first->digest());
}

TEST_F(YearEndTest, TwoClosersAtOnceGiveOneCertificate) {
  for (const char* town : {kTown, kOtherTown}) ASSERT_THAT(Sign(town), IsOk());
  for (const char* person : {"first", "second"}) ASSERT_THAT(Approve(person), IsOk());
  std::vector<std::thread> closers;
  std::vector<absl::StatusOr<v1::YearEnd>> answers(4, absl::UnknownError(""));
  for (size_t i = 0; i < answers.size(); ++i)
    closers.emplace_back([&, i] { answers[i] = Close(absl::StrCat("job-", i)); });
  for (std::thread& closer : closers) closer.join();
  for (const auto& answer : answers) {
    ASSERT_THAT(answer, IsOk());
    EXPECT_EQ(answer->certificate_digest(), answers[0]->certificate_digest());
    EXPECT_EQ(answer->generation(), 1);
  }
}

TEST_F(YearEndTest, AClockThatIsADayOffKeepsItFromBeingClosed) {
  for (const char* town : {kTown, kOtherTown}) ASSERT_THAT(Sign(town), IsOk());
  for (const char* person : {"first", "second"}) ASSERT_THAT(Approve(person), IsOk());
  for (const int hours : {24, -24}) {
    clock_.Set(absl::Now() + absl::Hours(hours));
    EXPECT_THAT(Reasons(*Get()), ElementsAre("CLOCK_SKEW")) << hours;
    EXPECT_THAT(Close(), HasReason("YEAR_END_BLOCKED")) << hours;
  }
  clock_.Set(absl::Now());
  EXPECT_THAT(Close(), IsOk());
}

TEST_F(YearEndTest, AClockThatIsADayOffKeepsItFromBeingSignedAndApproved) {
  for (const int hours : {24, -24}) {
    clock_.Set(absl::Now() + absl::Hours(hours));
    EXPECT_THAT(Sign(kTown), HasReason("CLOCK_SKEW")) << hours;
    EXPECT_EQ(Get()->townships(0).state(), v1::SIGNATURE_STATE_MISSING) << hours;
  }
  clock_.Set(absl::Now());
  for (const char* town : {kTown, kOtherTown}) ASSERT_THAT(Sign(town), IsOk());
  clock_.Set(absl::Now() + absl::Hours(24));
  EXPECT_THAT(Approve("first"), HasReason("CLOCK_SKEW"));
  clock_.Set(absl::Now());
  EXPECT_THAT(Approve("first"), IsOk());
}

TEST_F(YearEndTest, AYearThatIsNotOverCannotBeSigned) {
  const std::string name = absl::StrCat("districts/630106/yearEnds/", DateInChina(absl::Now()).year());
  const auto open = Get(name);
  ASSERT_THAT(open, IsOk());
  EXPECT_THAT(Reasons(*open), Contains("YEAR_NOT_OVER"));
  EXPECT_THAT(Reasons(*open), Contains("MONTHS_UNCONFIRMED"));
  v1::SignTownYearRequest sign = SignRequest(kTown, open->townships(0).current_digest());
  sign.set_name(name);
  EXPECT_THAT(Call(*As(auth::Role::kReporter, kTown, "clerk"), &YearEndStub::SignTownYear, sign),
              HasReason("YEAR_NOT_OVER"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing

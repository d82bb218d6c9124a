#include "tests/integration/reporting/year_end_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::reporting::testing {

YearEndTest::YearEndTest() {
  clock_.Set(absl::Now());
  Await(Push({MakeActivity("lecture-1", "law_lecture", "2024-03-05", {{"attendances", 40}}),
              MakeActivity("lecture-2", "law_lecture", "2024-05-06", {{"attendances", 30}})}));
  std::vector<FeedPosition> confirmed;
  for (const char* town : {kTown, kOtherTown}) {
    const auto reporter =
        activities::v1::ActivityService::NewStub(activities_->Channel(auth::Role::kReporter, town));
    for (int month = 1; month <= 12; ++month) {
      activities::v1::ConfirmMonthRequest request;
      request.set_parent(absl::StrCat("townships/", town));
      request.set_month(absl::StrCat("2024-", absl::Dec(month, absl::kZeroPad2)));
      const auto response = Call(*reporter, &Activities::ConfirmMonth, request);
      EXPECT_TRUE(response.ok()) << response.status();
      if (month == 12) Await(response->position());
    }
  }
}

std::unique_ptr<YearEndStub> YearEndTest::As(auth::Role role, const std::string& scope,
                                             const std::string& subject) {
  return v1::YearEndService::NewStub(reporting_->ChannelWith(zhenhui::testing::Token(role, scope, subject)));
}

absl::StatusOr<v1::YearEnd> YearEndTest::Get(const std::string& name) {
  v1::GetYearEndRequest request;
  request.set_name(name);
  const auto response =
      Call(*As(auth::Role::kDistrict, "630106", "viewer"), &YearEndStub::GetYearEnd, request);
  if (!response.ok()) return response.status();
  return response->year_end();
}

absl::StatusOr<v1::GetTownYearResponse> YearEndTest::TownYear(const std::string& township) {
  v1::GetTownYearRequest request;
  request.set_name(kYearEnd2024);
  request.set_township(township);
  return Call(*As(auth::Role::kReporter, township, "clerk"), &YearEndStub::GetTownYear, request);
}

v1::SignTownYearRequest YearEndTest::SignRequest(const std::string& township, const std::string& digest) {
  v1::SignTownYearRequest request;
  request.set_name(kYearEnd2024);
  request.set_township(township);
  request.set_digest(digest);
  return request;
}

absl::StatusOr<v1::TownSignature> YearEndTest::Sign(const std::string& township) {
  const auto seen = TownYear(township);
  if (!seen.ok()) return seen.status();
  const auto response = Call(*As(auth::Role::kReporter, township, absl::StrCat("clerk-", township)),
                             &YearEndStub::SignTownYear, SignRequest(township, seen->digest()));
  if (!response.ok()) return response.status();
  return response->signature();
}

absl::StatusOr<v1::YearEnd> YearEndTest::Approve(const std::string& subject) {
  const auto seen = Get();
  if (!seen.ok()) return seen.status();
  v1::ApproveYearEndRequest request;
  request.set_name(kYearEnd2024);
  request.set_digest(seen->digest());
  const auto response =
      Call(*As(auth::Role::kDistrict, "630106", subject), &YearEndStub::ApproveYearEnd, request);
  if (!response.ok()) return response.status();
  return response->year_end();
}

absl::StatusOr<v1::YearEnd> YearEndTest::Close(const std::string& subject, bool rehearse) {
  v1::CloseYearEndRequest request;
  request.set_name(kYearEnd2024);
  request.set_validate_only(rehearse);
  const auto response = Call(*As(auth::Role::kJob, "630106", subject), &YearEndStub::CloseYearEnd, request);
  if (!response.ok()) return response.status();
  return response->year_end();
}

absl::StatusOr<v1::GetCertificateResponse> YearEndTest::Certificate(int generation) {
  v1::GetCertificateRequest request;
  request.set_name(kYearEnd2024);
  request.set_generation(generation);
  return Call(*As(auth::Role::kReviewer, "630106", "viewer"), &YearEndStub::GetCertificate, request);
}

void YearEndTest::CloseAll() {
  for (const char* town : {kTown, kOtherTown}) {
    const auto signature = Sign(town);
    ASSERT_TRUE(signature.ok()) << signature.status();
  }
  for (const char* person : {"first", "second"}) {
    const auto approved = Approve(person);
    ASSERT_TRUE(approved.ok()) << approved.status();
  }
  const auto closed = Close();
  ASSERT_TRUE(closed.ok()) << closed.status();
  ASSERT_EQ(closed->state(), v1::YEAR_END_STATE_CLOSED);
}

void YearEndTest::Await(const FeedPosition& position) {
  v1::GetYearEndRequest request;
  request.set_name(kYearEnd2024);
  *request.add_at_least_as_fresh() = position;
  const auto answer = Call(*As(auth::Role::kDistrict, "630106", "viewer"), &YearEndStub::GetYearEnd, request);
  ASSERT_TRUE(answer.ok()) << answer.status();
}

v1::ListRestatementsResponse YearEndTest::AwaitRestatements(int count) {
  v1::ListRestatementsRequest request;
  request.set_parent(kYearEnd2024);
  v1::ListRestatementsResponse last;
  for (const absl::Time until = absl::Now() + absl::Seconds(20); absl::Now() < until;) {
    const auto response =
        Call(*As(auth::Role::kReviewer, "630106", "viewer"), &YearEndStub::ListRestatements, request);
    EXPECT_TRUE(response.ok()) << response.status();
    if (!response.ok()) return last;
    last = *response;
    if (last.restatements_size() >= count) return last;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return last;
}

std::vector<std::string> YearEndTest::Reasons(const v1::YearEnd& year_end) {
  std::vector<std::string> reasons;
  for (const auto& blocker : year_end.blockers()) reasons.push_back(blocker.reason());
  return reasons;
}

}  // namespace zhenhui::reporting::testing

// Figures as they stood, and what made them change, over real channels.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/integration/reporting/reporting_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"
#include "zhenhui/reporting/v1/history_service.grpc.pb.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::SizeIs;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using HistoryStub = v1::HistoryService::Stub;

class HistoryTest : public ReportingTest {
 protected:
  std::unique_ptr<HistoryStub> Stub(const std::string& scope = kTown) {
    return v1::HistoryService::NewStub(
        reporting_->ChannelWith(zhenhui::testing::Token(auth::Role::kReporter, scope, "clerk")));
  }
  static v1::GetFiguresAsOfRequest AsOf(const std::vector<FeedPosition>& revisions,
                                        const std::vector<std::string>& metrics) {
    v1::GetFiguresAsOfRequest request;
    request.set_township(absl::StrCat("townships/", kTown));
    for (const std::string& metric : metrics) request.add_metrics("metrics/" + metric);
    request.set_start_date("2024-01-01");
    request.set_end_date("2024-12-31");
    for (const FeedPosition& position : revisions) *request.mutable_point()->add_revisions() = position;
    return request;
  }
  static v1::ExplainDifferenceRequest Between(const FeedPosition& from, const FeedPosition& to,
                                              const std::vector<std::string>& metrics = {}) {
    v1::ExplainDifferenceRequest request;
    request.set_township(absl::StrCat("townships/", kTown));
    for (const std::string& metric : metrics) request.add_metrics("metrics/" + metric);
    request.set_start_date("2024-01-01");
    request.set_end_date("2024-12-31");
    *request.mutable_from()->add_revisions() = from;
    *request.mutable_to()->add_revisions() = to;
    return request;
  }
  // The records' differences sum to the figures'; the check that matters to whoever asks.
  static void ExpectAddsUp(const v1::ExplainDifferenceResponse& answer) {
    for (const auto& figure : answer.figures()) {
      int64_t value = 0;
      int64_t denominator = 0;
      for (const auto& record : answer.records()) {
        if (record.metric() != figure.metric()) continue;
        value += record.new_value() - record.old_value();
        denominator += record.new_denominator() - record.old_denominator();
      }
      EXPECT_EQ(value, figure.new_figure().value() - figure.old_figure().value()) << figure.metric();
      EXPECT_EQ(denominator, figure.new_figure().denominator() - figure.old_figure().denominator())
          << figure.metric();
    }
  }
};

TEST_F(HistoryTest, FiguresAreThoseOfTheRevisionThatIsAskedFor) {
  std::vector<FeedPosition> positions;
  for (int i = 1; i <= 3; ++i) {
    positions.push_back(
        Push({MakeActivity(absl::StrCat("l-", i), "law_lecture", "2024-03-05", {{"attendances", 10}})}));
  }
  positions.push_back(Delete("l-2"));
  Value("law_lectures", {positions.back()});
  const int expected[] = {1, 2, 3, 2};
  for (size_t i = 0; i < positions.size(); ++i) {
    const auto answer = Call(*Stub(), &HistoryStub::GetFiguresAsOf, AsOf({positions[i]}, {"law_lectures"}));
    ASSERT_THAT(answer, IsOk());
    EXPECT_EQ(answer->figures(0).value(), expected[i]) << i;
    EXPECT_EQ(answer->revisions(0).revision(), positions[i].revision());
  }
  FeedPosition nothing = positions[0];
  nothing.set_revision(0);
  EXPECT_EQ(
      Call(*Stub(), &HistoryStub::GetFiguresAsOf, AsOf({nothing}, {"law_lectures"}))->figures(0).value(), 0);
  FeedPosition ahead = positions[0];
  ahead.set_revision(1000);
  EXPECT_EQ(Call(*Stub(), &HistoryStub::GetFiguresAsOf, AsOf({ahead}, {"law_lectures"})).status().code(),
            absl::StatusCode::kOutOfRange);
  // Nothing given is now.
  EXPECT_EQ(Call(*Stub(), &HistoryStub::GetFiguresAsOf, AsOf({}, {"law_lectures"}))->figures(0).value(), 2);
}

TEST_F(HistoryTest, ATimeIsAPointToo) {
  const FeedPosition first = Push({MakeActivity("l-1", "law_lecture", "2024-03-05", {{"attendances", 10}})});
  const absl::Time between = clock_.Now() + absl::Seconds(30);
  clock_.Advance(absl::Minutes(1));
  Value("law_lectures", {Push({MakeActivity("l-2", "law_lecture", "2024-03-06", {{"attendances", 10}})})});
  v1::GetFiguresAsOfRequest request = AsOf({}, {"law_lectures"});
  request.mutable_point()->mutable_time()->set_seconds(absl::ToUnixSeconds(between));
  const auto answer = Call(*Stub(), &HistoryStub::GetFiguresAsOf, request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->figures(0).value(), 1);
  EXPECT_EQ(answer->revisions(0).revision(), first.revision());
  *request.mutable_point()->add_revisions() = first;
  EXPECT_THAT(Call(*Stub(), &HistoryStub::GetFiguresAsOf, request), HasReason("POINT_BOTH"));
}

TEST_F(HistoryTest, ADifferenceIsExplainedByRecordsThatSumToIt) {
  const FeedPosition from =
      Push({MakeActivity("keep", "law_lecture", "2024-03-05", {{"attendances", 40}}),
            MakeActivity("drop", "law_lecture", "2024-04-05", {{"attendances", 30}}),
            MakeActivity("m-1", "mediation", "2024-05-05", {{"cases", 4}, {"success", 2}})});
  Push({MakeActivity("m-2", "mediation", "2024-05-06", {{"cases", 6}, {"success", 6}})});
  Push({MakeActivity("next-year", "law_lecture", "2024-06-01", {{"attendances", 9}})});
  Delete("next-year");
  const FeedPosition to = Delete("drop");
  Value("law_lectures", {to});
  const auto answer = Call(*Stub(), &HistoryStub::ExplainDifference,
                           Between(from, to, {"law_lectures", "mediation_success_rate", "villages_total"}));
  ASSERT_THAT(answer, IsOk());
  ASSERT_THAT(answer->figures(), SizeIs(2)) << answer->DebugString();
  EXPECT_EQ(answer->figures(0).period(), "2024");
  EXPECT_EQ(answer->figures(0).old_figure().value(), 2);
  EXPECT_EQ(answer->figures(0).new_figure().value(), 1);
  EXPECT_EQ(answer->records(0).record().record(), absl::StrCat("townships/", kTown, "/activities/drop"));
  EXPECT_EQ(answer->records(0).record().reason(), "entered twice");
  EXPECT_EQ(answer->records(0).record().changed_by(), "test");
  EXPECT_EQ(answer->records(1).new_value(), 6);
  EXPECT_EQ(answer->records(1).new_denominator(), 6);
  ASSERT_THAT(answer->records(), SizeIs(2));
  ExpectAddsUp(*answer);
  // Without metrics: all of them.
  const auto all = Call(*Stub(), &HistoryStub::ExplainDifference, Between(from, to));
  ASSERT_THAT(all, IsOk());
  EXPECT_GT(all->figures_size(), 2);
  ExpectAddsUp(*all);
  EXPECT_THAT(Call(*Stub(), &HistoryStub::ExplainDifference, Between(to, from)),
              HasReason("POINTS_REVERSED"));
  EXPECT_EQ(Call(*Stub(), &HistoryStub::ExplainDifference, Between(to, to))->figures_size(), 0);
}

TEST_F(HistoryTest, ADistinctCountIsExplainedByVillages) {
  const FeedPosition from = AddCounsel("c-1", {absl::StrCat(kTown, "201")});
  const FeedPosition to = AddCounsel("c-2", {absl::StrCat(kTown, "201"), absl::StrCat(kTown, "202")});
  Value("counsel_villages_covered", {to});
  const auto answer = Call(*Stub(), &HistoryStub::ExplainDifference, Between(from, to));
  ASSERT_THAT(answer, IsOk());
  EXPECT_GT(answer->figures_size(), 0);
  ExpectAddsUp(*answer);
}

TEST_F(HistoryTest, WhoMayNotReadTheTownMayNotReadItsPast) {
  EXPECT_THAT(Call(*Stub(kOtherTown), &HistoryStub::GetFiguresAsOf, AsOf({}, {"law_lectures"})),
              HasReason("OUT_OF_SCOPE"));
  v1::ExplainDifferenceRequest request;
  request.set_township("townships/x");
  EXPECT_THAT(Call(*Stub(), &HistoryStub::ExplainDifference, request), HasReason("FIELD_VIOLATION"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing

// Queries through real channels: what is pushed is counted, corrected, deleted; who may ask; what is refused.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/integration/reporting/reporting_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::HasSubstr;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

TEST_F(ReportingTest, APushedActivityIsCountedByAQueryWithItsToken) {
  const auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})});
  EXPECT_EQ(Value("law_lectures", {token}), 3);
}

TEST_F(ReportingTest, ACorrectionAndADeletionChangeTheTotal) {
  Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}}),
        MakeActivity("b", "law_lecture", "2024-04-05", {{"occurrences", 4}})});
  activities::v1::GetActivityRequest get;
  get.set_name("townships/630106101/activities/a");
  const auto stored = Call(*reporter_, &Activities::GetActivity, get);
  ASSERT_THAT(stored, IsOk());
  auto corrected = MakeActivity("a", "law_lecture", "2024-05-05", {{"occurrences", 10}});
  corrected.set_etag(stored->activity().etag());
  EXPECT_EQ(Value("law_lectures", {Push({corrected}, "miscounted")}), 14);
  EXPECT_EQ(Value("law_lectures", {Delete("a")}), 4);
  EXPECT_TRUE(Verify().equal());
}

TEST_F(ReportingTest, AConfirmedMonthTurnsSilenceIntoAConfirmedZero) {
  const auto silence = Figure("law_lectures");
  ASSERT_THAT(silence, IsOk());
  EXPECT_EQ(silence->state(), v1::FIGURE_STATE_NOT_REPORTED);
  FeedPosition last;
  for (const char* month : {"2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"})
    last = Confirm(month);
  const auto figure = Figure("law_lectures", {last});
  ASSERT_THAT(figure, IsOk());
  EXPECT_EQ(figure->state(), v1::FIGURE_STATE_CONFIRMED_ZERO);
  EXPECT_EQ(figure->decimal(), "0");
}

TEST_F(ReportingTest, RegisterAndRosterAreCountedAsStocks) {
  const auto token = AddCounsel("c-1", {"630106101201", "630106101202"});
  EXPECT_EQ(Value("counsel_persons", {token}), 1);
  EXPECT_EQ(Value("counsel_villages_covered"), 2);
  EXPECT_EQ(Value("villages_total"), 3);
}

TEST_F(ReportingTest, ComparingGivesRanksBasesNamesAndRevisions) {
  auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})});
  for (const char* month : {"2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"})
    token = Confirm(month);
  auto request = MakeCompare({"law_lectures", "villages_total"});
  *request.add_at_least_as_fresh() = token;
  const auto stub = reporting_->As(auth::Role::kDistrict, "630106");
  const auto answer = Call(*stub, &Rollups::CompareTownships, request);
  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->comparisons_size(), 2);
  const v1::MetricComparison& lectures = answer->comparisons(0);
  ASSERT_EQ(lectures.townships_size(), 2);
  EXPECT_EQ(lectures.townships(0).township(), "townships/630106101");
  EXPECT_EQ(lectures.townships(0).display_name_zh(), "示例镇630106101");
  EXPECT_EQ(lectures.townships(0).rank(), 1);
  EXPECT_EQ(lectures.townships(0).per_village(), "1.00");
  EXPECT_EQ(lectures.townships(0).per_10000_residents(), "1.50");
  EXPECT_EQ(lectures.townships(1).rank_withheld(), v1::RANK_WITHHELD_NOT_REPORTED);
  EXPECT_EQ(answer->comparisons(1).total().value(), 6);
  ASSERT_EQ(answer->revisions_size(), 4);
  EXPECT_EQ(answer->revisions(0).revision(), token.revision());
}

TEST_F(ReportingTest, AComparisonThatIsNoTextInUtf8IsRefusedAsMalformed) {
  const auto stub = reporting_->As(auth::Role::kDistrict, "630106");
  EXPECT_THAT(Call(*stub, &Rollups::CompareTownships, MakeCompare({"law_\xff"})),
              HasReason("MESSAGE_MALFORMED"));
}

TEST_F(ReportingTest, AComparisonWaitsForWhatTheCallerHasWritten) {
  auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {})});
  token.set_revision(token.revision() + 1);
  auto request = MakeCompare({"law_lectures"});
  *request.add_at_least_as_fresh() = token;
  const auto stub = reporting_->As(auth::Role::kDistrict, "630106");
  EXPECT_THAT(Call(*stub, &Rollups::CompareTownships, request, absl::Milliseconds(300)),
              HasReason("NOT_FRESH_ENOUGH"));
  std::thread writer([&] {
    absl::SleepFor(absl::Milliseconds(100));
    Push({MakeActivity("b", "law_lecture", "2024-03-06", {})});
  });
  const auto answer = Call(*stub, &Rollups::CompareTownships, request);
  writer.join();
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->comparisons(0).total().value(), 2);
}

TEST_F(ReportingTest, AQueryForWhatIsNotThereYetSaysHowFarTheFiguresAre) {
  auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {})});
  const int64_t there = token.revision();
  token.set_revision(there + 1);
  const absl::Time start = absl::Now();
  const auto figure = Figure("law_lectures", {token}, absl::Milliseconds(500));
  EXPECT_THAT(figure, HasReason("NOT_FRESH_ENOUGH"));
  EXPECT_EQ(MetadataOf(figure.status())["applied_revision"], absl::StrCat(there));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(350));
}

TEST_F(ReportingTest, AWaitingQueryIsAnsweredByTheWriteThatItWaitsFor) {
  auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {})});
  token.set_revision(token.revision() + 1);
  std::thread writer([&] {
    absl::SleepFor(absl::Milliseconds(100));
    Push({MakeActivity("b", "law_lecture", "2024-03-06", {})});
  });
  EXPECT_EQ(Value("law_lectures", {token}), 2);
  writer.join();
}

TEST_F(ReportingTest, BadQueriesAreRefusedWithTheirReasons) {
  const auto stub = reporting_->As(auth::Role::kAdmin, "*");
  const auto reason = [&](const std::function<void(v1::QueryRollupRequest&)>& change) {
    auto request = MakeQuery({"law_lectures"});
    change(request);
    return ReasonOf(Call(*stub, &Rollups::QueryRollup, request).status());
  };
  struct Case {
    const char* reason;
    std::function<void(v1::QueryRollupRequest&)> change;
  };
  const Case cases[] = {
      {"METRIC_NOT_FOUND", [](auto& q) { q.set_metrics(0, "metrics/no_such"); }},
      {"NAME_INVALID", [](auto& q) { q.set_metrics(0, "law_lectures"); }},
      {"METRICS_COUNT", [](auto& q) { q.clear_metrics(); }},
      {"SCOPE_MISSING", [](auto& q) { q.clear_scope(); }},
      {"SCOPE_BOTH", [](auto& q) { q.mutable_scope()->set_district("districts/630106"); }},
      {"TOWNSHIP_REPEATED", [](auto& q) { q.mutable_scope()->add_townships("townships/630106101"); }},
      {"TOWNSHIP_NOT_FOUND", [](auto& q) { q.mutable_scope()->set_townships(0, "townships/999999999"); }},
      {"DISTRICT_NOT_FOUND",
       [](auto& q) {
         q.mutable_scope()->clear_townships();
         q.mutable_scope()->set_district("districts/999999");
       }},
      {"DATE_MALFORMED", [](auto& q) { q.set_start_date("2024-1-1"); }},
      {"FIELD_VIOLATION",
       [](auto& q) {
         q.set_start_date("");
         q.set_end_date("");
       }},
      {"PERIOD_EMPTY", [](auto& q) { q.set_end_date("2023-12-31"); }},
      {"PERIOD_TOO_LONG", [](auto& q) { q.set_start_date("1990-01-01"); }},
      {"PERIOD_NOT_WHOLE_MONTHS",
       [](auto& q) {
         q.set_group_by(v1::GROUP_BY_VILLAGE);
         q.set_end_date("2024-03-30");
       }},
      {"RESULT_TOO_LARGE",
       [](auto& q) {
         q.set_start_date("2015-01-01");
         q.set_bucket(v1::BUCKET_DAY);
         for (int i = 0; i < 20; ++i) q.add_metrics("metrics/law_lectures");
       }},
      {"BUCKET_INVALID", [](auto& q) { q.set_bucket(static_cast<v1::Bucket>(77)); }},
      {"FRESHNESS_INVALID", [](auto& q) { q.add_at_least_as_fresh(); }},
  };
  for (const Case& c : cases) EXPECT_EQ(reason(c.change), c.reason);
}

TEST_F(ReportingTest, ATokenMustCoverTheWholeScope) {
  const auto reporter = reporting_->As(auth::Role::kReporter, kTown);
  EXPECT_THAT(Call(*reporter, &Rollups::CompareTownships, MakeCompare({"law_lectures"})),
              HasReason("OUT_OF_SCOPE"));
  auto query = MakeQuery({"law_lectures"});
  EXPECT_THAT(Call(*reporter, &Rollups::QueryRollup, query), IsOk());
  query.mutable_scope()->add_townships("townships/630106102");
  EXPECT_THAT(Call(*reporter, &Rollups::QueryRollup, query), HasReason("OUT_OF_SCOPE"));
  v1::GetFreshnessRequest freshness;
  freshness.mutable_scope()->set_district("districts/630106");
  EXPECT_THAT(Call(*reporter, &Rollups::GetFreshness, freshness), HasReason("OUT_OF_SCOPE"));
  v1::VerifyTotalsRequest verify;
  EXPECT_THAT(Call(*reporter, &Rollups::VerifyTotals, verify), HasReason("ROLE_NOT_ALLOWED"));
  const auto nobody = reporting_->As(auth::Role::kAdmin, "");
  EXPECT_THAT(Call(*nobody, &Rollups::QueryRollup, query), HasReason("TOKEN_MISSING"));
}

TEST_F(ReportingTest, TheCatalogueIsListedByTier) {
  const auto stub = reporting_->As(auth::Role::kReviewer, "630106");
  v1::ListMetricsRequest list;
  list.set_tier("core");
  const auto core = Call(*stub, &Rollups::ListMetrics, list);
  ASSERT_THAT(core, IsOk());
  EXPECT_EQ(core->metrics_size(), 34);
  list.set_tier("");
  EXPECT_GT(Call(*stub, &Rollups::ListMetrics, list)->metrics_size(), 34);
  v1::GetMetricRequest get;
  get.set_name("metrics/mediation_success_rate");
  const auto metric = Call(*stub, &Rollups::GetMetric, get);
  ASSERT_THAT(metric, IsOk());
  EXPECT_EQ(metric->metric().type(), v1::METRIC_TYPE_RATIO);
  EXPECT_EQ(metric->metric().denominator_formula(), "mediation.cases");
}

TEST_F(ReportingTest, AWatchSendsAllFiguresAndThenTheChangedOnes) {
  const auto stub = reporting_->As(auth::Role::kDistrict, "630106");
  v1::WatchRollupsRequest request;
  request.mutable_scope()->set_district("districts/630106");
  request.add_metrics("metrics/law_lectures");
  request.add_metrics("metrics/villages_total");
  request.set_start_date("2024-01-01");
  request.set_end_date("2024-12-31");
  ASSERT_TRUE(WaitUntilFlushed());
  grpc::ClientContext context;
  rpc::PrepareContext(&context, absl::Seconds(20));
  const auto stream = stub->WatchRollups(&context, request);
  v1::WatchRollupsResponse message;
  ASSERT_TRUE(stream->Read(&message));
  EXPECT_EQ(message.figures_size(), 4);
  Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 7}})});
  ASSERT_TRUE(stream->Read(&message));
  ASSERT_EQ(message.figures_size(), 1);
  EXPECT_EQ(message.figures(0).township(), "townships/630106101");
  EXPECT_EQ(message.figures(0).figure().value(), 7);
  reporting_->Stop();
  EXPECT_FALSE(stream->Read(&message));
  EXPECT_THAT(Seen(stream->Finish()), HasReason("SHUTTING_DOWN"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing

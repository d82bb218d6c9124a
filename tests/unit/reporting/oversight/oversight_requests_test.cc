#include "services/reporting/rpc/oversight_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"

namespace zhenhui::reporting {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

const Date kMidYear(2024, 6, 30);

auth::Claims Reporter(const std::string& scope = "630106101") {
  auth::Claims claims;
  claims.subject = "clerk";
  claims.role = auth::Role::kReporter;
  claims.scope = scope;
  return claims;
}

v1::GetPlanStatusRequest PlanFor(int year, const std::string& as_of) {
  v1::GetPlanStatusRequest request;
  request.mutable_scope()->add_townships("townships/630106101");
  request.set_year(year);
  request.set_as_of_date(as_of);
  return request;
}

TEST(OversightRequestsTest, ThePlansDayIsTodayOrTheYearsLast) {
  const struct {
    int year;
    const char* given;
    Date day;
  } kCases[] = {{2024, "", kMidYear},
                {2023, "", Date(2023, 12, 31)},
                {2025, "", kMidYear},  // nothing is expected of next year yet
                {2024, "2024-12-31", Date(2024, 12, 31)},
                {2024, "2024-01-01", Date(2024, 1, 1)}};
  for (const auto& c : kCases) {
    const auto read = ReadPlanStatus(PlanFor(c.year, c.given), Reporter(), kMidYear);
    ASSERT_THAT(read, IsOk()) << c.year << c.given;
    EXPECT_EQ(read->as_of, c.day) << c.year << c.given;
  }
  EXPECT_THAT(ReadPlanStatus(PlanFor(2024, "2023-12-31"), Reporter(), kMidYear),
              HasReason("DATE_OUTSIDE_YEAR"));
  EXPECT_THAT(ReadPlanStatus(PlanFor(2024, "30.6."), Reporter(), kMidYear), HasReason("DATE_MALFORMED"));
  EXPECT_THAT(ReadPlanStatus(PlanFor(0, ""), Reporter(), kMidYear), HasReason("YEAR_INVALID"));
  EXPECT_THAT(ReadPlanStatus(PlanFor(2024, ""), Reporter("630106102"), kMidYear), HasReason("OUT_OF_SCOPE"));
}

TEST(OversightRequestsTest, GapsAreOfWholeMonthsAndKnownSorts) {
  v1::ListGapsRequest request;
  request.mutable_scope()->set_district("districts/630106");
  request.set_start_date("2024-04-01");
  request.set_end_date("2024-06-30");
  request.add_types(v1::GAP_TYPE_NO_COUNSEL);
  const auto read = ReadGaps(request, Reporter("630106"));
  ASSERT_THAT(read, IsOk());
  EXPECT_TRUE(read->query.Wants(GapType::kNoCounsel));
  EXPECT_FALSE(read->query.Wants(GapType::kVillage));
  EXPECT_EQ(read->page_size, 100);
  EXPECT_THAT(ReadGaps(request, Reporter()), HasReason("OUT_OF_SCOPE"));
  request.add_types(v1::GAP_TYPE_UNSPECIFIED);
  EXPECT_TRUE(ReadGaps(request, Reporter("630106"))->query.Wants(GapType::kVillage));
  request.set_types(1, static_cast<v1::GapType>(9));
  EXPECT_THAT(ReadGaps(request, Reporter("630106")), HasReason("GAP_TYPE_INVALID"));
  request.clear_types();
  request.set_page_size(1001);
  EXPECT_THAT(ReadGaps(request, Reporter("630106")), HasReason("PAGE_SIZE_RANGE"));
  request.set_page_size(0);
  request.set_end_date("2024-06-29");
  EXPECT_THAT(ReadGaps(request, Reporter("630106")), HasReason("PERIOD_NOT_WHOLE_MONTHS"));
  request.set_end_date("2024-03-31");
  EXPECT_THAT(ReadGaps(request, Reporter("630106")), HasReason("PERIOD_EMPTY"));
}

TEST(OversightRequestsTest, AnExplanationNamesItsAlarmAndSaysSomething) {
  v1::ExplainAlarmRequest request;
  request.set_name("townships/630106101/alarms/2024.jump.law_lectures");
  request.set_explanation("开展了专项宣传");
  const auto read = ReadExplanation(request, Reporter());
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->township, "630106101");
  EXPECT_EQ(read->year, 2024);
  EXPECT_EQ(read->id, "2024.jump.law_lectures");
  EXPECT_THAT(ReadExplanation(request, Reporter("630106102")), HasReason("OUT_OF_SCOPE"));
  for (const char* name : {"", "townships/630106101", "townships/63010610/alarms/2024.jump.x",
                           "townships/630106101/alarms/jump.x", "townships/630106101/alarms/20245.jump.x",
                           "townships/630106101/alarms/1999.jump.x", "alarms/2024.jump.x"}) {
    request.set_name(name);
    EXPECT_THAT(ReadExplanation(request, Reporter()), HasReason("NAME_INVALID")) << name;
  }
  request.set_name("townships/630106101/alarms/2024.jump.law_lectures");
  request.set_explanation("");
  EXPECT_THAT(ReadExplanation(request, Reporter()), HasReason("EXPLANATION_MISSING"));
  request.set_explanation(std::string(1001, 'x'));
  EXPECT_THAT(ReadExplanation(request, Reporter()), HasReason("TEXT_TOO_LONG"));
}

}  // namespace
}  // namespace zhenhui::reporting

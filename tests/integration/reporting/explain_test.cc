// Drill-down: over all pages the contributions sum to the figure, also while records change.
#include <gmock/gmock.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "tests/integration/reporting/reporting_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

class ExplainTest : public ReportingTest {
 protected:
  struct Explained {
    v1::Figure figure;
    int64_t value = 0;
    int64_t denominator = 0;
    int pages = 0;
    std::set<std::string> records;
  };

  static v1::ExplainFigureRequest Request(const std::string& metric) {
    v1::ExplainFigureRequest request;
    request.set_township(absl::StrCat("townships/", kTown));
    request.set_metric("metrics/" + metric);
    request.set_start_date("2024-01-01");
    request.set_end_date("2024-12-31");
    request.set_page_size(2);
    return request;
  }

  // All pages; `between` is called after each.
  Explained All(
      v1::ExplainFigureRequest request, const std::function<void()>& between = [] {}) {
    const auto stub = reporting_->As(auth::Role::kReporter, kTown);
    Explained out;
    do {
      const auto page = Call(*stub, &Rollups::ExplainFigure, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return out;
      EXPECT_LE(page->contributions_size(), request.page_size());
      if (out.pages++ > 0) {
        EXPECT_EQ(page->figure().value(), out.figure.value());
      }
      out.figure = page->figure();
      for (const v1::Contribution& contribution : page->contributions()) {
        out.value += contribution.value();
        out.denominator += contribution.denominator();
        EXPECT_TRUE(out.records.insert(contribution.record()).second) << contribution.record();
        EXPECT_GT(contribution.revision(), 0);
        EXPECT_NE(contribution.kind(), "");
      }
      request.set_page_token(page->next_page_token());
      between();
    } while (!request.page_token().empty() && out.pages < 50);
    return out;
  }
};

TEST_F(ExplainTest, TheActivitiesBehindAFlowSumToIt) {
  FeedPosition token;
  for (int i = 0; i < 5; ++i) {
    token = Push({MakeActivity(absl::StrCat("a", i), "law_lecture", "2024-03-05", {{"occurrences", i}})});
  }
  auto request = Request("law_lectures");
  *request.add_at_least_as_fresh() = token;
  const Explained explained = All(request);
  EXPECT_EQ(explained.figure.value(), 10);
  EXPECT_EQ(explained.value, 10);
  EXPECT_EQ(explained.records.size(), 4u);  // the one of 0 adds nothing
  EXPECT_GE(explained.pages, 2);
}

TEST_F(ExplainTest, PagesStayAtTheFirstPagesRevision) {
  FeedPosition token;
  for (int i = 1; i <= 5; ++i)
    token = Push({MakeActivity(absl::StrCat("a", i), "law_lecture", "2024-03-05", {})});
  auto request = Request("law_lectures");
  *request.add_at_least_as_fresh() = token;
  int written = 0;
  const Explained explained = All(request, [&] {
    if (written++ == 0) {
      Delete("a5");
      EXPECT_EQ(Value("law_lectures", {Push({MakeActivity("late", "law_lecture", "2024-03-05", {})})}), 5);
    }
  });
  EXPECT_EQ(explained.figure.value(), 5);
  EXPECT_EQ(explained.value, 5);
  EXPECT_TRUE(explained.records.count("townships/630106101/activities/a5"));
}

TEST_F(ExplainTest, ARatioIsExplainedOnBothSides) {
  const auto token =
      Push({MakeActivity("a", "mediation", "2024-03-05", {{"cases", 10}, {"success", 9}, {"oral", 9}}),
            MakeActivity("b", "mediation", "2024-04-05", {{"cases", 5}, {"success", 5}, {"oral", 5}}),
            MakeActivity("c", "mediation", "2024-05-05", {{"cases", 2}, {"success", 0}})});
  auto request = Request("mediation_success_rate");
  *request.add_at_least_as_fresh() = token;
  const Explained explained = All(request);
  EXPECT_EQ(explained.figure.value(), 14);
  EXPECT_EQ(explained.figure.denominator(), 17);
  EXPECT_EQ(explained.value, 14);
  EXPECT_EQ(explained.denominator, 17);
}

TEST_F(ExplainTest, StocksDistinctCountsAndTheRegisterAreExplainedByTheirRecords) {
  AddCounsel("c-1", {"630106101201", "630106101202"});
  AddCounsel("c-2", {"630106101202"});
  const auto token = AddCounsel("c-3", {});
  const std::pair<const char*, int64_t> expected[] = {
      {"counsel_persons", 3}, {"counsel_villages_covered", 2}, {"villages_total", 3}};
  for (const auto& [metric, value] : expected) {
    auto request = Request(metric);
    *request.add_at_least_as_fresh() = token;
    const Explained explained = All(request);
    EXPECT_EQ(explained.figure.value(), value) << metric;
    EXPECT_EQ(explained.value, value) << metric;
    EXPECT_EQ(explained.records.size(), static_cast<size_t>(value)) << metric;
  }
}

TEST_F(ExplainTest, AVillageFilterShowsItsRecordsOnly) {
  const auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {}, "630106101201"),
                           MakeActivity("b", "law_lecture", "2024-03-05", {}, "630106101202"),
                           MakeActivity("c", "law_lecture", "2024-03-05", {})});
  auto request = Request("law_lectures");
  request.set_village("630106101201");
  *request.add_at_least_as_fresh() = token;
  const Explained explained = All(request);
  EXPECT_EQ(explained.figure.value(), 1);
  EXPECT_EQ(explained.records, std::set<std::string>{"townships/630106101/activities/a"});
}

TEST_F(ExplainTest, APageTokenBelongsToItsQuery) {
  auto request = Request("law_lectures");
  request.set_page_token("nonsense");
  const auto stub = reporting_->As(auth::Role::kReporter, kTown);
  EXPECT_THAT(Call(*stub, &Rollups::ExplainFigure, request), HasReason("PAGE_TOKEN_INVALID"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing

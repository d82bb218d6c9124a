#include "services/activities/domain/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/testing/activities/fake_places.h"
#include "tests/testing/activities/fake_target_repository.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using ::testing::ElementsAre;
using testing::kTown;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

TargetDraft Promised(std::vector<int64_t> quarters, const std::string& metric = "law_lectures") {
  TargetDraft draft;
  draft.content.metric = metric;
  draft.content.year = 2024;
  draft.content.source = TargetSource::kStudyPlan;
  draft.quarters = std::move(quarters);
  return draft;
}

class PlanTest : public ::testing::Test {
 protected:
  std::vector<std::string> Import(std::vector<TargetDraft> targets, const std::string& reason = "",
                                  bool validate_only = false) {
    const auto result =
        plan_.Import({kTown, std::move(targets), reason, validate_only, "planner"}, absl::InfiniteFuture());
    EXPECT_THAT(result, IsOk());
    constexpr const char* kNames[] = {"CREATED", "UPDATED", "UNCHANGED", "REFUSED", "NOT_ATTEMPTED"};
    std::vector<std::string> lines;
    for (const RecordOutcome& outcome : result->outcomes) {
      std::string line = kNames[static_cast<int>(outcome.outcome)];
      if (outcome.revision != 0) absl::StrAppend(&line, " ", outcome.revision);
      for (const FieldViolation& violation : outcome.violations)
        absl::StrAppend(&line, " ", violation.reason);
      lines.push_back(line);
    }
    return lines;
  }

  testing::FakeTargetRepository repository_;
  testing::FakePlaces places_;
  zhenhui::testing::FakeClock clock_{absl::FromUnixSeconds(1'719'720'000)};
  PlanUseCase plan_{repository_, places_, clock_};
};

TEST_F(PlanTest, SendingAgainChangesNothingAndOtherContentNeedsAReason) {
  EXPECT_THAT(Import({Promised({1, 2, 3, 4}), Promised({0, 0, 0, 1}, "counsel_visits")}),
              ElementsAre("CREATED 1", "CREATED 2"));
  EXPECT_THAT(Import({Promised({1, 2, 3, 4})}), ElementsAre("UNCHANGED 1"));
  EXPECT_THAT(Import({Promised({1, 2, 3, 5})}), ElementsAre("REFUSED TARGET_EXISTS"));
  EXPECT_THAT(Import({Promised({1, 2, 3, 5})}, "the plan was changed"), ElementsAre("UPDATED 3"));
}

TEST_F(PlanTest, AFaultyTargetDoesNotHoldUpTheOthers) {
  EXPECT_THAT(
      Import({Promised({1, 2, 3}), Promised({1, 2, 3, 4}), Promised({4, 3, 2, 1})}),
      ElementsAre("REFUSED QUARTERS_COUNT", "REFUSED DUPLICATE_IN_BATCH", "REFUSED DUPLICATE_IN_BATCH"));
  EXPECT_THAT(Import({Promised({1, 2, 3}), Promised({1, 1, 1, 1}, "counsel_visits")}),
              ElementsAre("REFUSED QUARTERS_COUNT", "CREATED 1"));
}

TEST_F(PlanTest, AWithdrawnTargetIsNotListedAndCanComeBack) {
  Import({Promised({1, 2, 3, 4})});
  const auto withdraw = [&](const std::string& id, const std::string& reason) {
    return plan_.Withdraw(kTown, id, reason, "planner", absl::InfiniteFuture());
  };
  EXPECT_THAT(withdraw("2024.law_lectures", ""), HasReason("REASON_MISSING"));
  EXPECT_THAT(withdraw("2024.permits", "why"), HasReason("TARGET_NOT_FOUND"));
  EXPECT_THAT(withdraw("2024.law_lectures", "the plan was dropped"), IsOkAndHolds(2));
  EXPECT_THAT(withdraw("2024.law_lectures", "again"), IsOkAndHolds(2));
  EXPECT_EQ(repository_.List(kTown, 2024, absl::InfiniteFuture())->size(), 0u);
  EXPECT_THAT(Import({Promised({1, 2, 3, 4})}), ElementsAre("CREATED 3"));
}

TEST_F(PlanTest, ARehearsalWritesNothing) {
  EXPECT_THAT(Import({Promised({1, 2, 3, 4})}, "", true), ElementsAre("CREATED"));
  EXPECT_THAT(Import({Promised({1, 2, 3, 4})}), ElementsAre("CREATED 1"));
}

TEST_F(PlanTest, AnImportIsNeitherEmptyNorEndlessAndItsTownExists) {
  const auto import = [&](std::vector<TargetDraft> targets, const std::string& reason = "") {
    return plan_.Import({kTown, std::move(targets), reason, false, "planner"}, absl::InfiniteFuture())
        .status();
  };
  EXPECT_THAT(import({}), HasReason("BATCH_EMPTY"));
  EXPECT_THAT(import(std::vector<TargetDraft>(1001)), HasReason("BATCH_TOO_LARGE"));
  EXPECT_THAT(import({Promised({1, 2, 3, 4})}, std::string(501, 'x')), HasReason("TEXT_TOO_LONG"));
  places_.SetError(Error(absl::StatusCode::kNotFound, "TOWNSHIP_NOT_FOUND", "no"));
  EXPECT_THAT(import({Promised({1, 2, 3, 4})}), HasReason("TOWNSHIP_NOT_FOUND"));
}

TEST(TargetTest, EveryFieldIsChecked) {
  const struct {
    const char* reason;
    void (*spoil)(TargetDraft&);
  } kCases[] = {
      {"METRIC_INVALID", [](TargetDraft& t) { t.content.metric = "Law lectures"; }},
      {"METRIC_INVALID", [](TargetDraft& t) { t.content.metric = ""; }},
      {"METRIC_INVALID", [](TargetDraft& t) { t.content.metric = std::string(65, 'a'); }},
      {"YEAR_INVALID", [](TargetDraft& t) { t.content.year = 1999; }},
      {"YEAR_INVALID", [](TargetDraft& t) { t.content.year = 2101; }},
      {"QUARTERS_COUNT", [](TargetDraft& t) { t.quarters.push_back(1); }},
      {"QUARTER_RANGE", [](TargetDraft& t) { t.quarters[2] = -1; }},
      {"QUARTER_RANGE", [](TargetDraft& t) { t.quarters[0] = kMaxTarget + 1; }},
      {"SOURCE_MISSING", [](TargetDraft& t) { t.content.source = TargetSource::kUnspecified; }},
      {"SOURCE_MISSING", [](TargetDraft& t) { t.content.source = static_cast<TargetSource>(9); }},
      {"NOTE_MISSING", [](TargetDraft& t) { t.content.source = TargetSource::kOther; }},
      {"TEXT_TOO_LONG", [](TargetDraft& t) { t.content.note = std::string(501, 'x'); }},
  };
  for (const auto& c : kCases) {
    TargetDraft draft = Promised({1, 2, 3, 4});
    c.spoil(draft);
    const auto violations = CheckTarget(draft);
    ASSERT_EQ(violations.size(), 1u) << c.reason;
    EXPECT_EQ(violations[0].reason, c.reason);
  }
  TargetDraft good = Promised({0, 2, 3, kMaxTarget});
  EXPECT_TRUE(CheckTarget(good).empty());
  EXPECT_EQ(good.content.quarters[3], kMaxTarget);
  EXPECT_EQ(TargetId(good.content), "2024.law_lectures");
}

}  // namespace
}  // namespace zhenhui::activities

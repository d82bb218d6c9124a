#pragma once
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "services/reporting/domain/year_end/year_end.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting {

inline constexpr char kTownA[] = "630106101";
inline constexpr char kTownB[] = "630106102";
inline const absl::Time kStoryNow = absl::FromUnixSeconds(1'736'500'000) + absl::Milliseconds(250);

// A year that is over, of two towns; digests are short words here.
struct Story {
  Story() {
    facts.towns = {{kTownA, "a1", {}, 0, false}, {kTownB, "b1", {}, 0, false}};
    facts.digest = "d1";
    facts.year_over = true;
  }

  // The reason of the refusal; "ok" where events followed, "nothing" where none did.
  std::string Do(const YearCommand& command, const std::string& by) {
    const auto events = Decide(state, facts, command, by, kStoryNow);
    if (!events.ok()) return ReasonOf(events.status());
    for (const YearEvent& event : *events) {
      YearEvent stored = event;
      if (stored.type == YearEventType::kClosed) stored.digest = "certificate";
      EXPECT_THAT(Apply(state, stored), zhenhui::testing::IsOk());
    }
    return events->empty() ? "nothing" : "ok";
  }
  std::vector<std::string> Blocking() const {
    std::vector<std::string> reasons;
    for (const auto& blocking : Blockers(state, facts))
      reasons.push_back(blocking.reason + blocking.township);
    return reasons;
  }
  void SignAll() {
    for (const TownFacts& town : facts.towns)
      EXPECT_EQ(Do(SignTown{town.code, town.digest, ""}, "clerk"), "ok");
  }
  void CloseAll() {
    SignAll();
    EXPECT_EQ(Do(ApproveYear{"d1"}, "first"), "ok");
    EXPECT_EQ(Do(ApproveYear{"d1"}, "second"), "ok");
    EXPECT_EQ(Do(CloseYear{}, "job"), "ok");
  }

  YearEndState state;
  YearFacts facts;
};

}  // namespace zhenhui::reporting

#include "services/townships/domain/checks.h"

#include <functional>

#include <gmock/gmock.h>

#include "tests/testing/townships/samples.h"

namespace zhenhui::townships {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Reasons(const std::vector<FieldViolation>& violations) {
  std::vector<std::string> reasons;
  for (const FieldViolation& violation : violations)
    reasons.push_back(violation.field + " " + violation.reason);
  return reasons;
}

TEST(ChecksTest, GoodRecordsPass) {
  for (const Record& record :
       std::vector<Record>{SampleTownship(), SampleVillage(), SampleEntry(), Population{kTown, 2024, 1},
                           Population{kTown, 2024, 100'000'000}}) {
    EXPECT_THAT(Reasons(CheckRecord(record)), IsEmpty());
  }
}

TEST(ChecksTest, EachRuleOfATownshipHasItsReason) {
  struct Case {
    std::function<void(Township&)> spoil;
    const char* reason;
  };
  for (const Case& c : std::vector<Case>{
           {[](Township& t) { t.code = "63010610"; }, "name CODE_INVALID"},
           {[](Township& t) { t.code = "63010610a"; }, "name CODE_INVALID"},
           {[](Township& t) { t.name_zh = ""; }, "display_name_zh NAME_MISSING"},
           {[](Township& t) { t.name_zh = std::string("a\0b", 3); }, "display_name_zh NUL_BYTE"},
           {[](Township& t) { t.name_en = "\xff"; }, "display_name_en INVALID_UTF8"},
           {[](Township& t) { t.type = TownshipType::kUnspecified; }, "type TYPE_MISSING"},
           {[](Township& t) {
              t.validity = {Date(2024, 2, 1), Date(2024, 1, 31)};
            },
            "valid_to DATE_ORDER"},
       }) {
    Township township = SampleTownship();
    c.spoil(township);
    EXPECT_THAT(Reasons(CheckRecord(township)), ElementsAre(c.reason));
  }
}

TEST(ChecksTest, EachRuleOfARosterEntryHasItsReason) {
  struct Case {
    std::function<void(RosterEntry&)> spoil;
    const char* reason;
  };
  for (const Case& c : std::vector<Case>{
           {[](RosterEntry& e) { e.id = ""; }, "name ID_INVALID"},
           {[](RosterEntry& e) { e.id = "有"; }, "name ID_INVALID"},
           {[](RosterEntry& e) { e.id = std::string(65, 'x'); }, "name ID_INVALID"},
           {[](RosterEntry& e) { e.role = RosterRole::kUnspecified; }, "role ROLE_MISSING"},
           {[](RosterEntry& e) { e.villages = {"630106102201"}; }, "villages[0] VILLAGE_OUTSIDE"},
           {[](RosterEntry& e) { e.villages = {"6301061012"}; }, "villages[0] CODE_INVALID"},
           {[](RosterEntry& e) {
              e.villages = {"630106101201", "630106101201"};
            },
            "villages DUPLICATE_VALUE"},
           {[](RosterEntry& e) { e.villages.assign(101, "630106101201"); }, "villages TOO_MANY_VALUES"},
           {[](RosterEntry& e) { e.validity.from.reset(); }, "valid_from DATE_MISSING"},
       }) {
    RosterEntry entry = SampleEntry();
    c.spoil(entry);
    EXPECT_THAT(Reasons(CheckRecord(entry)), ElementsAre(c.reason));
  }
}

TEST(ChecksTest, ResidentsAndYearsHaveLimits) {
  EXPECT_THAT(Reasons(CheckRecord(Population{kTown, 2024, 0})), ElementsAre("residents RESIDENTS_RANGE"));
  EXPECT_THAT(Reasons(CheckRecord(Population{kTown, 2024, 100'000'001})),
              ElementsAre("residents RESIDENTS_RANGE"));
  EXPECT_THAT(Reasons(CheckRecord(Population{kTown, 1899, 5})), ElementsAre("name YEAR_INVALID"));
}

TEST(ChecksTest, AllViolationsAreReported) {
  EXPECT_THAT(Reasons(CheckRecord(Township{})),
              ElementsAre("name CODE_INVALID", "display_name_zh NAME_MISSING", "type TYPE_MISSING"));
}

}  // namespace
}  // namespace zhenhui::townships

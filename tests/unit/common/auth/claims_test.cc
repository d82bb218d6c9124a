#include "common/auth/claims.h"

#include <gtest/gtest.h>

namespace zhenhui::auth {
namespace {

struct CoverCase {
  const char* scope;
  const char* code;
  bool covered;
};

TEST(ClaimsTest, ScopeCoversItselfAndWhatIsBelow) {
  const CoverCase cases[] = {
      {"*", "630106101", true},
      {"*", "", true},
      {"630106", "630106", true},
      {"630106", "630106101", true},
      {"630106", "630106101201", true},
      {"630106101", "630106101", true},
      {"630106101", "630106", false},     // a town does not cover its district
      {"630106101", "630106102", false},  // nor its neighbour
      {"630106", "630107101", false},
      {"63", "630106101", true},
      {"", "630106101", false},
      {"", "", false},
      {"630106", "", false},
  };
  for (const CoverCase& c : cases) {
    EXPECT_EQ(Covers(c.scope, c.code), c.covered) << "scope " << c.scope << ", code " << c.code;
  }
}

TEST(ClaimsTest, ScopesAreDivisionCodesOrTheStar) {
  for (const char* good : {"*", "63", "6301", "630106", "630106101", "630106101201"}) {
    EXPECT_TRUE(IsScope(good)) << good;
  }
  for (const char* bad : {"", "6", "630", "63010", "63010a", "6301061012", "**", "630106*", "-1", "６３"}) {
    EXPECT_FALSE(IsScope(bad)) << bad;
  }
}

TEST(ClaimsTest, EveryRoleIsReadBackByItsName) {
  for (const Role role : kAllRoles) EXPECT_EQ(ParseRole(RoleName(role)), role);
  EXPECT_EQ(ParseRole("root"), std::nullopt);
  EXPECT_EQ(ParseRole("Admin"), std::nullopt);
  EXPECT_EQ(ParseRole(""), std::nullopt);
}

}  // namespace
}  // namespace zhenhui::auth

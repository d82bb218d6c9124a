#include "common/auth/policy.h"

#include <string>

#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::auth {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::StatusIs;
using ::zhenhui::testing::TestVerifier;
using ::zhenhui::testing::Token;
using ::zhenhui::testing::TokenUntil;

constexpr char kPush[] = "/zhenhui.activities.v1.ActivityService/PushActivities";
constexpr char kList[] = "/zhenhui.activities.v1.ActivityService/ListKinds";

AccessTable Table() {
  return AccessTable().Allow(kPush, {Role::kReporter, Role::kAdmin}).AllowAnyRole(kList);
}

TEST(AccessTableTest, OnlyNamedRolesMayCall) {
  for (const Role role : kAllRoles) {
    const bool allowed = role == Role::kReporter || role == Role::kAdmin;
    EXPECT_EQ(Table().Authorize({.subject = "s", .role = role, .scope = "*"}, kPush).ok(), allowed)
        << RoleName(role);
    EXPECT_EQ(Table().Allows(role, kPush), allowed);
    EXPECT_TRUE(Table().Allows(role, kList));
  }
  EXPECT_THAT(
      Table().Authorize({.subject = "s", .role = Role::kJob, .scope = "*"}, kPush),
      AllOf(StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("job")), HasReason("ROLE_NOT_ALLOWED")));
}

TEST(AccessTableTest, ForgottenMethodIsClosedToAll) {
  EXPECT_THAT(Table().Authorize({.subject = "s", .role = Role::kAdmin, .scope = "*"}, "/x/New"),
              HasReason("METHOD_NOT_IN_TABLE"));
}

TEST(AccessTableTest, MergeTakesOverAllRows) {
  AccessTable table = AccessTable().Allow("/b/B", {Role::kJob});
  table.Merge(Table());
  EXPECT_THAT(table.Methods(), ElementsAre("/b/B", kList, kPush));
}

TEST(RequireScopeTest, RefusalSaysWhatTheTokenCovers) {
  const Claims claims{.subject = "s", .role = Role::kReporter, .scope = "630106101"};
  EXPECT_THAT(RequireScope(claims, "630106101201"), IsOk());
  EXPECT_THAT(RequireScope(claims, "630106102"),
              AllOf(StatusIs(absl::StatusCode::kPermissionDenied,
                             AllOf(HasSubstr("630106101"), HasSubstr("630106102"))),
                    HasReason("OUT_OF_SCOPE")));
  EXPECT_THAT(RequireScope(claims, ""), HasReason("OUT_OF_SCOPE"));
}

TEST(AuthenticatorTest, ReadsTheBearerHeader) {
  const Authenticator authenticator(TestVerifier(), Table());
  const std::string token = Token(Role::kReporter, "630106101", "clerk");
  const absl::StatusOr<Claims> claims = authenticator.Authenticate("Bearer " + token, kPush);
  ASSERT_THAT(claims, IsOk());
  EXPECT_EQ(claims->subject, "clerk");
  EXPECT_THAT(authenticator.Authenticate("bearer " + token, kPush), IsOk());
  EXPECT_THAT(authenticator.Authenticate("", kPush), HasReason("TOKEN_MISSING"));
  EXPECT_THAT(authenticator.Authenticate("Bearer ", kPush), HasReason("TOKEN_MISSING"));
  EXPECT_THAT(authenticator.Authenticate("Basic YTpi", kPush), HasReason("TOKEN_MALFORMED"));
  EXPECT_THAT(authenticator.Authenticate(token, kPush), HasReason("TOKEN_MALFORMED"));
  EXPECT_THAT(authenticator.Authenticate("Bearer " + Token(Role::kReviewer, "*"), kPush),
              HasReason("ROLE_NOT_ALLOWED"));
  EXPECT_THAT(authenticator.Authenticate(
                  "Bearer " + TokenUntil(Role::kAdmin, "*", absl::Now() - absl::Hours(2)), kPush),
              HasReason("TOKEN_EXPIRED"));
}

}  // namespace
}  // namespace zhenhui::auth

#include "common/db/dsn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"

namespace zhenhui::db {
namespace {

using ::testing::AllOf;
using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using ::testing::Not;

TEST(DsnTest, SettingsAreAddedToBothForms) {
  const SessionSettings settings{.application_name = "zhenhui-activities", .schema = "activities"};
  for (const char* dsn : {"host=db dbname=town user=u password=p", "postgresql://u:p@db/town"}) {
    EXPECT_THAT(
        WithSettings(dsn, settings),
        IsOkAndHolds(AllOf(HasSubstr("host='db'"), HasSubstr("dbname='town'"), HasSubstr("password='p'"),
                           HasSubstr("application_name='zhenhui-activities'"),
                           HasSubstr("search_path=activities"), HasSubstr("connect_timeout='5'"))));
  }
}

TEST(DsnTest, WhatTheDsnSaysItselfWins) {
  EXPECT_THAT(
      WithSettings("host=db connect_timeout=9 application_name=mine options='-c work_mem=9MB'",
                   {.application_name = "ours"}),
      IsOkAndHolds(AllOf(HasSubstr("connect_timeout='9'"), HasSubstr("application_name='mine'"),
                         HasSubstr("-c work_mem=9MB -c datestyle=ISO"), Not(HasSubstr("search_path")))));
}

TEST(DsnTest, ValuesAreQuoted) {
  EXPECT_THAT(WithKey("host=db", "password", "it's a \\ secret"),
              IsOkAndHolds(HasSubstr(R"(password='it\'s a \\ secret')")));
}

TEST(DsnTest, AMalformedDsnIsRefusedWithoutShowingItsSecret) {
  const absl::Status status = WithKey("host=db secret", "dbname", "x").status();
  EXPECT_THAT(status, HasReason("MALFORMED_DSN"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace zhenhui::db

#include "common/db/sql_error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <pqxx/pqxx>
#include <stdexcept>

#include "common/status/reason.h"
#include "tests/testing/matchers.h"

namespace zhenhui::db {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::StatusIs;

struct Case {
  const char* what;
  std::function<void()> raise;
  absl::StatusCode code;
  const char* reason;
  bool retry;
  bool broken;
};

std::function<void()> SqlState(const char* state) {
  return [state] { throw pqxx::sql_error("driver text: table secret_table", "SELECT 1", state); };
}

template <typename Exception>
std::function<void()> Raise() {
  return [] { throw Exception("driver text: table secret_table"); };
}

class ClassifyTest : public ::testing::TestWithParam<Case> {};

TEST_P(ClassifyTest, GivesReasonAndAdviceAndHidesTheDriversText) {
  SqlFailure failure;
  try {
    GetParam().raise();
  } catch (...) {
    failure = Classify();
  }
  EXPECT_THAT(failure.status, StatusIs(GetParam().code, Not(HasSubstr("secret_table"))));
  EXPECT_THAT(failure.status, HasReason(GetParam().reason));
  EXPECT_EQ(failure.retry, GetParam().retry);
  EXPECT_EQ(failure.broken, GetParam().broken);
}

using Code = absl::StatusCode;
INSTANTIATE_TEST_SUITE_P(
    Table, ClassifyTest,
    ::testing::Values(
        Case{"in_doubt", Raise<pqxx::in_doubt_error>(), Code::kUnknown, "COMMIT_UNKNOWN", false, true},
        Case{"completion_unknown", Raise<pqxx::statement_completion_unknown>(), Code::kUnknown,
             "COMMIT_UNKNOWN", false, true},
        Case{"serialization", Raise<pqxx::serialization_failure>(), Code::kAborted, "CONFLICT", true, false},
        Case{"deadlock", Raise<pqxx::deadlock_detected>(), Code::kAborted, "CONFLICT", true, false},
        Case{"too_many", Raise<pqxx::too_many_connections>(), Code::kResourceExhausted, "DATABASE_BUSY", true,
             true},
        Case{"broken", Raise<pqxx::broken_connection>(), Code::kUnavailable, "DATABASE_UNAVAILABLE", true,
             true},
        Case{"unique", SqlState("23505"), Code::kAlreadyExists, "ALREADY_EXISTS", false, false},
        Case{"foreign", SqlState("23503"), Code::kFailedPrecondition, "RELATED_MISSING", false, false},
        Case{"check", SqlState("23514"), Code::kInvalidArgument, "RULE_BROKEN", false, false},
        Case{"range", SqlState("22003"), Code::kInvalidArgument, "VALUE_REFUSED", false, false},
        Case{"serialization_state", SqlState("40001"), Code::kAborted, "CONFLICT", true, false},
        Case{"locked", SqlState("55P03"), Code::kAborted, "CONFLICT", true, false},
        Case{"timeout", SqlState("57014"), Code::kDeadlineExceeded, "STATEMENT_TIMEOUT", false, false},
        Case{"shutdown", SqlState("57P01"), Code::kUnavailable, "DATABASE_UNAVAILABLE", true, true},
        Case{"disk", SqlState("53100"), Code::kResourceExhausted, "DATABASE_FULL", false, false},
        Case{"standby", SqlState("25006"), Code::kUnavailable, "DATABASE_READ_ONLY", false, true},
        Case{"no_table", SqlState("42P01"), Code::kInternal, "DATABASE_ERROR", false, false},
        Case{"usage", Raise<pqxx::usage_error>(), Code::kInternal, "DATABASE_ERROR", false, true},
        Case{"conversion", Raise<pqxx::conversion_error>(), Code::kInternal, "DATABASE_ERROR", false, true},
        Case{"foreign_exception", Raise<std::runtime_error>(), Code::kInternal, "DATABASE_ERROR", false,
             true}),
    [](const auto& test) { return std::string(test.param.what); });

TEST(ClassifyDelayTest, WhatMayBeTriedAgainSaysWhen) {
  try {
    throw pqxx::broken_connection("gone");
  } catch (...) {
    EXPECT_EQ(RetryDelayOf(Classify().status), absl::Seconds(1));
  }
}

}  // namespace
}  // namespace zhenhui::db

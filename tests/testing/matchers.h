#pragma once
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/reason.h"

// The shared vocabulary of the tests.
namespace zhenhui::testing {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

// EXPECT_THAT(store.Push(batch), IsOk());
MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << "which is " << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

// EXPECT_THAT(result, StatusIs(absl::StatusCode::kNotFound));
MATCHER_P(StatusIs, code, "") {
  *result_listener << "which is " << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

// EXPECT_THAT(result, StatusIs(absl::StatusCode::kNotFound, HasSubstr("630106101")));
MATCHER_P2(StatusIs, code, message, "") {
  *result_listener << "which is " << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         ::testing::ExplainMatchResult(message, std::string(StatusOf(arg).message()), result_listener);
}

// EXPECT_THAT(ParseDate("2024-03-05"), IsOkAndHolds(Date(2024, 3, 5)));
MATCHER_P(IsOkAndHolds, matcher, "") {
  if (!arg.ok()) {
    *result_listener << "which is " << arg.status().ToString();
    return false;
  }
  return ::testing::ExplainMatchResult(matcher, *arg, result_listener);
}

// EXPECT_THAT(result, HasReason("STALE_ETAG"));
MATCHER_P(HasReason, reason, "") {
  *result_listener << "which is " << StatusOf(arg).ToString() << " with reason " << ReasonOf(StatusOf(arg));
  return ReasonOf(StatusOf(arg)) == reason;
}

MATCHER_P(EqualsProto, expected, "") {
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  const bool same = differencer.Compare(expected, arg);
  *result_listener << difference;
  return same;
}

}  // namespace zhenhui::testing

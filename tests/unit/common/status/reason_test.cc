#include "common/status/reason.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/status_macros.h"
#include "tests/testing/matchers.h"

namespace zhenhui {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Pair;
using testing::StatusIs;

TEST(ReasonTest, AnErrorCarriesItsReason) {
  const absl::Status status =
      Error(absl::StatusCode::kNotFound, "TOWN_NOT_FOUND", "there is no town 630106999");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kNotFound, HasSubstr("630106999")));
  EXPECT_THAT(status, HasReason("TOWN_NOT_FOUND"));
}

TEST(ReasonTest, AForeignStatusHasNoneOfTheDetails) {
  const absl::Status status = absl::InternalError("foreign");
  EXPECT_EQ(ReasonOf(status), "");
  EXPECT_THAT(ViolationsOf(status), IsEmpty());
  EXPECT_THAT(MetadataOf(status), IsEmpty());
  EXPECT_EQ(RetryDelayOf(status), std::nullopt);
}

TEST(ReasonTest, NothingIsAttachedToOk) {
  const absl::Status status = WithRetryDelay(WithMetadata(absl::OkStatus(), "town", "1"), absl::Seconds(1));
  EXPECT_THAT(status, IsOk());
  EXPECT_THAT(MetadataOf(status), IsEmpty());
  EXPECT_EQ(RetryDelayOf(status), std::nullopt);
}

TEST(ReasonTest, NoViolationIsNoError) { EXPECT_THAT(InvalidFields({}), IsOk()); }

TEST(ReasonTest, OneViolationLendsItsReason) {
  const FieldViolation violation{"date", "DATE_IN_FUTURE", "the date is in the future"};
  const absl::Status status = InvalidFields({violation});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, "date: the date is in the future"));
  EXPECT_THAT(status, HasReason("DATE_IN_FUTURE"));
  EXPECT_THAT(ViolationsOf(status), ElementsAre(violation));
}

TEST(ReasonTest, SeveralViolationsAreAllListed) {
  const std::vector<FieldViolation> violations = {
      {"date", "DATE_IN_FUTURE", "the date is in the future"},
      {"", "", ""},
      {"title:7:", "TEXT_TOO_LONG", std::string("3:多\0 4:", 10)},
  };
  const absl::Status status = InvalidFields(violations);
  EXPECT_THAT(status, HasReason("FIELD_VIOLATION"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("title:7:")));
  EXPECT_EQ(ViolationsOf(status), violations);
}

TEST(ReasonTest, MetadataIsAddedAndReplaced) {
  absl::Status status = Error(absl::StatusCode::kAborted, "STALE_ETAG", "read again");
  status = WithMetadata(status, "revision", "7");
  status = WithMetadata(status, "town", "630106101");
  status = WithMetadata(status, "revision", "8");
  EXPECT_THAT(MetadataOf(status), ElementsAre(Pair("revision", "8"), Pair("town", "630106101")));
  EXPECT_THAT(status, HasReason("STALE_ETAG"));
}

TEST(ReasonTest, TheRetryDelayIsKeptExactly) {
  const absl::Status status = WithRetryDelay(absl::UnavailableError("later"), absl::Milliseconds(1234));
  EXPECT_EQ(RetryDelayOf(status), absl::Milliseconds(1234));
}

absl::StatusOr<int> Half(int value) {
  if (value % 2 != 0) return Error(absl::StatusCode::kInvalidArgument, "ODD", "the number is odd");
  return value / 2;
}

absl::StatusOr<int> Quarter(int value) {
  ASSIGN_OR_RETURN(const int half, Half(value));
  ASSIGN_OR_RETURN(const int quarter, Half(half));
  return quarter;
}

absl::Status CheckQuarter(int value) {
  RETURN_IF_ERROR(Quarter(value).status());
  return absl::OkStatus();
}

TEST(StatusMacrosTest, TheFirstErrorLeavesTheFunctionWithItsReason) {
  EXPECT_THAT(Quarter(12), IsOkAndHolds(3));
  EXPECT_THAT(Quarter(6), HasReason("ODD"));
  EXPECT_THAT(CheckQuarter(8), IsOk());
  EXPECT_THAT(CheckQuarter(3), HasReason("ODD"));
}

}  // namespace
}  // namespace zhenhui

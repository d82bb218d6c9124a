#include "common/rpc/status_to_grpc.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/rpc/errors.h"
#include "common/status/reason.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "tests/testing/matchers.h"

namespace zhenhui::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::zhenhui::testing::HasReason;

TEST(StatusToGrpcTest, EveryCodeKeepsItsNumberBothWays) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "message");
    const grpc::Status sent = ToGrpc(status);
    EXPECT_EQ(static_cast<int>(sent.error_code()), code);
    EXPECT_EQ(sent.error_message(), "message");
    EXPECT_EQ(sent.error_details(), "") << "no reason, no details";
    EXPECT_EQ(FromGrpc(sent), status);
  }
  EXPECT_TRUE(ToGrpc(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
}

TEST(StatusToGrpcTest, ReasonMetadataAndRetryDelayComeBack) {
  absl::Status status = Error(absl::StatusCode::kAborted, "STALE_ETAG", "read it again");
  status = WithMetadata(status, "township", "630106101");
  status = WithMetadata(status, "etag", "7");
  status = WithRetryDelay(status, absl::Milliseconds(1500));
  const absl::Status back = FromGrpc(ToGrpc(status));
  EXPECT_EQ(back.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(back.message(), "read it again");
  EXPECT_EQ(ReasonOf(back), "STALE_ETAG");
  EXPECT_THAT(MetadataOf(back), ElementsAre(Pair("etag", "7"), Pair("township", "630106101")));
  EXPECT_EQ(RetryDelayOf(back), absl::Milliseconds(1500));
}

TEST(StatusToGrpcTest, FieldViolationsComeBack) {
  const std::vector<FieldViolation> violations = {{"activities[0].date", "DATE_IN_FUTURE", "日期在将来"},
                                                  {"activities[3].kind", "UNKNOWN_KIND", "no such kind"}};
  const absl::Status back = FromGrpc(ToGrpc(InvalidFields(violations)));
  EXPECT_EQ(ViolationsOf(back), violations);
  EXPECT_THAT(back, HasReason("FIELD_VIOLATION"));
}

TEST(StatusToGrpcTest, DetailsAreThoseOfGoogleRpc) {
  google::rpc::Status details;
  ASSERT_TRUE(details.ParseFromString(ToGrpc(QueueFull()).error_details()));
  EXPECT_EQ(details.code(), 8);
  ASSERT_EQ(details.details_size(), 2);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(details.details(0).UnpackTo(&info));
  EXPECT_EQ(info.reason(), "QUEUE_FULL");
  EXPECT_EQ(info.domain(), "zhenhui");
  google::rpc::RetryInfo retry;
  ASSERT_TRUE(details.details(1).UnpackTo(&retry));
  EXPECT_EQ(retry.retry_delay().nanos(), 200'000'000);
}

// More would not fit into gRPC's trailers, and the caller would see a transport error instead of his
// mistakes.
TEST(StatusToGrpcTest, VeryManyViolationsAreCutAndStayReadable) {
  std::vector<FieldViolation> violations;
  for (int i = 0; i < 1000; ++i) violations.push_back({absl::StrCat("f", i), "BAD", "这个字段的值不对"});
  const grpc::Status sent = ToGrpc(InvalidFields(violations));
  EXPECT_LT(sent.error_details().size() + sent.error_message().size(), 8000u);
  const std::vector<FieldViolation> back = ViolationsOf(FromGrpc(sent));
  ASSERT_GT(back.size(), 50u);
  EXPECT_EQ(back.front(), violations.front());
}

TEST(StatusToGrpcTest, UnreadableDetailsAreDropped) {
  const absl::Status back = FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff garbage"));
  EXPECT_EQ(back.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(back.message(), "gone");
  EXPECT_EQ(ReasonOf(back), "");
  EXPECT_THAT(ViolationsOf(back), IsEmpty());
}

}  // namespace
}  // namespace zhenhui::rpc

#include "common/feed/wire_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "tests/testing/matchers.h"
#include "zhenhui/common/v1/feed_position.pb.h"

namespace zhenhui::feed {
namespace {

using common::v1::FeedPosition;
using testing::IsOk;

TEST(WireMessageTest, FieldsParseToWhatWasAppended) {
  for (const int64_t number : {int64_t{0}, int64_t{1}, int64_t{127}, int64_t{128}, int64_t{300}, int64_t{-1},
                               std::numeric_limits<int64_t>::max(), std::numeric_limits<int64_t>::min()}) {
    for (const size_t length : {size_t{0}, size_t{9}, size_t{127}, size_t{128}, size_t{20000}}) {
      FeedPosition expected;
      expected.set_feed(common::v1::FEED_TOWNSHIPS);
      expected.set_township(std::string(length, 'x'));
      expected.set_revision(number);
      std::string bytes;
      AppendNumber(FeedPosition::kRevisionFieldNumber, number, &bytes);  // not in the order of their numbers
      AppendBytes(FeedPosition::kTownshipFieldNumber, std::string(length, 'x'), &bytes);
      AppendNumber(FeedPosition::kFeedFieldNumber, common::v1::FEED_TOWNSHIPS, &bytes);
      FeedPosition parsed;
      ASSERT_TRUE(parsed.ParseFromString(bytes)) << number << " " << length;
      EXPECT_EQ(parsed.SerializeAsString(), expected.SerializeAsString()) << number << " " << length;
    }
  }
}

TEST(WireMessageTest, ABufferHoldsTheBytesAndIsReadAsARequest) {
  FeedPosition position;
  position.set_township(std::string(100'000, 'x'));
  const auto parsed = ParseRequest<FeedPosition>(ToByteBuffer(position.SerializeAsString()));
  ASSERT_THAT(parsed, IsOk());
  EXPECT_EQ(parsed->SerializeAsString(), position.SerializeAsString());
  EXPECT_EQ(ParseRequest<FeedPosition>(ToByteBuffer("\xff")).status(), rpc::MessageMalformed());
  EXPECT_THAT(ParseRequest<FeedPosition>(ToByteBuffer("")), IsOk());
}

}  // namespace
}  // namespace zhenhui::feed

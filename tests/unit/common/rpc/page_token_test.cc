#include "common/rpc/page_token.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/testing/matchers.h"

namespace zhenhui::rpc {
namespace {

using ::testing::IsEmpty;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOkAndHolds;

TEST(PageTokenTest, FieldsComeBackAsTheyWere) {
  const std::string binary("\0\xff\n", 3);
  const std::vector<std::vector<std::string>> cases = {
      {}, {""}, {"2024-03-05", "id-1"}, {"上新庄镇", binary, ""}, {std::string(100000, 'x')}};
  for (const std::vector<std::string>& fields : cases) {
    const std::string token = EncodePageToken("filter", fields);
    EXPECT_THAT(DecodePageToken("filter", token), IsOkAndHolds(fields));
    EXPECT_EQ(token.find_first_of("+/=&? "), std::string::npos) << "a token fits into a URL";
  }
}

TEST(PageTokenTest, EmptyTokenIsTheFirstPage) {
  EXPECT_THAT(DecodePageToken("f", ""), IsOkAndHolds(IsEmpty()));
}

TEST(PageTokenTest, TokenOfAnotherQueryIsRefused) {
  const std::string token = EncodePageToken("kind=lecture", {"a", "b"});
  EXPECT_THAT(DecodePageToken("kind=mediation", token), HasReason("PAGE_TOKEN_INVALID"));
  EXPECT_THAT(DecodePageToken("", token), HasReason("PAGE_TOKEN_INVALID"));
}

TEST(PageTokenTest, DamagedTokensAreRefused) {
  const std::vector<std::string> fields = {"2024-03-05", "id-1"};
  const std::string token = EncodePageToken("filter", fields);
  for (std::size_t i = 1; i < token.size(); ++i) {
    EXPECT_THAT(DecodePageToken("filter", token.substr(0, i)), HasReason("PAGE_TOKEN_INVALID"))
        << "cut at " << i;
  }
  // The last letter may hold bits that base64 does not use, hence "- 1".
  for (std::size_t i = 0; i < token.size() - 1; ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(DecodePageToken("filter", changed), HasReason("PAGE_TOKEN_INVALID")) << "changed at " << i;
  }
  for (const char* text : {"!", "A", "AA", "not a token", "AQAAAAAAAAAAAAAA"}) {
    EXPECT_THAT(DecodePageToken("filter", text), HasReason("PAGE_TOKEN_INVALID")) << text;
  }
}

TEST(PageSizeTest, HasADefaultAndALimit) {
  EXPECT_THAT(PageSize(0), IsOkAndHolds(100u));
  EXPECT_THAT(PageSize(1), IsOkAndHolds(1u));
  EXPECT_THAT(PageSize(1000), IsOkAndHolds(1000u));
  EXPECT_THAT(PageSize(1001), IsOkAndHolds(1000u));
  EXPECT_THAT(PageSize(-1), HasReason("PAGE_SIZE_INVALID"));
}

}  // namespace
}  // namespace zhenhui::rpc

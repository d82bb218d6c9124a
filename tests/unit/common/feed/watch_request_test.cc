#include "common/feed/watch_request.h"

#include <gmock/gmock.h>

#include "tests/testing/matchers.h"

namespace zhenhui::feed {
namespace {

using zhenhui::common::v1::FEED_ACTIVITIES;
using zhenhui::common::v1::FeedPosition;
using zhenhui::testing::HasReason;

// What the services' WatchChangesRequest messages have in common.
class WatchRequest {
 public:
  const std::string& scope() const { return scope_; }
  void set_scope(const std::string& scope) { scope_ = scope; }
  const std::vector<FeedPosition>& cursors() const { return cursors_; }
  FeedPosition* add_cursors() { return &cursors_.emplace_back(); }

 private:
  std::string scope_;
  std::vector<FeedPosition> cursors_;
};

absl::StatusOr<FollowOptions> Read(const auth::Claims& claims, const WatchRequest& request) {
  return ReadWatchRequest(claims, request, FEED_ACTIVITIES);
}

TEST(WatchRequestTest, TheScopeIsTheTokensOrPartOfIt) {
  const auth::Claims job{"job", auth::Role::kJob, "630106", absl::InfiniteFuture()};
  WatchRequest request;
  EXPECT_EQ(Read(job, request)->scope, "630106");
  request.set_scope("630106101");
  EXPECT_EQ(Read(job, request)->scope, "630106101");
  for (const char* outside : {"6301", "*", "630107"}) {
    request.set_scope(outside);
    EXPECT_THAT(Read(job, request), HasReason("OUT_OF_SCOPE")) << outside;
  }
  request.set_scope("x");
  EXPECT_THAT(Read(job, request), HasReason("SCOPE_INVALID"));
}

TEST(WatchRequestTest, CursorsAreOfThisFeedAndNameATownship) {
  const auth::Claims job{"job", auth::Role::kJob, "*", absl::InfiniteFuture()};
  WatchRequest request;
  auto* cursor = request.add_cursors();
  cursor->set_township("townships/630106101");
  cursor->set_revision(5);
  EXPECT_THAT(Read(job, request), HasReason("FEED_INVALID"));
  cursor->set_feed(FEED_ACTIVITIES);
  EXPECT_EQ(Read(job, request)->cursors.at("630106101"), 5);
  cursor->set_revision(-1);
  EXPECT_THAT(Read(job, request), HasReason("REVISION_INVALID"));
  cursor->set_revision(5);
  cursor->set_township("630106101");
  EXPECT_THAT(Read(job, request), HasReason("NAME_INVALID"));
}

}  // namespace
}  // namespace zhenhui::feed

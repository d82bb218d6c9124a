#pragma once
#include <string>

#include "absl/status/statusor.h"
#include "common/auth/policy.h"
#include "common/feed/follower.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "zhenhui/common/v1/feed_position.pb.h"

namespace zhenhui::feed {

// What a service's WatchChangesRequest (scope, cursors) asks for: the given scope, or all that the token
// covers. INVALID_ARGUMENT: SCOPE_INVALID, FEED_INVALID (a cursor of another feed than `feed`), NAME_INVALID,
// REVISION_INVALID; PERMISSION_DENIED: OUT_OF_SCOPE.
template <typename Request>
absl::StatusOr<FollowOptions> ReadWatchRequest(const auth::Claims& claims, const Request& request,
                                               zhenhui::common::v1::Feed feed) {
  FollowOptions options;
  options.expires = claims.expires;
  options.scope = request.scope().empty() ? claims.scope : request.scope();
  if (!auth::IsScope(options.scope)) {
    return InvalidFields({{"scope", "SCOPE_INVALID", "a scope is a division code or *"}});
  }
  RETURN_IF_ERROR(auth::RequireScope(claims, options.scope == auth::kWholeCountry ? "" : options.scope));
  for (const zhenhui::common::v1::FeedPosition& cursor : request.cursors()) {
    if (cursor.feed() != feed) {
      return InvalidFields({{"cursors.feed", "FEED_INVALID", "give cursors of this service's feed"}});
    }
    if (cursor.revision() < 0) {
      return InvalidFields({{"cursors.revision", "REVISION_INVALID", "give 0 or a revision"}});
    }
    const std::string township = TownshipOfName(cursor.township());
    if (township.empty()) {
      return InvalidFields(
          {{"cursors.township", "NAME_INVALID", "the name has the form townships/630106101"}});
    }
    options.cursors[township] = cursor.revision();
  }
  return options;
}

}  // namespace zhenhui::feed

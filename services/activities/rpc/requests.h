#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/auth/claims.h"
#include "services/activities/domain/correct.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/query.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

// From requests to the domain: pure checks, tested without a server. Errors are INVALID_ARGUMENT with
// violations.
namespace zhenhui::activities {

// What a page of a list asks for.
struct ListRequest {
  std::string township;
  ActivityQuery query;
  std::optional<ListPosition> after;
  size_t limit = 0;
  std::string filter;  // the same for all pages of one list
};

// Besides the reasons of check.h: STATE_CONFLICT (state together with show_deleted), REVISION_INVALID
// (negative), ORDER_BY_UNKNOWN, PAGE_SIZE_INVALID, PAGE_TOKEN_INVALID, DATE_ORDER (end before start). A page
// token carries the revision of the first page, so that all pages of one list are of one state.
absl::StatusOr<ListRequest> ReadList(const v1::ListActivitiesRequest& request,
                                     const KindCatalogue& catalogue);
std::string NextPageToken(const ListRequest& request, const ListPosition& next, int64_t read_revision);

// `by` stays empty.
absl::StatusOr<Correction> ReadCorrection(v1::UpdateActivityRequest& request);

}  // namespace zhenhui::activities

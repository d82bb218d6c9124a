#include "services/activities/rpc/requests.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/auth/policy.h"
#include "common/rpc/page_token.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/activities/domain/check.h"
#include "services/activities/wire/content.h"
#include "services/activities/wire/names.h"

namespace zhenhui::activities {
namespace {

using Violations = std::vector<FieldViolation>;

void Add(Violations& out, std::optional<FieldViolation> violation) {
  if (violation.has_value()) out.push_back(*std::move(violation));
}

std::optional<Date> OptionalDay(const char* field, const std::string& text, Violations& out) {
  if (text.empty()) return std::nullopt;
  const absl::StatusOr<Date> date = ParseDate(text);
  if (date.ok()) return *date;
  out.push_back({field, "DATE_MALFORMED", "write a day as 2024-03-05"});
  return std::nullopt;
}

std::optional<ActivityState> ReadState(const v1::ListActivitiesRequest& request, Violations& out) {
  if (request.show_deleted()) {
    if (request.state() != v1::ACTIVITY_STATE_UNSPECIFIED) {
      out.push_back({"show_deleted", "STATE_CONFLICT", "give either state or show_deleted"});
    }
    return std::nullopt;
  }
  return request.state() == v1::ACTIVITY_STATE_DELETED ? ActivityState::kDeleted : ActivityState::kActive;
}

ActivityQuery ReadQuery(const v1::ListActivitiesRequest& request, const KindCatalogue& catalogue,
                        Violations& out) {
  ActivityQuery query;
  query.start = OptionalDay("start_date", request.start_date(), out);
  query.end = OptionalDay("end_date", request.end_date(), out);
  if (query.start && query.end && *query.end < *query.start) {
    out.push_back({"end_date", "DATE_ORDER", "the end lies before the start"});
  }
  for (const std::string& word : request.kinds()) {
    const Kind* kind = catalogue.FindByWord(word);
    if (kind == nullptr) {
      out.push_back({"kinds", "UNKNOWN_KIND", "the catalogue has no such kind; ListKinds gives all"});
    } else {
      query.kinds.push_back(kind->code);
    }
  }
  query.village = request.village();
  Add(out, CheckText("village", query.village, 12));
  query.state = ReadState(request, out);
  query.text = request.text();
  Add(out, CheckText("text", query.text, kMaxSearchText));
  query.audience = request.audience();
  if (const Term* audience = catalogue.FindAudienceByWord(query.audience)) query.audience = audience->code;
  if (!query.audience.empty()) Add(out, catalogue.CheckAudience("audience", query.audience));
  query.read_revision = request.read_revision();
  const std::string& order = request.order_by();
  query.newest_first = order == "date desc";
  if (!order.empty() && order != "date" && !query.newest_first) {
    out.push_back({"order_by", "ORDER_BY_UNKNOWN", "give date (the default) or date desc"});
  }
  if (query.read_revision < 0) out.push_back({"read_revision", "REVISION_INVALID", "give 0 or a revision"});
  return query;
}

// Fills what the page before has left in its token.
absl::Status ReadPageToken(const std::string& token, ListRequest& list) {
  ASSIGN_OR_RETURN(const std::vector<std::string> fields, rpc::DecodePageToken(list.filter, token));
  if (fields.empty()) return absl::OkStatus();
  const absl::StatusOr<Date> date =
      fields.size() == 3 ? ParseDate(fields[0]) : absl::InvalidArgumentError("");
  if (!date.ok() || !absl::SimpleAtoi(fields[2], &list.query.read_revision)) {
    return Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID", "the page token is damaged");
  }
  list.after = ListPosition{*date, fields[1]};
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ListRequest> ReadList(const v1::ListActivitiesRequest& request,
                                     const KindCatalogue& catalogue) {
  ListRequest list;
  ASSIGN_OR_RETURN(list.township, ParseTownshipName("parent", request.parent()));
  ASSIGN_OR_RETURN(list.limit, rpc::PageSize(request.page_size()));
  Violations violations;
  list.query = ReadQuery(request, catalogue, violations);
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  v1::ListActivitiesRequest filter = request;
  filter.clear_page_token();
  filter.clear_page_size();
  list.filter = filter.SerializeAsString();
  RETURN_IF_ERROR(ReadPageToken(request.page_token(), list));
  return list;
}

std::string NextPageToken(const ListRequest& request, const ListPosition& next, int64_t read_revision) {
  return rpc::EncodePageToken(request.filter, {FormatDate(next.date), next.id, absl::StrCat(read_revision)});
}

absl::StatusOr<Correction> ReadCorrection(v1::UpdateActivityRequest& request) {
  ASSIGN_OR_RETURN(const ActivityName name, ParseActivityName("activity.name", request.activity().name()));
  Correction correction;
  correction.township = name.township;
  correction.draft = TakeDraft(name.township, *request.mutable_activity());
  correction.paths.assign(request.update_mask().paths().begin(), request.update_mask().paths().end());
  correction.reason = request.reason();
  return correction;
}

}  // namespace zhenhui::activities

#include "services/reporting/domain/year_end/year_end.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {
namespace {

struct EventName {
  YearEventType type;
  std::string_view name;
};
constexpr std::array kEventNames = {
    EventName{YearEventType::kSigned, "SIGNED"},
    EventName{YearEventType::kApproved, "APPROVED"},
    EventName{YearEventType::kClosed, "CLOSED"},
    EventName{YearEventType::kRestated, "RESTATED"},
    EventName{YearEventType::kReopenRequested, "REOPEN_REQUESTED"},
    EventName{YearEventType::kReopened, "REOPENED"},
};

// Whether an event may follow: a year that is closed is not signed, one that is open not restated.
bool MayFollow(const YearEndState& state, const YearEvent& event) {
  switch (event.type) {
    case YearEventType::kSigned:
    case YearEventType::kApproved:
    case YearEventType::kClosed:
      return !state.closed;
    case YearEventType::kRestated:
    case YearEventType::kReopenRequested:
      return state.closed;
    case YearEventType::kReopened:
      return state.closed && state.reopening.has_value();
  }
  return false;
}

void ApplyApproved(YearEndState& state, const YearEvent& event) {
  std::erase_if(state.approvals, [&](const DistrictApproved& approval) { return approval.by == event.by; });
  state.approvals.push_back({event.by, event.digest, event.at});
}

void ApplyClosed(YearEndState& state, const YearEvent& event) {
  ++state.generation;
  state.closed = true;
  state.certificate = event.digest;
  state.closed_by = event.by;
  state.closed_at = event.at;
  state.restatements_since_close = 0;
  state.restated_to.clear();
  state.reopened_by.clear();
}

void ApplyReopened(YearEndState& state, const YearEvent& event) {
  state.closed = false;
  state.signatures.clear();
  state.approvals.clear();
  state.reopening.reset();
  state.reopened_by = event.by;
}

}  // namespace

std::string_view YearEventName(YearEventType type) {
  for (const EventName& known : kEventNames) {
    if (known.type == type) return known.name;
  }
  return "";
}

std::optional<YearEventType> ParseYearEvent(std::string_view name) {
  for (const EventName& known : kEventNames) {
    if (known.name == name) return known.type;
  }
  return std::nullopt;
}

absl::Status Apply(YearEndState& state, const YearEvent& event) {
  if (event.number != state.last_number + 1 || !MayFollow(state, event)) {
    return Error(
        absl::StatusCode::kDataLoss, "EVENT_OUT_OF_ORDER",
        absl::StrCat("event ", event.number, " ", std::string(YearEventName(event.type)),
                     " cannot follow event ", state.last_number, "; the stored events were tampered with"));
  }
  state.last_number = event.number;
  switch (event.type) {
    case YearEventType::kSigned:
      state.signatures[event.township] = {event.digest, event.revisions, event.by, event.at};
      break;
    case YearEventType::kApproved:
      ApplyApproved(state, event);
      break;
    case YearEventType::kClosed:
      ApplyClosed(state, event);
      break;
    case YearEventType::kRestated:
      ++state.restatements;
      ++state.restatements_since_close;
      state.restated_to[event.township] = event.revisions;
      break;
    case YearEventType::kReopenRequested:
      state.reopening = ReopenRequested{event.by, event.text};
      break;
    case YearEventType::kReopened:
      ApplyReopened(state, event);
      break;
  }
  return absl::OkStatus();
}

absl::StatusOr<YearEndState> FoldEvents(const std::vector<YearEvent>& events) {
  YearEndState state;
  for (const YearEvent& event : events) RETURN_IF_ERROR(Apply(state, event));
  return state;
}

}  // namespace zhenhui::reporting

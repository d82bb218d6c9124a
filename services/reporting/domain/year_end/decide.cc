#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/year_end.h"

namespace zhenhui::reporting {
namespace {

constexpr size_t kApprovalsNeeded = 2;

using Events = absl::StatusOr<std::vector<YearEvent>>;

absl::Status Precondition(std::string_view reason, std::string_view message) {
  return Error(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status YearClosed() {
  return Precondition("YEAR_CLOSED",
                      "the year is closed; its figures are frozen, and late changes become restatements");
}

absl::Status YearNotOver() {
  return Precondition("YEAR_NOT_OVER", "the year is not over yet; sign, approve and close it in January");
}

// What is signed now would be certified with a wrong time, or in a wrong year.
absl::Status ClockSkew() {
  return Precondition(
      "CLOCK_SKEW",
      "the clocks of the service and of its database differ by more than five minutes; nothing is "
      "signed or approved until they agree");
}

bool ClocksDiffer(const YearFacts& facts) { return absl::AbsDuration(facts.clock_skew) > kMostClockSkew; }

absl::Status FiguresChanged(std::string_view now) {
  return WithMetadata(
      Error(absl::StatusCode::kAborted, "FIGURES_CHANGED",
            "the figures have changed since you looked at them; look again, then confirm their digest"),
      "digest", now);
}

absl::Status SecondPersonNeeded() {
  return Error(absl::StatusCode::kPermissionDenied, "SECOND_PERSON_NEEDED",
               "the person who asked cannot approve too; another person of the district must do it");
}

absl::Status Blocked(const std::vector<Blocking>& blockers) {
  std::set<std::string> reasons;
  for (const Blocking& blocking : blockers) reasons.insert(blocking.reason);
  std::string list;
  for (const std::string& reason : reasons) absl::StrAppend(&list, list.empty() ? "" : ",", reason);
  return WithMetadata(Precondition("YEAR_END_BLOCKED",
                                   absl::StrCat(blockers.size(), " things keep the year from being closed (",
                                                list, "); GetYearEnd lists them")),
                      "reasons", list);
}

// One command against one state: what it leads to.
class Decider {
 public:
  Decider(const YearEndState& state, const YearFacts& facts, std::string_view by, absl::Time now)
      : state_(state), facts_(facts), by_(by), now_(absl::FromUnixSeconds(absl::ToUnixSeconds(now))) {}

  Events operator()(const SignTown& sign) const {
    const auto town = std::find_if(facts_.towns.begin(), facts_.towns.end(),
                                   [&](const TownFacts& facts) { return facts.code == sign.township; });
    if (town == facts_.towns.end()) {
      return Error(absl::StatusCode::kNotFound, "TOWNSHIP_NOT_FOUND",
                   absl::StrCat(sign.township, " is no township of the district in this year"));
    }
    const auto held = state_.signatures.find(sign.township);
    const bool signed_so = held != state_.signatures.end() && held->second.digest == sign.digest;
    if (state_.closed) return signed_so ? Events(std::vector<YearEvent>()) : YearClosed();
    if (!facts_.year_over) return YearNotOver();
    if (ClocksDiffer(facts_)) return ClockSkew();
    if (sign.digest != town->digest) return FiguresChanged(town->digest);
    if (signed_so) return std::vector<YearEvent>();
    YearEvent event = Make(YearEventType::kSigned);
    event.township = sign.township;
    event.digest = sign.digest;
    event.text = sign.note;
    event.revisions = town->revisions;
    return std::vector{event};
  }

  Events operator()(const ApproveYear& approve) const {
    const bool approved = std::any_of(
        state_.approvals.begin(), state_.approvals.end(),
        [&](const DistrictApproved& held) { return held.by == by_ && held.digest == approve.digest; });
    if (state_.closed) return approved ? Events(std::vector<YearEvent>()) : YearClosed();
    if (!facts_.year_over) return YearNotOver();
    if (ClocksDiffer(facts_)) return ClockSkew();
    if (approve.digest != facts_.digest) return FiguresChanged(facts_.digest);
    if (approved || ValidApprovals(state_, facts_.digest).size() >= kApprovalsNeeded)
      return std::vector<YearEvent>();
    // A person of the district approves what the towns have answered for, and nothing less.
    std::vector<Blocking> open = Blockers(state_, facts_);
    std::erase_if(open, [](const Blocking& blocking) {
      return blocking.township.empty() && blocking.reason != "NO_TOWNSHIPS";
    });
    std::erase_if(open, [](const Blocking& blocking) { return blocking.reason == "FEED_BEHIND"; });
    if (!open.empty()) return Blocked(open);
    YearEvent event = Make(YearEventType::kApproved);
    event.digest = approve.digest;
    return std::vector{event};
  }

  Events operator()(const CloseYear&) const {
    if (state_.closed) return std::vector<YearEvent>();
    const std::vector<Blocking> blockers = Blockers(state_, facts_);
    if (!blockers.empty()) return Blocked(blockers);
    return std::vector{Make(YearEventType::kClosed)};
  }

  Events operator()(const RequestReopening& request) const {
    if (!state_.closed) return NotClosed();
    if (state_.reopening == ReopenRequested{std::string(by_), request.reason})
      return std::vector<YearEvent>();
    YearEvent event = Make(YearEventType::kReopenRequested);
    event.text = request.reason;
    return std::vector{event};
  }

  Events operator()(const ApproveReopening&) const {
    if (!state_.closed) return state_.reopened_by == by_ ? Events(std::vector<YearEvent>()) : NotClosed();
    if (!state_.reopening)
      return Precondition("NO_REOPENING_REQUESTED",
                          "nobody has asked to reopen the year; one person asks, another approves");
    if (state_.reopening->by == by_) return SecondPersonNeeded();
    YearEvent event = Make(YearEventType::kReopened);
    event.text = state_.reopening->reason;
    return std::vector{event};
  }

 private:
  static absl::Status NotClosed() { return Precondition("YEAR_NOT_CLOSED", "the year is not closed"); }

  YearEvent Make(YearEventType type) const {
    YearEvent event;
    event.number = state_.last_number + 1;
    event.type = type;
    event.by = std::string(by_);
    event.at = now_;
    return event;
  }

  const YearEndState& state_;
  const YearFacts& facts_;
  const std::string_view by_;
  const absl::Time now_;
};

}  // namespace

std::vector<DistrictApproved> ValidApprovals(const YearEndState& state, std::string_view digest) {
  std::vector<DistrictApproved> valid;
  for (const DistrictApproved& approval : state.approvals) {
    if (approval.digest == digest && valid.size() < kApprovalsNeeded) valid.push_back(approval);
  }
  return valid;
}

std::vector<Blocking> Blockers(const YearEndState& state, const YearFacts& facts) {
  std::vector<Blocking> blockers;
  if (state.closed) return blockers;
  if (!facts.year_over) blockers.push_back({"YEAR_NOT_OVER", "", 0});
  if (facts.towns.empty()) blockers.push_back({"NO_TOWNSHIPS", "", 0});
  for (const TownFacts& town : facts.towns) {
    const auto held = state.signatures.find(town.code);
    if (held == state.signatures.end()) {
      blockers.push_back({"TOWN_NOT_SIGNED", town.code, 0});
    } else if (held->second.digest != town.digest) {
      blockers.push_back({"SIGNATURE_VOID", town.code, 0});
    }
    if (town.unconfirmed_months > 0)
      blockers.push_back({"MONTHS_UNCONFIRMED", town.code, town.unconfirmed_months});
    if (town.behind) blockers.push_back({"FEED_BEHIND", town.code, 0});
  }
  if (!facts.following) blockers.push_back({"FEED_BEHIND", "", 0});
  const size_t approvals = ValidApprovals(state, facts.digest).size();
  if (approvals < kApprovalsNeeded) {
    blockers.push_back({"NOT_APPROVED", "", static_cast<int>(kApprovalsNeeded - approvals)});
  }
  if (facts.previous_reopened) blockers.push_back({"PREVIOUS_YEAR_REOPENED", "", 0});
  if (ClocksDiffer(facts)) blockers.push_back({"CLOCK_SKEW", "", 0});
  return blockers;
}

absl::StatusOr<std::vector<YearEvent>> Decide(const YearEndState& state, const YearFacts& facts,
                                              const YearCommand& command, std::string_view by,
                                              absl::Time now) {
  return std::visit(Decider(state, facts, by, now), command);
}

}  // namespace zhenhui::reporting

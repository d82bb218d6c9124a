#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/town_state.h"

// The closing of one district's year as a state machine: a year end is the fold of its events, which are only
// ever appended. Pure: who asks, what time it is and what the figures are comes in as arguments.
//
//   open -> signing (towns sign their figures' digests) -> closing (two persons of the district approve the
//   digest of all) -> closed; closed -> reopened (one person asks, another approves), where signatures begin
//   anew.
//
// A signature and an approval hold while the figures now have the digest that was signed; that is looked at
// when they are read, and nothing is written when figures change.
namespace zhenhui::reporting {

// The names are stored and public.
enum class YearEventType { kSigned, kApproved, kClosed, kRestated, kReopenRequested, kReopened };
std::string_view YearEventName(YearEventType type);  // "SIGNED" ...
std::optional<YearEventType> ParseYearEvent(std::string_view name);

// One step. Immutable once stored.
struct YearEvent {
  int64_t number = 0;  // from 1 without a gap
  YearEventType type = YearEventType::kSigned;
  std::string township;  // of kSigned and kRestated
  std::string
      digest;  // signed, approved; of kClosed: of the certificate; of kRestated: of the figures after it
  std::string text;  // note or reason
  std::string by;
  absl::Time at;        // whole seconds
  Applied revisions;    // of kSigned: that the figures include; of kRestated: up to which
  std::string content;  // of kRestated: RestatementText

  friend bool operator==(const YearEvent&, const YearEvent&) = default;
};

struct TownSigned {
  std::string digest;
  Applied revisions;
  std::string by;
  absl::Time at;
  friend bool operator==(const TownSigned&, const TownSigned&) = default;
};

struct DistrictApproved {
  std::string by;
  std::string digest;
  absl::Time at;
  friend bool operator==(const DistrictApproved&, const DistrictApproved&) = default;
};

struct ReopenRequested {
  std::string by;
  std::string reason;
  friend bool operator==(const ReopenRequested&, const ReopenRequested&) = default;
};

// What the events amount to.
struct YearEndState {
  int64_t last_number = 0;  // of the events
  int generation = 0;       // closings so far
  bool closed = false;
  std::map<std::string, TownSigned> signatures;  // by town: the newest since the last reopening
  std::vector<DistrictApproved>
      approvals;            // the newest of each person since the last reopening, in their order
  std::string certificate;  // digest of the newest; empty before the first closing
  std::string closed_by;    // of the newest closing
  absl::Time closed_at;
  int64_t restatements = 0;                    // all of them, of every generation: the number of the newest
  int64_t restatements_since_close = 0;        // of the newest generation
  std::map<std::string, Applied> restated_to;  // by town, since the newest closing
  std::optional<ReopenRequested> reopening;    // asked for and not yet approved
  std::string reopened_by;                     // of a year that was reopened and is open still

  friend bool operator==(const YearEndState&, const YearEndState&) = default;
};

// Folds one event in; its number must be state.last_number + 1. DATA_LOSS, EVENT_OUT_OF_ORDER, for one that
// cannot follow.
absl::Status Apply(YearEndState& state, const YearEvent& event);
absl::StatusOr<YearEndState> FoldEvents(const std::vector<YearEvent>& events);

// How the figures of the year stand now.
struct TownFacts {
  std::string code;
  std::string digest;
  Applied revisions;
  int unconfirmed_months = 0;
  bool behind = false;  // its feeds told of changes that the figures do not include
};
struct YearFacts {
  std::vector<TownFacts> towns;  // by code
  std::string digest;            // of the district
  bool following = true;         // both feeds are connected
  bool year_over = false;        // in China, by both clocks
  absl::Duration clock_skew =
      absl::ZeroDuration();        // of the service's clock against the store's, either sign
  bool previous_reopened = false;  // the year before was closed and stands reopened
};

// Clocks further apart than this cannot say which year it is at midnight, nor when something was closed.
inline constexpr absl::Duration kMostClockSkew = absl::Minutes(5);

struct SignTown {
  std::string township;
  std::string digest;  // that the signer saw
  std::string note;
};
struct ApproveYear {
  std::string digest;  // that the person saw
};
struct CloseYear {};
struct RequestReopening {
  std::string reason;
};
struct ApproveReopening {};
using YearCommand = std::variant<SignTown, ApproveYear, CloseYear, RequestReopening, ApproveReopening>;

// What keeps the year from being closed; the reasons are the public Blocker's.
struct Blocking {
  std::string reason;
  std::string township;  // code; empty when it is about the district
  int count = 0;         // of MONTHS_UNCONFIRMED: how many; of NOT_APPROVED: how many approvals are missing
  friend bool operator==(const Blocking&, const Blocking&) = default;
};
// Empty when it is closed or can be. By town, then by reason as listed in year_end.proto.
std::vector<Blocking> Blockers(const YearEndState& state, const YearFacts& facts);

// Of the approvals those for this digest: at most two, of different persons.
std::vector<DistrictApproved> ValidApprovals(const YearEndState& state, std::string_view digest);

// The events that a command leads to; none when it has happened already. The certificate's digest is put into
// a kClosed event by whoever renders it. Errors:
//   ABORTED FIGURES_CHANGED: the digest is not that of the figures now;
//   FAILED_PRECONDITION YEAR_NOT_OVER, CLOCK_SKEW (signing, approving), YEAR_CLOSED, YEAR_NOT_CLOSED,
//   NO_REOPENING_REQUESTED, YEAR_END_BLOCKED (metadata
//     "reasons": what blocks, parted by commas);
//   PERMISSION_DENIED SECOND_PERSON_NEEDED; NOT_FOUND TOWNSHIP_NOT_FOUND.
absl::StatusOr<std::vector<YearEvent>> Decide(const YearEndState& state, const YearFacts& facts,
                                              const YearCommand& command, std::string_view by,
                                              absl::Time now);

}  // namespace zhenhui::reporting

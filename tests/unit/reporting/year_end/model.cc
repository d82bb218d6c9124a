#include "tests/unit/reporting/year_end/model.h"

#include <algorithm>

namespace zhenhui::reporting {

bool YearModel::AllSigned() const { return has_signed[0] == now[0] && has_signed[1] == now[1]; }

int YearModel::Approvals() const {
  return static_cast<int>(std::count_if(has_approved.begin(), has_approved.end(),
                                        [this](const auto& one) { return one.second == now; }));
}

std::string YearModel::Sign(int town, int seen) {
  auto& mine = has_signed[static_cast<size_t>(town)];
  if (closed) return mine == seen ? "done" : "YEAR_CLOSED";
  if (!over) return "YEAR_NOT_OVER";
  if (!clocks_agree) return "CLOCK_SKEW";
  if (seen != now[static_cast<size_t>(town)]) return "FIGURES_CHANGED";
  if (mine != seen) ++steps;
  mine = seen;
  return "done";
}

std::string YearModel::Approve(const std::string& person, const Numbers& seen) {
  const auto held = has_approved.find(person);
  const bool same = held != has_approved.end() && held->second == seen;
  if (closed) return same ? "done" : "YEAR_CLOSED";
  if (!over) return "YEAR_NOT_OVER";
  if (!clocks_agree) return "CLOCK_SKEW";
  if (seen != now) return "FIGURES_CHANGED";
  if (same || Approvals() >= 2) return "done";
  if (!AllSigned()) return "YEAR_END_BLOCKED";
  has_approved[person] = seen;
  ++steps;
  return "done";
}

std::string YearModel::Close() {
  if (closed) return "done";
  if (!Closable()) return "YEAR_END_BLOCKED";
  closed = true;
  certified.push_back(now);
  reopened_it.clear();
  ++steps;
  return "done";
}

std::string YearModel::Ask(const std::string& person, const std::string& reason) {
  if (!closed) return "YEAR_NOT_CLOSED";
  const std::pair asked(person, reason);
  if (wants_it_reopened != asked) ++steps;
  wants_it_reopened = asked;
  return "done";
}

std::string YearModel::Agree(const std::string& person) {
  if (!closed) return reopened_it == person ? "done" : "YEAR_NOT_CLOSED";
  if (!wants_it_reopened) return "NO_REOPENING_REQUESTED";
  if (wants_it_reopened->first == person) return "SECOND_PERSON_NEEDED";
  closed = false;
  has_signed = {};
  has_approved.clear();
  wants_it_reopened.reset();
  reopened_it = person;
  ++steps;
  return "done";
}

}  // namespace zhenhui::reporting

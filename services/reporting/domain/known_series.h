#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/formula.h"

namespace zhenhui::reporting {

// The base series that exist:
//   "<kind>.<measure>"    flow, for each measure of each kind of activity;
//   "roster.<role>"       stock, for each role of the roster;
//   "register.villages"   stock, villages of the register; "register.residents" stock, by year.
// Fill it at start; after that its const methods are thread-safe.
class KnownSeries {
 public:
  // Of the roles, in the order of the townships service.
  static const std::vector<std::string>& RosterRoles();

  // Adding a kind again replaces its measures.
  void AddKind(std::string_view kind, const std::vector<std::string>& measures);

  // NOT_FOUND names the kind, the measure or the role that does not exist.
  absl::StatusOr<SeriesNature> Find(std::string_view series) const;

  // Every series, ordered by name.
  std::vector<std::string> All() const;

  // For Formula::Parse and MetricCatalogue::Load; must not outlive this object.
  SeriesLookup Lookup() const {
    return [this](std::string_view series) { return Find(series); };
  }

 private:
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> kinds_;
};

}  // namespace zhenhui::reporting

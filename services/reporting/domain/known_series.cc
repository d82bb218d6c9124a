#include "services/reporting/domain/known_series.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/absl_view.h"

namespace zhenhui::reporting {
namespace {

const std::vector<std::string>& RegisterSeries() {
  static const std::vector<std::string> kSeries = {"villages", "residents"};
  return kSeries;
}

absl::StatusOr<SeriesNature> FindStock(std::string_view what, std::string_view name,
                                       const std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return SeriesNature::kStock;
  return absl::NotFoundError(
      absl::StrCat("the ", Absl(what), " has no '", Absl(name), "'; it has ", absl::StrJoin(names, ", ")));
}

}  // namespace

const std::vector<std::string>& KnownSeries::RosterRoles() {
  static const std::vector<std::string> kRoles = {
      "legal_counsel", "law_savvy_person",    "mediator",          "enforcement_officer",
      "gov_counsel",   "mediation_committee", "legal_culture_site"};
  return kRoles;
}

void KnownSeries::AddKind(std::string_view kind, const std::vector<std::string>& measures) {
  kinds_[std::string(kind)] = {measures.begin(), measures.end()};
}

absl::StatusOr<SeriesNature> KnownSeries::Find(std::string_view series) const {
  const size_t dot = series.find('.');
  const std::string_view owner = series.substr(0, dot);
  const std::string_view name = dot == std::string_view::npos ? std::string_view() : series.substr(dot + 1);
  if (owner == "roster") return FindStock(owner, name, RosterRoles());
  if (owner == "register") return FindStock(owner, name, RegisterSeries());
  const auto kind = kinds_.find(owner);
  if (kind == kinds_.end()) return absl::NotFoundError(absl::StrCat("unknown kind '", Absl(owner), "'"));
  if (!kind->second.contains(name)) {
    return absl::NotFoundError(absl::StrCat("kind '", Absl(owner), "' has no measure '", Absl(name),
                                            "'; it has ", absl::StrJoin(kind->second, ", ")));
  }
  return SeriesNature::kFlow;
}

std::vector<std::string> KnownSeries::All() const {
  std::vector<std::string> all;
  for (const std::string& role : RosterRoles()) all.push_back("roster." + role);
  for (const std::string& name : RegisterSeries()) all.push_back("register." + name);
  for (const auto& [kind, measures] : kinds_) {
    for (const std::string& measure : measures) all.push_back(absl::StrCat(kind, ".", measure));
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace zhenhui::reporting

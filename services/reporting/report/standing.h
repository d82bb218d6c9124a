#pragma once
#include <string>
#include <vector>

#include "services/reporting/domain/comparison.h"
#include "services/reporting/domain/year_end/district_year.h"

// How the towns of a district stand beside each other in one metric of the year. The rules are those of
// domain/comparison.h, over figures that are frozen. Exact; decimals are rounded half up at the very end.
namespace zhenhui::reporting::report {

// A place in a ranking: highest first, equal figures share the rank and the next is skipped (1, 2, 2, 4).
struct Rank {
  int rank = 0;  // 0: none
  bool tied = false;

  friend bool operator==(const Rank&, const Rank&) = default;
};

struct TownStanding {
  std::string per_village;          // empty: of a ratio, or the number of villages is not known
  std::string per_10000_residents;  // empty: of a ratio, or the population is not known
  std::string share_percent;        // of the district's total; empty of a ratio
  Rank rank;
  Rank rank_per_village;
  Rank rank_per_10000_residents;
  RankWithheld withheld = RankWithheld::kNotApplicable;  // why it has no rank
};

struct MetricStanding {
  size_t metric = 0;
  std::vector<TownStanding> towns;  // in the year's order
  Figure total;
  std::string median;            // of the ranked towns, in printed units; empty without any
  std::string gini;              // evenness over the ranked towns, 0 to 0.9999; empty where it says nothing
  std::string coverage_percent;  // of a distinct count of villages: of all villages; else empty
  int ranked = 0;
};

MetricStanding StandingOf(const DistrictYear& year, size_t metric);
// "3", "3（并列）", "—".
std::string RankText(const Rank& rank);
// "有月份未确认", "未报" ...; empty if it is ranked.
std::string WithheldText(RankWithheld withheld);

}  // namespace zhenhui::reporting::report

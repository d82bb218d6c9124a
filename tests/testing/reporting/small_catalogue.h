#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/known_series.h"
#include "services/reporting/domain/metric_plan.h"

namespace zhenhui::testing {

// A catalogue with one metric of each sort:
//   lectures   flow      lecture.occurrences
//   audience   flow      lecture.attendances
//   cases      flow      mediation.cases
//   success    flow      mediation.success
//   failed     flow      mediation.cases - mediation.success
//   rate       ratio     100 * mediation.success / mediation.cases
//   fines      flow      penalty.fen, printed in yuan
//   counsels   stock     roster.legal_counsel
//   covered    distinct  villages_with(roster.legal_counsel)
//   density    ratio     roster.legal_counsel / register.villages
//   villages   stock     register.villages
struct SmallCatalogue {
  SmallCatalogue();

  // Fails the test run at once if there is no such metric.
  const reporting::MetricPlan* Plan(std::string_view code) const;
  reporting::MemberId Member(std::string_view code) { return vocabulary.Member(code); }

  // Short ways to make records. Villages and audiences are codes; "" is none.
  reporting::ActivityFacts Activity(std::string_view kind, Date date, std::string_view village,
                                    const std::vector<std::pair<std::string, int64_t>>& measures,
                                    const std::vector<std::string>& audiences = {});
  reporting::RosterFacts Counsel(const std::vector<std::string>& villages, reporting::Validity valid = {});
  reporting::VillageFacts Village(std::string_view code, reporting::Validity valid = {});

  // A town of these records, as of revision 1 of both feeds.
  reporting::TownView Town(std::string_view code, const std::vector<reporting::Facts>& records);

  reporting::KnownSeries known;
  reporting::Vocabulary vocabulary;
  std::unique_ptr<reporting::MetricCatalogue> catalogue;
  std::unique_ptr<reporting::MetricPlans> plans;
};

// All months from the first to the last, both "YYYY-MM-01" dates inclusive, as confirmations.
std::vector<reporting::Facts> ConfirmedMonths(Date first, Date last);

}  // namespace zhenhui::testing

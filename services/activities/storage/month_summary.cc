#include "services/activities/storage/month_summary.h"

#include <map>
#include <string>
#include <utility>

#include "common/status/status_macros.h"
#include "services/activities/storage/rows.h"
#include "services/activities/storage/statements.h"

namespace zhenhui::activities {

absl::StatusOr<std::vector<MonthSummary>> ReadMonthSummaries(db::Tx& tx, std::string_view prefix, int year) {
  const std::string code(prefix);
  const std::string first = FormatDate(Date(year, 1, 1));
  const std::string last = FormatDate(Date(year, 12, 31));
  std::map<std::pair<std::string, absl::CivilMonth>, MonthSummary> found;
  const auto at = [&](const std::string& township, absl::CivilMonth month) -> MonthSummary& {
    MonthSummary& summary = found[{township, month}];
    summary.township = township;
    summary.month = month;
    return summary;
  };
  for (const pqxx::row& row : db::Exec(tx, sql::kSummariseMonths, code, first, last)) {
    ASSIGN_OR_RETURN(const Date day, ParseDate(row[1].c_str()));
    MonthSummary& summary = at(row[0].c_str(), absl::CivilMonth(day));
    summary.activities = row[2].as<int64_t>();
    summary.changed_after_confirmation = row[3].as<int64_t>();
    summary.villages_active = row[4].as<int32_t>();
  }
  for (const pqxx::row& row : db::Exec(tx, sql::kConfirmationsUnder, code, first, last)) {
    ASSIGN_OR_RETURN(MonthConfirmation confirmation, ReadMonth(row));
    MonthSummary& summary = at(row[4].c_str(), confirmation.month);
    summary.confirmation = std::move(confirmation);
  }
  std::vector<MonthSummary> summaries;
  summaries.reserve(found.size());
  for (auto& [key, summary] : found) summaries.push_back(std::move(summary));
  return summaries;
}

}  // namespace zhenhui::activities

#pragma once
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/db/statement.h"
#include "services/activities/domain/repository.h"

namespace zhenhui::activities {

// See ActivityRepository::SummariseMonths; within one snapshot of the database. Throws what pqxx throws.
absl::StatusOr<std::vector<MonthSummary>> ReadMonthSummaries(db::Tx& tx, std::string_view prefix, int year);

}  // namespace zhenhui::activities

#pragma once
#include <pqxx/pqxx>

#include "absl/status/statusor.h"
#include "common/feed/change.h"
#include "services/activities/domain/activity.h"
#include "services/activities/wire/record_types.h"

// From rows and feed records to the domain.
namespace zhenhui::activities {

// Reads a row of the columns ZH_STORED (statements.h).
absl::StatusOr<StoredActivity> ReadStored(const pqxx::row& row);

// Reads a change whose record is an activity or a deletion.
absl::StatusOr<StoredActivity> ReadStored(const feed::StoredChange& change);

absl::StatusOr<MonthConfirmation> ReadMonth(const feed::StoredChange& change);
// Columns: revision, record, person, microseconds.
absl::StatusOr<MonthConfirmation> ReadMonth(const pqxx::row& row);

}  // namespace zhenhui::activities

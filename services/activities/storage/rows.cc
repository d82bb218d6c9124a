#include "services/activities/storage/rows.h"

#include <utility>

#include "common/status/status_macros.h"
#include "services/activities/domain/check.h"
#include "services/activities/wire/content.h"

namespace zhenhui::activities {

absl::StatusOr<StoredActivity> ReadStored(const pqxx::row& row) {
  StoredActivity stored;
  ASSIGN_OR_RETURN(stored.content, DecodeActivity(row[0].c_str(), pqxx::binarystring(row[2]).str()));
  stored.revision = row[1].as<int64_t>();
  stored.reason = row[3].c_str();
  stored.updated_by = row[4].c_str();
  stored.update_time = absl::FromUnixMicros(row[5].as<int64_t>());
  return stored;
}

absl::StatusOr<StoredActivity> ReadStored(const feed::StoredChange& change) {
  StoredActivity stored;
  ASSIGN_OR_RETURN(stored.content, DecodeActivity(change.record_id, change.record));
  stored.revision = change.revision;
  stored.reason = change.reason;
  stored.updated_by = change.by;
  stored.update_time = change.at;
  return stored;
}

absl::StatusOr<MonthConfirmation> ReadMonth(const feed::StoredChange& change) {
  ASSIGN_OR_RETURN(MonthConfirmation confirmation, DecodeMonth(change.record));
  confirmation.revision = change.revision;
  confirmation.confirmed_by = change.by;
  confirmation.confirm_time = change.at;
  return confirmation;
}

absl::StatusOr<MonthConfirmation> ReadMonth(const pqxx::row& row) {
  ASSIGN_OR_RETURN(MonthConfirmation month, DecodeMonth(pqxx::binarystring(row[1]).str()));
  month.revision = row[0].as<int64_t>();
  month.confirmed_by = row[2].c_str();
  month.confirm_time = absl::FromUnixMicros(row[3].as<int64_t>());
  return month;
}

}  // namespace zhenhui::activities

#include "common/service/database_check.h"

#include "absl/time/clock.h"
#include "common/db/migrate.h"
#include "common/status/status_macros.h"

namespace zhenhui::service {

absl::Status DatabaseCheck::operator()() {
  const absl::Time deadline = absl::Now() + absl::Seconds(2);
  if (schema_fits_) return pool_.Ping(deadline);
  ASSIGN_OR_RETURN(db::Pool::Lease lease, pool_.Acquire(deadline));
  absl::Status status = db::CheckSchema(*lease, schema_.name, *schema_.migrations);
  schema_fits_ = status.ok();
  return status;
}

}  // namespace zhenhui::service

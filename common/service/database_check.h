#pragma once
#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/service/hosted_service.h"

namespace zhenhui::service {

// Whether a service that stands on its database can serve: the schema fits (asked until it did once) and the
// database answers. Blocks for two seconds at most. For one thread: a Readiness's.
class DatabaseCheck {
 public:
  // `pool` outlives it.
  DatabaseCheck(db::Pool& pool, Schema schema) : pool_(pool), schema_(std::move(schema)) {}
  // The errors of db::Pool::Ping and db::CheckSchema.
  absl::Status operator()();

 private:
  db::Pool& pool_;
  const Schema schema_;
  bool schema_fits_ = false;
};

}  // namespace zhenhui::service

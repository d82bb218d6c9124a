#include "common/feed/source.h"

#include "absl/time/clock.h"
#include "common/db/transaction.h"
#include "common/feed/log.h"

namespace zhenhui::feed {

absl::StatusOr<std::vector<Head>> DatabaseSource::ReadHeads(std::string_view scope) {
  return db::RunReadOnly(pool_, absl::Now() + timeout_, [&](db::Tx& tx) -> absl::StatusOr<std::vector<Head>> {
    return feed::ReadHeads(tx, scope);
  });
}

absl::StatusOr<SharedChanges> DatabaseSource::ReadChanges(std::string_view township, int64_t after_revision,
                                                          int64_t max_rows, int64_t max_bytes) {
  return db::RunReadOnly(pool_, absl::Now() + timeout_, [&](db::Tx& tx) -> absl::StatusOr<SharedChanges> {
    return feed::ReadChanges(tx, township, after_revision, max_rows, max_bytes);
  });
}

}  // namespace zhenhui::feed

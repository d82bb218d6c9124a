#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/db/pool.h"
#include "common/feed/change.h"

namespace zhenhui::feed {

// Where followers read what is not in memory. Thread-safe; may block.
class Source {
 public:
  virtual ~Source() = default;
  // Both as the functions of the same names in log.h.
  virtual absl::StatusOr<std::vector<Head>> ReadHeads(std::string_view scope) = 0;
  virtual absl::StatusOr<SharedChanges> ReadChanges(std::string_view township, int64_t after_revision,
                                                    int64_t max_rows, int64_t max_bytes) = 0;
};

// The log in PostgreSQL. `pool` has Statements() prepared.
class DatabaseSource final : public Source {
 public:
  // `timeout` limits each read.
  explicit DatabaseSource(db::Pool& pool, absl::Duration timeout = absl::Seconds(10))
      : pool_(pool), timeout_(timeout) {}
  absl::StatusOr<std::vector<Head>> ReadHeads(std::string_view scope) override;
  absl::StatusOr<SharedChanges> ReadChanges(std::string_view township, int64_t after_revision,
                                            int64_t max_rows, int64_t max_bytes) override;

 private:
  db::Pool& pool_;
  const absl::Duration timeout_;
};

}  // namespace zhenhui::feed

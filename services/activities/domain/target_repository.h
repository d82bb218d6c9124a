#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/activities/domain/repository.h"
#include "services/activities/domain/target.h"

namespace zhenhui::activities {

// One revision of a target that a decision asks for.
struct PlannedTarget {
  Target content;
  size_t index = 0;  // of its id among those that were looked up
};

// Keeps targets as records of the townships' feeds: their revisions stand in one sequence with those of the
// activities. Thread-safe; all methods may block, until `deadline` at most. Errors of all methods: those of
// common/db/sql_error.h.
class TargetRepository {
 public:
  virtual ~TargetRepository() = default;

  // What is stored under each of the ids (TargetId) that were asked for, in their order, withdrawn ones too.
  using Existing = std::span<const std::optional<StoredTarget>>;
  // Pure: may run again. An error ends the write, and nothing is stored.
  using Decide =
      absl::FunctionRef<absl::StatusOr<std::vector<PlannedTarget>>(Existing existing, int64_t head)>;

  // As ActivityRepository::Write and Inspect; ids are without repeats, and those of the written contents.
  virtual absl::StatusOr<int64_t> Write(std::string_view township, std::span<const std::string> ids,
                                        Decide decide, const WriteStamp& stamp, absl::Time deadline) = 0;
  virtual absl::StatusOr<int64_t> Inspect(std::string_view township, std::span<const std::string> ids,
                                          Decide decide, absl::Time deadline) = 0;

  // Those of a year that are not withdrawn, of the townships whose code begins with `prefix`, by township and
  // metric.
  virtual absl::StatusOr<std::vector<StoredTarget>> List(std::string_view prefix, int year,
                                                         absl::Time deadline) = 0;
};

}  // namespace zhenhui::activities

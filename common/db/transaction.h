#pragma once
#include <optional>
#include <type_traits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/db/pool.h"
#include "common/db/statement.h"

namespace zhenhui::db {

enum class TxMode {
  kReadWrite,     // READ COMMITTED
  kReadSnapshot,  // READ ONLY, REPEATABLE READ: all statements see one state of the database
};

// The untyped runner below RunInTransaction and RunReadOnly.
absl::Status RunTx(Pool& pool, absl::Time deadline, TxMode mode, absl::FunctionRef<absl::Status(Tx&)> work);

namespace internal {

template <typename Work>
auto Run(Pool& pool, absl::Time deadline, TxMode mode, Work& work) -> std::invoke_result_t<Work&, Tx&> {
  using Result = std::invoke_result_t<Work&, Tx&>;
  if constexpr (std::is_same_v<Result, absl::Status>) {
    return RunTx(pool, deadline, mode, work);
  } else {
    std::optional<Result> result;
    absl::Status status = RunTx(pool, deadline, mode, [&](Tx& tx) {
      result.emplace(work(tx));
      return result->status();
    });
    if (!status.ok()) return status;
    return *std::move(result);
  }
}

}  // namespace internal

// Runs `work` in one transaction and commits if it returns OK; else rolls back and returns its error. Runs it
// again from the start after a transient failure (at most 4 times, before `deadline`). `work` takes db::Tx&,
// returns absl::Status or absl::StatusOr<T>, has no other side effects that a second run would spoil, and
// never catches a pqxx exception. `deadline` also limits each statement; absl::InfiniteFuture() means no
// limit. Errors: see sql_error.h and Pool::Acquire.
template <typename Work>
auto RunInTransaction(Pool& pool, absl::Time deadline, Work work) {
  return internal::Run(pool, deadline, TxMode::kReadWrite, work);
}

// The same, read-only, over one snapshot of the database.
template <typename Work>
auto RunReadOnly(Pool& pool, absl::Time deadline, Work work) {
  return internal::Run(pool, deadline, TxMode::kReadSnapshot, work);
}

}  // namespace zhenhui::db

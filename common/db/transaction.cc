#include "common/db/transaction.h"

#include <algorithm>
#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/sql_error.h"
#include "common/status/reason.h"

namespace zhenhui::db {
namespace {

using ReadWriteTx = pqxx::transaction<pqxx::read_committed, pqxx::read_write>;
using SnapshotTx = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

constexpr int kAttempts = 4;

// 0 means no limit to PostgreSQL, whose largest timeout is an int32 of milliseconds.
int64_t TimeoutMilliseconds(absl::Time deadline) {
  if (deadline == absl::InfiniteFuture()) return 0;
  return std::clamp<int64_t>(absl::ToInt64Milliseconds(deadline - absl::Now()), 1, 2'000'000'000);
}

// One attempt. `committing` tells the caller whether an exception came from COMMIT itself.
template <typename Transaction>
absl::Status Attempt(pqxx::connection& connection, absl::Time deadline,
                     absl::FunctionRef<absl::Status(Tx&)> work, bool& committing) {
  Transaction tx(connection);
  tx.exec0(absl::StrCat("SET LOCAL statement_timeout = ", TimeoutMilliseconds(deadline)));
  absl::Status status = work(tx);
  if (!status.ok()) return status;  // the destructor rolls back
  if constexpr (std::is_same_v<Transaction, ReadWriteTx>) {
    // A COMMIT after an error that `work` swallowed would return normally and save nothing; this throws
    // instead.
    tx.exec0("SET CONSTRAINTS ALL IMMEDIATE");
  }
  committing = true;
  tx.commit();
  return status;
}

SqlFailure TranslateFailure(bool connection_is_open, bool committing, TxMode mode) {
  SqlFailure failure = Classify();
  if (!connection_is_open && !failure.broken) {
    failure.broken = true;
    failure.retry = true;
  }
  if (committing && failure.broken && mode == TxMode::kReadWrite) {
    failure.retry = false;
    failure.status = Error(absl::StatusCode::kUnknown, "COMMIT_UNKNOWN",
                           "it is unknown whether the change was saved; send it again with the same ids");
  }
  return failure;
}

}  // namespace

absl::Status RunTx(Pool& pool, absl::Time deadline, TxMode mode, absl::FunctionRef<absl::Status(Tx&)> work) {
  for (int attempt = 1;; ++attempt) {
    if (absl::Now() >= deadline) {
      return Error(absl::StatusCode::kDeadlineExceeded, "STATEMENT_TIMEOUT",
                   "the caller's deadline has passed");
    }
    SqlFailure failure;
    {
      absl::StatusOr<Pool::Lease> lease = pool.Acquire(deadline);
      if (!lease.ok()) return lease.status();
      bool committing = false;
      try {
        return mode == TxMode::kReadWrite ? Attempt<ReadWriteTx>(**lease, deadline, work, committing)
                                          : Attempt<SnapshotTx>(**lease, deadline, work, committing);
      } catch (...) {
        failure = TranslateFailure((*lease)->is_open(), committing, mode);
        if (failure.broken) lease->Discard();
      }
    }  // the connection is free again while this thread backs off
    if (!failure.retry || attempt == kAttempts) return failure.status;
    absl::SleepFor(std::min(absl::Milliseconds(5 << attempt), deadline - absl::Now()));
  }
}

}  // namespace zhenhui::db

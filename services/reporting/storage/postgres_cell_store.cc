#include "services/reporting/storage/postgres_cell_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/db/transaction.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/storage/cell_rows.h"
#include "services/reporting/storage/statements.h"

namespace zhenhui::reporting {
namespace {

constexpr int kReadConnections = 2;

std::vector<db::Statement> Statements() {
  return {sql::kTryLead,    sql::kBackendPid,   sql::kReadApplied,     sql::kMoveApplied,  sql::kBeginApplied,
          sql::kSetApplied, sql::kPutCells,     sql::kDropCells,       sql::kDropAllCells, sql::kDropPlaces,
          sql::kPutPlace,   sql::kReadRebuilds, sql::kRequestRebuilds, sql::kRebuildDone};
}

absl::Status NotLeading() {
  return Error(absl::StatusCode::kFailedPrecondition, "NOT_LEADING",
               "another process flushes; take the lead first");
}

// Moves a feed's stored revision from what it must be; reason FLUSH_CONFLICT if it is something else.
absl::Status MoveApplied(db::Tx& tx, const FlushBatch& batch, Feed feed) {
  const int source = static_cast<int>(feed);
  const int64_t from = batch.from[feed];
  const int64_t to = batch.to[feed];
  if (from == to) return absl::OkStatus();
  if (db::Exec(tx, sql::kMoveApplied, batch.township, source, from, to).affected_rows() == 1)
    return absl::OkStatus();
  if (from == 0 && db::Exec(tx, sql::kBeginApplied, batch.township, source, to).affected_rows() == 1) {
    return absl::OkStatus();
  }
  return Error(absl::StatusCode::kFailedPrecondition, "FLUSH_CONFLICT",
               absl::StrCat("the stored cells of ", batch.township, " are not at revision ", from,
                            " of feed ", source, "; read what is stored and flush from there"));
}

absl::Status WriteChanged(db::Tx& tx, const Vocabulary& vocabulary, const FlushBatch& batch) {
  for (const Feed feed : kFeeds) RETURN_IF_ERROR(MoveApplied(tx, batch, feed));
  PutCells(tx, vocabulary, batch);
  if (batch.dirty.places) ReplacePlaces(tx, vocabulary, batch);
  return absl::OkStatus();
}

absl::Status WriteAll(db::Tx& tx, Vocabulary& vocabulary, const FlushBatch& batch) {
  for (const Feed feed : kFeeds) {
    db::Exec(tx, sql::kSetApplied, batch.township, static_cast<int>(feed), batch.to[feed]);
  }
  ReplaceCells(tx, vocabulary, batch);
  ReplacePlaces(tx, vocabulary, batch);
  return absl::OkStatus();
}

}  // namespace

PostgresCellStore::PostgresCellStore(const std::string& dsn, std::string scope)
    : scope_(std::move(scope)),
      pool_({.dsn = dsn, .size = kReadConnections, .statements = Statements()}),
      flush_pool_({.dsn = dsn, .size = 1, .statements = Statements()}) {}

absl::StatusOr<std::vector<TownView>> PostgresCellStore::Load(Vocabulary& vocabulary, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<TownView>> {
    return LoadTowns(tx, vocabulary);
  });
}

absl::StatusOr<bool> PostgresCellStore::TryLead(absl::Time deadline) {
  ASSIGN_OR_RETURN(const int backend,
                   db::RunInTransaction(flush_pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<int> {
                     const int self = db::Exec(tx, sql::kBackendPid)[0][0].as<int>();
                     if (self == leading_backend_)
                       return self;  // a second lock would have to be released twice
                     const pqxx::result got = db::Exec(tx, sql::kTryLead, scope_);
                     return got[0][0].as<bool>() ? self : 0;
                   }));
  leading_backend_ = backend;
  return backend != 0;
}

absl::StatusOr<std::map<std::string, Applied>> PostgresCellStore::ReadApplied(absl::Time deadline) {
  using Stored = std::map<std::string, Applied>;
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<Stored> {
    Stored stored;
    for (const pqxx::row& row : db::Exec(tx, sql::kReadApplied)) {
      const Feed feed = row[1].as<int>() == 0 ? Feed::kActivities : Feed::kTownships;
      stored[row[0].as<std::string>()][feed] = row[2].as<int64_t>();
    }
    return stored;
  });
}

absl::Status PostgresCellStore::Flush(Vocabulary& vocabulary, const FlushBatch& batch, absl::Time deadline) {
  return db::RunInTransaction(flush_pool_, deadline, [&](db::Tx& tx) -> absl::Status {
    const int self = db::Exec(tx, sql::kBackendPid)[0][0].as<int>();
    if (self != leading_backend_) return NotLeading();
    return batch.dirty.all ? WriteAll(tx, vocabulary, batch) : WriteChanged(tx, vocabulary, batch);
  });
}

absl::StatusOr<std::map<std::string, RebuildRequest>> PostgresCellStore::ReadRebuildRequests(
    absl::Time deadline) {
  using Requests = std::map<std::string, RebuildRequest>;
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<Requests> {
    Requests requests;
    for (const pqxx::row& row : db::Exec(tx, sql::kReadRebuilds)) {
      requests[row[0].as<std::string>()] = {row[1].as<int64_t>(), row[2].as<int64_t>()};
    }
    return requests;
  });
}

absl::Status PostgresCellStore::RebuildsDone(const std::map<std::string, int64_t>& done,
                                             absl::Time deadline) {
  return db::RunInTransaction(pool_, deadline, [&](db::Tx& tx) {
    for (const auto& [township, request] : done) db::Exec(tx, sql::kRebuildDone, township, request);
    return absl::OkStatus();
  });
}

absl::StatusOr<int64_t> PostgresCellStore::RequestRebuilds(const std::string& prefix, absl::Time deadline) {
  return db::RunInTransaction(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    return static_cast<int64_t>(db::Exec(tx, sql::kRequestRebuilds, prefix).affected_rows());
  });
}

}  // namespace zhenhui::reporting

#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/db/statement.h"
#include "common/feed/change.h"

// The log of revisions in PostgreSQL (tables: schema.h). All functions work inside the caller's transaction
// and throw what pqxx throws; the transaction runner of common/db translates it. A writing transaction, in
// this order:
//   const int64_t head = LockHead(tx, township);         // waits for the township's other writers
//   ... read current rows, decide, fill `revisions` ...
//   const int64_t last = Append(tx, township, head, revisions);   // revisions head + 1 .. last
//   ... write the current rows with their revisions ...
// and, after the commit, Feed::Committed (feed.h).
namespace zhenhui::feed {

// The prepared statements below; add them to PoolOptions::statements.
std::vector<db::Statement> Statements();

// Locks the township's feed until the transaction ends, and returns its last revision. A township without a
// feed gets one.
int64_t LockHead(db::Tx& tx, std::string_view township);

// Writes `revisions` as head + 1, head + 2 ... and moves the head. `head` is what LockHead returned in this
// transaction. Returns the new last revision; `head` itself when there are none. `previous` of the revisions
// is not looked at.
int64_t Append(db::Tx& tx, std::string_view township, int64_t head, std::span<const NewRevision> revisions);

// The head of one township; last_revision 0 if it has no feed.
Head ReadHead(db::Tx& tx, std::string_view township);

// The heads of all townships under `scope` (a prefix of division codes, "*" for all; as auth::Covers), by
// code.
std::vector<Head> ReadHeads(db::Tx& tx, std::string_view scope);

// The changes after `after_revision`, in order and without a gap, with their previous contents. At most
// `max_rows`, and no more once their records reach `max_bytes` (previous contents not counted); at least one
// if there is one. The caller compares the first revision with after_revision + 1 where older ones may have
// been removed.
SharedChanges ReadChanges(db::Tx& tx, std::string_view township, int64_t after_revision, int64_t max_rows,
                          int64_t max_bytes);

// The newest revision of a township that was stored at or before `time`; 0 when there was none. Goes back
// from the newest one: as long as what lies between.
int64_t ReadRevisionAt(db::Tx& tx, std::string_view township, absl::Time time);

// The given revisions, ascending, without `previous`; those that do not exist are left out.
SharedChanges ReadAt(db::Tx& tx, std::string_view township, std::span<const int64_t> revisions);

// One record's revisions, newest first, from `revision` (inclusive) backwards, without `previous`. At most
// `max_rows`.
SharedChanges ReadHistory(db::Tx& tx, std::string_view township, int64_t revision, int64_t max_rows);

// As of a revision R of a township, the records are: the current rows with revision <= R, and, for each
// revision x > R with 0 < x.previous_revision <= R, the content of x.previous_revision. This reads the second
// half: those contents, ascending, without `previous`. R >= first_kept - 1.
SharedChanges ReadSuperseded(db::Tx& tx, std::string_view township, int64_t read_revision);

// SELECT text of the whole snapshot as of `read_revision`: (record_type, record) in no order. With an empty
// `current` it is read from the log alone, which gives the same and is faster: the contents that no revision
// up to `read_revision` replaces. Else by the two halves above: `current` is SQL of ours, a table, a view or
// a query in parentheses with the columns township_code and revision, one row for each current record; it
// pays where most of the log is corrections. Deletions are contents too and are among them; the caller drops
// them.
std::string SnapshotSql(db::Tx& tx, std::string_view current, std::string_view township,
                        int64_t read_revision);

// Called for each record; `record` is valid during the call.
using OnRecord = std::function<void(int16_t record_type, const std::string& record)>;

// Streams that snapshot by COPY; no row is kept. Returns how many records there were. For gRPC streams:
// snapshot_stream.h.
int64_t StreamCurrent(db::Tx& tx, std::string_view current, std::string_view township, int64_t read_revision,
                      const OnRecord& on_record);

}  // namespace zhenhui::feed

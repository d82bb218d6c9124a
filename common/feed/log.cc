#include "common/feed/log.h"

#include <algorithm>
#include <limits>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/db/copy.h"
#include "common/status/absl_view.h"

namespace zhenhui::feed {
namespace {

using db::Statement;

constexpr Statement kLockHead = {"feed.lock_head",
                                 "SELECT last_revision FROM feed WHERE township_code = $1 FOR NO KEY UPDATE"};

constexpr Statement kCreateHead = {"feed.create_head",
                                   "INSERT INTO feed (township_code, last_revision) VALUES ($1, 0) "
                                   "ON CONFLICT (township_code) DO NOTHING"};

constexpr Statement kMoveHead = {"feed.move_head",
                                 "UPDATE feed SET last_revision = $2 WHERE township_code = $1"};

constexpr Statement kReadHead = {
    "feed.read_head", "SELECT township_code, last_revision, first_kept FROM feed WHERE township_code = $1"};

// Codes are digits and the collation is "C", where ':' follows '9': a prefix is a range of the key.
constexpr Statement kReadHeads = {
    "feed.read_heads",
    "SELECT township_code, last_revision, first_kept FROM feed "
    "WHERE township_code >= $1 AND township_code < $1 || ':' ORDER BY township_code"};

#define ZH_COLUMNS                                                          \
  "r.revision, r.record_type, r.record_id, r.previous_revision, r.record, " \
  "COALESCE(r.reason, '') AS reason, r.by_subject, (extract(epoch FROM r.at) * 1000000)::bigint AS at"

// The running sum ends the read after about $4 bytes. The previous content is a scalar subquery and no join,
// so that it is a look-up in the primary key for each row under every plan.
constexpr Statement kReadChanges = {
    "feed.read_changes",
    "SELECT " ZH_COLUMNS
    ", CASE WHEN r.previous_revision > 0 THEN (SELECT p.record FROM revision p "
    "WHERE p.township_code = $1 AND p.revision = r.previous_revision) END AS previous "
    "FROM (SELECT *, sum(octet_length(record)) OVER (ORDER BY revision ROWS UNBOUNDED PRECEDING) AS bytes "
    "FROM revision WHERE township_code = $1 AND revision > $2 ORDER BY revision LIMIT $3) r "
    "WHERE r.bytes - octet_length(r.record) < $4 ORDER BY r.revision"};

constexpr Statement kReadAt = {
    "feed.read_at", "SELECT " ZH_COLUMNS
                    " FROM revision r WHERE r.township_code = $1 AND r.revision = ANY($2::bigint[]) "
                    "ORDER BY r.revision"};

constexpr Statement kReadHistory = {
    "feed.read_history",
    "WITH RECURSIVE history AS (SELECT * FROM revision WHERE township_code = $1 AND revision = $2 "
    "UNION ALL SELECT p.* FROM history h JOIN revision p ON p.township_code = $1 AND p.revision = "
    "h.previous_revision) "
    "SELECT " ZH_COLUMNS " FROM history r ORDER BY r.revision DESC LIMIT $3"};

constexpr Statement kReadSuperseded = {"feed.read_superseded",
                                       "SELECT " ZH_COLUMNS
                                       " FROM revision x JOIN revision r ON r.township_code = "
                                       "x.township_code AND r.revision = x.previous_revision "
                                       "WHERE x.township_code = $1 AND x.revision > $2 AND "
                                       "x.previous_revision BETWEEN 1 AND $2 ORDER BY r.revision"};

#undef ZH_COLUMNS

// Writers' clocks may differ a little, so times need not ascend with revisions: the newest of all is meant.
constexpr Statement kReadRevisionAt = {"feed.read_revision_at",
                                       "SELECT revision FROM revision WHERE township_code = $1 AND at <= "
                                       "$2::timestamptz ORDER BY revision DESC LIMIT 1"};

std::string Unescape(const pqxx::field& field) { return pqxx::binarystring(field).str(); }

SharedChange ToChange(const pqxx::row& row, bool with_previous) {
  auto change = std::make_shared<StoredChange>();
  change->revision = row[0].as<int64_t>();
  change->record_type = row[1].as<int16_t>();
  change->record_id = row[2].c_str();
  change->previous_revision = row[3].as<int64_t>();
  change->record = Unescape(row[4]);
  change->reason = row[5].c_str();
  change->by = row[6].c_str();
  change->at = absl::FromUnixMicros(row[7].as<int64_t>());
  if (with_previous && !row[8].is_null()) change->previous = Unescape(row[8]);
  return change;
}

SharedChanges ToChanges(const pqxx::result& rows, bool with_previous = false) {
  SharedChanges changes;
  changes.reserve(rows.size());
  for (const pqxx::row& row : rows) changes.push_back(ToChange(row, with_previous));
  return changes;
}

Head ToHead(const pqxx::row& row) {
  return {
      .township = row[0].c_str(), .last_revision = row[1].as<int64_t>(), .first_kept = row[2].as<int64_t>()};
}

std::string Timestamp(absl::Time at) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%E6S+00", at, absl::UTCTimeZone());
}

}  // namespace

std::vector<Statement> Statements() {
  return {kLockHead, kCreateHead,  kMoveHead,    kReadHead,       kReadHeads,
          kReadAt,   kReadChanges, kReadHistory, kReadRevisionAt, kReadSuperseded};
}

int64_t ReadRevisionAt(db::Tx& tx, std::string_view township, absl::Time time) {
  const pqxx::result rows = db::Exec(tx, kReadRevisionAt, std::string(township), Timestamp(time));
  return rows.empty() ? 0 : rows[0][0].as<int64_t>();
}

int64_t LockHead(db::Tx& tx, std::string_view township) {
  const std::string code(township);
  pqxx::result head = db::Exec(tx, kLockHead, code);
  if (head.empty()) {
    // Of several that create it at once one wins; the others find its row, and wait for its lock, below.
    db::Exec(tx, kCreateHead, code);
    head = db::Exec(tx, kLockHead, code);
  }
  return head.at(0)[0].as<int64_t>();
}

int64_t Append(db::Tx& tx, std::string_view township, int64_t head, std::span<const NewRevision> revisions) {
  if (revisions.empty()) return head;
  int64_t last = head;
  {
    const db::StatementTimer timer("feed.append");
    db::CopyWriter copy(tx, "revision",
                        "township_code, revision, record_type, record_id, previous_revision, record, reason, "
                        "by_subject, at");
    for (const NewRevision& revision : revisions) {
      copy.Text(township);
      copy.Int(++last);
      copy.Int(revision.record_type);
      copy.Text(revision.record_id);
      copy.Int(revision.previous_revision);
      copy.Bytea(revision.record);
      revision.reason.empty() ? copy.Null() : copy.Text(revision.reason);
      copy.Text(revision.by);
      copy.Text(Timestamp(revision.at));
      copy.EndRow();
    }
    copy.Finish();
  }
  db::Exec(tx, kMoveHead, std::string(township), last);
  return last;
}

Head ReadHead(db::Tx& tx, std::string_view township) {
  const pqxx::result rows = db::Exec(tx, kReadHead, std::string(township));
  return rows.empty() ? Head{.township = std::string(township)} : ToHead(rows[0]);
}

std::vector<Head> ReadHeads(db::Tx& tx, std::string_view scope) {
  if (scope.empty()) return {};
  const pqxx::result rows = db::Exec(tx, kReadHeads, scope == "*" ? std::string() : std::string(scope));
  std::vector<Head> heads;
  heads.reserve(rows.size());
  for (const pqxx::row& row : rows) heads.push_back(ToHead(row));
  return heads;
}

SharedChanges ReadChanges(db::Tx& tx, std::string_view township, int64_t after_revision, int64_t max_rows,
                          int64_t max_bytes) {
  return ToChanges(db::Exec(tx, kReadChanges, std::string(township), after_revision, max_rows, max_bytes),
                   true);
}

SharedChanges ReadAt(db::Tx& tx, std::string_view township, std::span<const int64_t> revisions) {
  if (revisions.empty()) return {};
  std::string array = "{";
  for (const int64_t revision : revisions) absl::StrAppend(&array, array.size() > 1 ? "," : "", revision);
  array += "}";
  return ToChanges(db::Exec(tx, kReadAt, std::string(township), array));
}

SharedChanges ReadHistory(db::Tx& tx, std::string_view township, int64_t revision, int64_t max_rows) {
  return ToChanges(db::Exec(tx, kReadHistory, std::string(township), revision, max_rows));
}

SharedChanges ReadSuperseded(db::Tx& tx, std::string_view township, int64_t read_revision) {
  return ToChanges(db::Exec(tx, kReadSuperseded, std::string(township), read_revision));
}

namespace {

// What nothing up to the revision replaces: two passes over the log, of which the second reads only numbers.
std::string SnapshotOfLogSql(const std::string& code, int64_t read_revision) {
  return absl::StrCat("SELECT r.record_type, r.record FROM revision r WHERE r.township_code = ", code,
                      " AND r.revision <= ", read_revision,
                      " AND NOT EXISTS (SELECT FROM revision x WHERE x.township_code = ", code,
                      " AND x.previous_revision > 0 AND x.previous_revision = r.revision AND x.revision <= ",
                      read_revision, ")");
}

}  // namespace

std::string SnapshotSql(db::Tx& tx, std::string_view current, std::string_view township,
                        int64_t read_revision) {
  const std::string code = tx.quote(std::string(township));
  if (current.empty()) return SnapshotOfLogSql(code, read_revision);
  return absl::StrCat(
      "SELECT r.record_type, r.record FROM ", Absl(current),
      " c JOIN revision r ON r.township_code = c.township_code AND r.revision = c.revision "
      "WHERE c.township_code = ",
      code, " AND r.township_code = ", code, " AND c.revision <= ", read_revision,
      " UNION ALL SELECT r.record_type, r.record FROM revision x "
      "JOIN revision r ON r.township_code = x.township_code AND r.revision = x.previous_revision "
      "WHERE x.township_code = ",
      code, " AND x.revision > ", read_revision, " AND x.previous_revision BETWEEN 1 AND ", read_revision);
}

int64_t StreamCurrent(db::Tx& tx, std::string_view current, std::string_view township, int64_t read_revision,
                      const OnRecord& on_record) {
  const db::StatementTimer timer("feed.stream_current");
  db::CopyReader copy(tx, SnapshotSql(tx, current, township, read_revision));
  int64_t records = 0;
  for (; copy.NextRow(); ++records) {
    const auto record_type = static_cast<int16_t>(copy.Int());
    on_record(record_type, copy.Bytea());
  }
  return records;
}

}  // namespace zhenhui::feed

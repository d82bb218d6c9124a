#include "services/reporting/storage/postgres_year_end_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/db/transaction.h"
#include "common/failpoint/failpoint.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/storage/year_end_statements.h"

namespace zhenhui::reporting {
namespace {

// Year ends are rare; what reads them waits for one another.
constexpr int kYearEndConnections = 3;

std::vector<db::Statement> YearEndStatements() {
  return {sql::kReadYearEvents,  sql::kDatabaseTime,  sql::kReadYears,    sql::kReadClosedYears,
          sql::kOpenYearBook,    sql::kLastYearEvent, sql::kPutYearEvent, sql::kPutCertificate,
          sql::kReadCertificate, sql::kPutSigned,     sql::kReadSigned};
}

absl::StatusOr<YearEvent> EventOf(const pqxx::row& row) {
  YearEvent event;
  event.number = row[1].as<int64_t>();
  const auto type = ParseYearEvent(row[2].as<std::string>());
  if (!type) {
    return Error(absl::StatusCode::kDataLoss, "EVENT_UNKNOWN",
                 absl::StrCat("event ", event.number,
                              " is of a type that this program does not know; use a newer one"));
  }
  event.type = *type;
  event.township = row[3].as<std::string>();
  event.digest = row[4].as<std::string>();
  event.text = row[5].as<std::string>();
  event.by = row[6].as<std::string>();
  event.at = absl::FromUnixSeconds(row[7].as<int64_t>());
  event.revisions[Feed::kActivities] = row[8].as<int64_t>();
  event.revisions[Feed::kTownships] = row[9].as<int64_t>();
  event.content = row[10].as<std::string>();
  return event;
}

absl::Status EventConflict(const YearKey& key) {
  return Error(absl::StatusCode::kAborted, "EVENT_CONFLICT",
               absl::StrCat("somebody else acted on the year end of ", key.district, ", ", key.year,
                            " just now; read it again and decide again"));
}

void PutEvent(db::Tx& tx, const YearKey& key, const YearEvent& event) {
  db::Exec(tx, sql::kPutYearEvent, key.district, key.year, event.number,
           std::string(YearEventName(event.type)), event.township, event.digest, event.text, event.by,
           absl::ToUnixSeconds(event.at), event.revisions[Feed::kActivities],
           event.revisions[Feed::kTownships], event.content);
}

}  // namespace

PostgresYearEndStore::PostgresYearEndStore(const std::string& dsn)
    : pool_({.dsn = dsn, .size = kYearEndConnections, .statements = YearEndStatements()}) {}

absl::StatusOr<StoredYear> PostgresYearEndStore::Read(const YearKey& key, bool with_contents,
                                                      absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<StoredYear> {
    StoredYear stored;
    for (const pqxx::row& row : db::Exec(tx, sql::kReadYearEvents, key.district, key.year, with_contents)) {
      ASSIGN_OR_RETURN(YearEvent event, EventOf(row));
      (row[0].as<int>() == key.year ? stored.events : stored.previous_events).push_back(std::move(event));
    }
    stored.store_time = absl::FromUnixMillis(db::Exec(tx, sql::kDatabaseTime)[0][0].as<int64_t>());
    return stored;
  });
}

absl::StatusOr<std::vector<int>> PostgresYearEndStore::Years(const std::string& district,
                                                             absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<int>> {
    std::vector<int> years;
    for (const pqxx::row& row : db::Exec(tx, sql::kReadYears, district)) years.push_back(row[0].as<int>());
    return years;
  });
}

absl::StatusOr<std::vector<YearKey>> PostgresYearEndStore::ClosedYears(absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<YearKey>> {
    std::vector<YearKey> keys;
    for (const pqxx::row& row : db::Exec(tx, sql::kReadClosedYears))
      keys.push_back({row[0].as<std::string>(), row[1].as<int>()});
    return keys;
  });
}

absl::Status PostgresYearEndStore::Append(const YearAppend& append, absl::Time deadline) {
  const YearKey& key = append.key;
  return db::RunInTransaction(pool_, deadline, [&](db::Tx& tx) -> absl::Status {
    // Takes the district's row: the numbers below cannot change until the commit.
    db::Exec(tx, sql::kOpenYearBook, key.district);
    Failpoint("year_end.book_open");
    const auto last = [&](int year) {
      return db::Exec(tx, sql::kLastYearEvent, key.district, year)[0][0].as<int64_t>();
    };
    if (last(key.year) != append.seen || last(key.year - 1) != append.previous_seen)
      return EventConflict(key);
    if (append.figures) {
      db::Exec(tx, sql::kPutSigned, key.district, key.year, append.figures->township, append.figures->digest,
               append.figures->text);
    }
    for (const YearEvent& event : append.events) PutEvent(tx, key, event);
    Failpoint("year_end.events_written");
    if (append.certificate) {
      db::Exec(tx, sql::kPutCertificate, key.district, key.year, append.certificate->generation,
               append.certificate->digest, append.certificate->text);
    }
    Failpoint("year_end.before_commit");
    return absl::OkStatus();
  });
}

absl::StatusOr<CertificateText> PostgresYearEndStore::ReadCertificate(const YearKey& key, int generation,
                                                                      absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<CertificateText> {
    const pqxx::result rows = db::Exec(tx, sql::kReadCertificate, key.district, key.year, generation);
    if (rows.empty()) {
      return Error(absl::StatusCode::kNotFound, "CERTIFICATE_NOT_FOUND",
                   absl::StrCat("the year ", key.year, " of ", key.district, " has no such certificate"));
    }
    return CertificateText{rows[0][0].as<int>(), rows[0][1].as<std::string>(), rows[0][2].as<std::string>()};
  });
}

absl::StatusOr<std::string> PostgresYearEndStore::ReadSigned(const YearKey& key, const std::string& township,
                                                             const std::string& digest, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::string> {
    const pqxx::result rows = db::Exec(tx, sql::kReadSigned, key.district, key.year, township, digest);
    if (!rows.empty()) return rows[0][0].as<std::string>();
    return Error(absl::StatusCode::kNotFound, "SIGNED_FIGURES_NOT_FOUND",
                 absl::StrCat("nothing is stored of what ", township, " signed under this digest"));
  });
}

}  // namespace zhenhui::reporting

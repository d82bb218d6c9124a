#include "services/townships/storage/postgres_repository.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/db/transaction.h"
#include "common/feed/follower.h"
#include "common/feed/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/townships/storage/statements.h"
#include "services/townships/wire/convert.h"

namespace zhenhui::townships {
namespace {

using OptionalText = std::optional<std::string>;

OptionalText DateText(const std::optional<Date>& date) {
  if (!date) return std::nullopt;
  return FormatDate(*date);
}

std::optional<Date> ReadDate(const pqxx::field& field) {
  if (field.is_null()) return std::nullopt;
  return ParseDate(field.c_str()).value();
}

// {"a","b"}: codes and checked ids need no escapes.
std::string TextArray(const std::vector<std::string>& values) {
  return absl::StrCat("{", absl::StrJoin(values, ","), "}");
}

StoredDistrict ReadDistrict(const pqxx::row& row) {
  return {{row[0].as<std::string>(),
           row[1].as<std::string>(),
           row[2].as<std::string>(),
           {ReadDate(row[3]), ReadDate(row[4])},
           row[6].as<int>()},
          row[5].as<int64_t>()};
}

absl::StatusOr<Stored> ReadStored(const pqxx::row& row) {
  const pqxx::binarystring bytes(row[1]);
  ASSIGN_OR_RETURN(Record record, DecodeRecord(bytes.str()));
  return Stored{std::move(record), row[0].as<int64_t>(), row[2].is_null() ? "" : row[2].as<std::string>(),
                row[3].as<std::string>(), absl::FromUnixMicros(row[4].as<int64_t>())};
}

absl::StatusOr<std::vector<Stored>> ReadAll(const pqxx::result& rows) {
  std::vector<Stored> out;
  out.reserve(rows.size());
  for (const pqxx::row& row : rows) {
    ASSIGN_OR_RETURN(Stored stored, ReadStored(row));
    out.push_back(std::move(stored));
  }
  return out;
}

// The searchable columns of a record.
struct Columns {
  Validity validity;
  std::optional<int> role;
  std::vector<std::string> villages;
};

Columns ColumnsOf(const Record& record) {
  if (const auto* township = std::get_if<Township>(&record)) return {township->validity, std::nullopt, {}};
  if (const auto* village = std::get_if<Village>(&record)) return {village->validity, std::nullopt, {}};
  if (const auto* entry = std::get_if<RosterEntry>(&record)) {
    return {entry->validity, static_cast<int>(entry->role), entry->villages};
  }
  return {};
}

absl::StatusOr<Existing> ReadExisting(db::Tx& tx, const std::string& township, RecordType type,
                                      const std::vector<std::string>& ids) {
  ASSIGN_OR_RETURN(auto found,
                   ReadAll(db::Exec(tx, sql::kGetRecords, township, static_cast<int>(type), TextArray(ids))));
  Existing existing;
  for (Stored& stored : found) {
    std::string id = IdOf(stored.record);
    existing.emplace(std::move(id), std::move(stored));
  }
  return existing;
}

// What one run of the transaction produced; overwritten when it runs again.
struct Written {
  Repository::Outcome outcome;
  std::vector<feed::NewRevision> revisions;
};

void Append(db::Tx& tx, const std::string& township, int64_t head, std::vector<Write> writes,
            const Existing& existing, const std::string& by, absl::Time now, Written& written) {
  for (Write& write : writes) {
    feed::NewRevision revision{static_cast<int16_t>(TypeOf(write.record)),
                               IdOf(write.record),
                               write.previous_revision,
                               EncodeRecord(write.record),
                               write.reason,
                               by,
                               now};
    if (const auto found = existing.find(revision.record_id); found != existing.end()) {
      revision.previous = EncodeRecord(found->second.record);
    }
    written.revisions.push_back(std::move(revision));
  }
  written.outcome.last_revision = feed::Append(tx, township, head, written.revisions);
  for (size_t i = 0; i < writes.size(); ++i) {
    const int64_t revision = head + static_cast<int64_t>(i) + 1;
    const Columns columns = ColumnsOf(writes[i].record);
    db::Exec(tx, sql::kPutCurrent, township, static_cast<int>(TypeOf(writes[i].record)),
             written.revisions[i].record_id, revision, DateText(columns.validity.from),
             DateText(columns.validity.to), columns.role, TextArray(columns.villages));
    written.outcome.written.push_back(
        {std::move(writes[i].record), revision, std::move(writes[i].reason), by, now});
  }
}

absl::StatusOr<std::vector<Stored>> ReadRoster(db::Tx& tx, const std::string& township) {
  return ReadAll(db::Exec(tx, sql::kListRecords, township, township + ":",
                          static_cast<int>(RecordType::kRosterEntry), "", OptionalText(), 0, "",
                          std::numeric_limits<int32_t>::max()));
}

bool Matches(const ListQuery& query, const RosterEntry& entry) {
  return entry.id > query.after && (!query.as_of || entry.validity.Contains(*query.as_of)) &&
         (query.role == RosterRole::kUnspecified || entry.role == query.role) &&
         (query.village.empty() ||
          std::find(entry.villages.begin(), entry.villages.end(), query.village) != entry.villages.end());
}

}  // namespace

std::vector<db::Statement> Statements() {
  std::vector<db::Statement> all = feed::Statements();
  all.insert(all.end(), {sql::kGetDistrict, sql::kLockDistrict, sql::kListDistricts, sql::kPutDistrict,
                         sql::kGetRecords, sql::kListRecords, sql::kPutCurrent});
  return all;
}

absl::StatusOr<StoredDistrict> PostgresRepository::GetDistrict(const std::string& code, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<StoredDistrict> {
    const pqxx::result rows = db::Exec(tx, sql::kGetDistrict, code);
    if (rows.empty()) return DistrictNotFound(code);
    return ReadDistrict(rows[0]);
  });
}

absl::StatusOr<std::vector<StoredDistrict>> PostgresRepository::ListDistricts(const std::string& prefix,
                                                                              const std::string& after,
                                                                              size_t limit,
                                                                              absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<StoredDistrict>> {
    std::vector<StoredDistrict> out;
    for (const pqxx::row& row : db::Exec(tx, sql::kListDistricts, prefix, after, limit)) {
      out.push_back(ReadDistrict(row));
    }
    return out;
  });
}

absl::StatusOr<StoredDistrict> PostgresRepository::WriteDistrict(const std::string& code,
                                                                 DecideDistrict decide, absl::Time deadline) {
  return db::RunInTransaction(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<StoredDistrict> {
    const pqxx::result rows = db::Exec(tx, sql::kLockDistrict, code);
    std::optional<StoredDistrict> existing;
    if (!rows.empty()) existing = ReadDistrict(rows[0]);
    ASSIGN_OR_RETURN(District next, decide(existing));
    if (existing && existing->district == next) return *existing;
    const StoredDistrict stored{std::move(next), existing ? existing->version + 1 : 1};
    const pqxx::result put =
        db::Exec(tx, sql::kPutDistrict, stored.district.code, stored.district.name_zh,
                 stored.district.name_en, DateText(stored.district.validity.from),
                 DateText(stored.district.validity.to), stored.version, stored.district.confirmation_due_day);
    if (put.affected_rows() == 0) {  // another writer created it meanwhile
      return Error(absl::StatusCode::kAborted, "CONFLICT",
                   "the district was written by somebody else; try again");
    }
    return stored;
  });
}

absl::StatusOr<Stored> PostgresRepository::Get(const std::string& township, RecordType type,
                                               const std::string& id, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<Stored> {
    const pqxx::result rows =
        db::Exec(tx, sql::kGetRecords, township, static_cast<int>(type), TextArray({id}));
    if (rows.empty()) return RecordNotFound(type, id);
    return ReadStored(rows[0]);
  });
}

absl::StatusOr<std::vector<Stored>> PostgresRepository::List(const ListQuery& query, absl::Time deadline) {
  if (query.read_revision != 0) return ListAsOf(query, deadline);
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) {
    return ReadAll(db::Exec(tx, sql::kListRecords, query.township, query.township + ":",  // ':' follows '9'
                            static_cast<int>(query.type), query.after, DateText(query.as_of),
                            static_cast<int>(query.role), query.village, query.limit));
  });
}

// A roster has hundreds of entries, so all of them are read and filtered here: the current ones that are not
// newer than the revision, and what newer ones replaced.
absl::StatusOr<std::vector<Stored>> PostgresRepository::ListAsOf(const ListQuery& query,
                                                                 absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<Stored>> {
    RETURN_IF_ERROR(feed::CheckCursor(feed::ReadHead(tx, query.township), query.read_revision));
    ASSIGN_OR_RETURN(std::vector<Stored> found, ReadRoster(tx, query.township));
    std::erase_if(found, [&](const Stored& stored) { return stored.revision > query.read_revision; });
    for (const feed::SharedChange& change : feed::ReadSuperseded(tx, query.township, query.read_revision)) {
      if (change->record_type != static_cast<int16_t>(RecordType::kRosterEntry)) continue;
      ASSIGN_OR_RETURN(Record record, DecodeRecord(change->record));
      found.push_back({std::move(record), change->revision, change->reason, change->by, change->at});
    }
    std::erase_if(
        found, [&](const Stored& stored) { return !Matches(query, std::get<RosterEntry>(stored.record)); });
    std::sort(found.begin(), found.end(),
              [](const Stored& a, const Stored& b) { return IdOf(a.record) < IdOf(b.record); });
    if (found.size() > query.limit)
      found.erase(found.begin() + static_cast<ptrdiff_t>(query.limit), found.end());
    return found;
  });
}

absl::StatusOr<Repository::Outcome> PostgresRepository::WriteRecords(const std::string& township,
                                                                     RecordType type,
                                                                     const std::vector<std::string>& ids,
                                                                     Decide decide, const std::string& by,
                                                                     absl::Time deadline) {
  const absl::Time now = clock_.Now();
  ASSIGN_OR_RETURN(Written written,
                   db::RunInTransaction(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<Written> {
                     Written result;
                     const int64_t head = feed::LockHead(tx, township);
                     ASSIGN_OR_RETURN(const Existing existing, ReadExisting(tx, township, type, ids));
                     ASSIGN_OR_RETURN(std::vector<Write> writes, decide(existing));
                     Append(tx, township, head, std::move(writes), existing, by, now, result);
                     return result;
                   }));
  if (!written.revisions.empty()) {
    feed_.Committed(township, std::move(written.revisions), written.outcome.last_revision);
  }
  return std::move(written.outcome);
}

absl::StatusOr<int64_t> PostgresRepository::RevisionAt(const std::string& township, absl::Time time,
                                                       absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    return feed::ReadRevisionAt(tx, township, time);
  });
}

}  // namespace zhenhui::townships

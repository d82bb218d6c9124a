#include "services/activities/storage/postgres_repository.h"

#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "common/db/transaction.h"
#include "common/feed/log.h"
#include "common/status/status_macros.h"
#include "services/activities/domain/check.h"
#include "services/activities/storage/array_literal.h"
#include "services/activities/storage/current_rows.h"
#include "services/activities/storage/list_reader.h"
#include "services/activities/storage/month_summary.h"
#include "services/activities/storage/rows.h"
#include "services/activities/storage/statements.h"
#include "services/activities/wire/content.h"

namespace zhenhui::activities {
namespace {

// What stands under the ids of a write, each in the place of its id.
struct Found {
  std::vector<std::optional<StoredActivity>> activities;
  std::vector<int64_t> revisions;    // 0: nothing is stored
  std::vector<std::string> records;  // the stored bytes, for the feed's followers
};

absl::StatusOr<Found> LookUp(db::Tx& tx, std::string_view township, std::span<const std::string> ids) {
  Found found{std::vector<std::optional<StoredActivity>>(ids.size()), std::vector<int64_t>(ids.size(), 0),
              std::vector<std::string>(ids.size())};
  if (ids.empty()) return found;
  ArrayLiteral wanted;
  for (const std::string& id : ids) wanted.Add(id);
  const pqxx::result rows = db::Exec(tx, sql::kFindRevisions, std::string(township), wanted.Text());
  if (rows.empty()) return found;

  std::vector<int64_t> revisions;
  revisions.reserve(rows.size());
  for (const pqxx::row& row : rows) revisions.push_back(row[1].as<int64_t>());
  std::unordered_map<std::string_view, size_t> place_of;
  for (size_t i = 0; i < ids.size(); ++i) place_of.emplace(ids[i], i);
  for (const feed::SharedChange& change : feed::ReadAt(tx, township, revisions)) {
    const size_t place = place_of.at(change->record_id);
    ASSIGN_OR_RETURN(found.activities[place], ReadStored(*change));
    found.revisions[place] = change->revision;
    found.records[place] = change->record;
  }
  return found;
}

std::set<absl::CivilMonth> ConfirmedMonths(db::Tx& tx, std::string_view township) {
  std::set<absl::CivilMonth> months;
  for (const pqxx::row& row : db::Exec(tx, sql::kConfirmedMonths, std::string(township))) {
    if (const absl::StatusOr<Date> day = ParseDate(row[0].c_str()); day.ok()) months.emplace(*day);
  }
  return months;
}

std::vector<feed::NewRevision> Encode(std::span<const PlannedWrite> plan, Found& found,
                                      const WriteStamp& stamp) {
  std::vector<feed::NewRevision> revisions;
  revisions.reserve(plan.size());
  v1::Activity scratch;
  for (const PlannedWrite& write : plan) {
    feed::NewRevision& revision = revisions.emplace_back();
    const bool deletion = write.content->state == ActivityState::kDeleted;
    revision.record_type = deletion ? kDeletionRecord : kActivityRecord;
    revision.record_id = write.content->id;
    revision.previous_revision = found.revisions[write.index];
    EncodeActivity(*write.content, scratch, &revision.record);
    revision.by = stamp.by;
    revision.at = stamp.at;
    if (revision.previous_revision != 0 || write.keep_reason) revision.reason = stamp.reason;
    if (revision.previous_revision != 0) {
      revision.previous = std::move(found.records[write.index]);
    }
  }
  return revisions;
}

}  // namespace

std::vector<db::Statement> Statements() {
  std::vector<db::Statement> statements = feed::Statements();
  for (const db::Statement& statement :
       {sql::kFindRevisions, sql::kGet, sql::kList, sql::kListNewestFirst, sql::kReplaceRows, sql::kFindMonth,
        sql::kAddMonth, sql::kListMonths, sql::kConfirmedMonths, sql::kSummariseMonths,
        sql::kConfirmationsUnder, sql::kFindTargets, sql::kPutTargets, sql::kListTargets}) {
    statements.push_back(statement);
  }
  return statements;
}

absl::StatusOr<int64_t> PostgresRepository::Write(std::string_view township, std::span<const std::string> ids,
                                                  Decide decide, const WriteStamp& stamp,
                                                  absl::Time deadline) {
  std::vector<feed::NewRevision> revisions;
  const auto work = [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    const int64_t head = feed::LockHead(tx, township);
    ASSIGN_OR_RETURN(Found found, LookUp(tx, township, ids));
    const std::set<absl::CivilMonth> confirmed = ConfirmedMonths(tx, township);
    ASSIGN_OR_RETURN(const std::vector<PlannedWrite> plan, decide({found.activities, confirmed}, head));
    revisions = Encode(plan, found, stamp);
    const int64_t last = feed::Append(tx, township, head, revisions);
    WriteCurrentRows(tx, township, head, plan, found.revisions);
    return last;
  };
  ASSIGN_OR_RETURN(const int64_t last, db::RunInTransaction(pool_, deadline, work));
  if (!revisions.empty()) feed_.Committed(township, std::move(revisions), last);
  return last;
}

absl::StatusOr<int64_t> PostgresRepository::Inspect(std::string_view township,
                                                    std::span<const std::string> ids, Decide decide,
                                                    absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    const int64_t head = feed::ReadHead(tx, township).last_revision;
    ASSIGN_OR_RETURN(const Found found, LookUp(tx, township, ids));
    const std::set<absl::CivilMonth> confirmed = ConfirmedMonths(tx, township);
    RETURN_IF_ERROR(decide({found.activities, confirmed}, head).status());
    return head;
  });
}

absl::StatusOr<StoredActivity> PostgresRepository::Get(std::string_view township, const std::string& id,
                                                       absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<StoredActivity> {
    const pqxx::result rows = db::Exec(tx, sql::kGet, std::string(township), id);
    if (rows.empty()) return ActivityNotFound(id);
    return ReadStored(rows[0]);
  });
}

absl::StatusOr<ListPage> PostgresRepository::List(std::string_view township, const ActivityQuery& query,
                                                  const std::optional<ListPosition>& after, size_t limit,
                                                  absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline,
                         [&](db::Tx& tx) { return ReadPage(tx, township, query, after, limit); });
}

absl::StatusOr<std::vector<StoredActivity>> PostgresRepository::History(std::string_view township,
                                                                        const std::string& id, int64_t before,
                                                                        size_t limit, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<StoredActivity>> {
    const pqxx::result rows = db::Exec(tx, sql::kGet, std::string(township), id);
    if (rows.empty()) return ActivityNotFound(id);
    const int64_t from = before == 0 ? rows[0][1].as<int64_t>() : before;
    std::vector<StoredActivity> history;
    // `before` itself is read for the way to the revisions older than it.
    const auto wanted = static_cast<int64_t>(limit) + (before == 0 ? 0 : 1);
    for (const feed::SharedChange& change : feed::ReadHistory(tx, township, from, wanted)) {
      if (change->record_id != id || change->revision == before) continue;
      ASSIGN_OR_RETURN(StoredActivity stored, ReadStored(*change));
      history.push_back(std::move(stored));
    }
    return history;
  });
}

absl::StatusOr<ConfirmedMonth> PostgresRepository::Confirm(std::string_view township,
                                                           const MonthConfirmation& confirmation,
                                                           const WriteStamp& stamp, absl::Time deadline) {
  std::vector<feed::NewRevision> revisions;
  const auto work = [&](db::Tx& tx) -> absl::StatusOr<ConfirmedMonth> {
    revisions.clear();
    const int64_t head = feed::LockHead(tx, township);
    const std::string day = FormatDate(Date(confirmation.month));
    const pqxx::result rows = db::Exec(tx, sql::kFindMonth, std::string(township), day);
    if (!rows.empty()) {
      const int64_t revision = rows[0][0].as<int64_t>();
      ASSIGN_OR_RETURN(MonthConfirmation known, ReadMonth(*feed::ReadAt(tx, township, {&revision, 1}).at(0)));
      return ConfirmedMonth{std::move(known), head};
    }
    revisions.push_back({.record_type = kMonthRecord,
                         .record_id = FormatMonth(confirmation.month),
                         .record = EncodeMonth(confirmation),
                         .reason = "",
                         .by = stamp.by,
                         .at = stamp.at});
    const int64_t last = feed::Append(tx, township, head, revisions);
    db::Exec(tx, sql::kAddMonth, std::string(township), day, last);
    ConfirmedMonth stored{confirmation, last};
    stored.confirmation.revision = last;
    stored.confirmation.confirm_time = stamp.at;
    stored.confirmation.confirmed_by = stamp.by;
    return stored;
  };
  ASSIGN_OR_RETURN(ConfirmedMonth confirmed, db::RunInTransaction(pool_, deadline, work));
  if (!revisions.empty()) feed_.Committed(township, std::move(revisions), confirmed.head);
  return confirmed;
}

absl::StatusOr<std::vector<MonthConfirmation>> PostgresRepository::ListMonths(std::string_view township,
                                                                              int year, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<MonthConfirmation>> {
    const pqxx::result rows =
        db::Exec(tx, sql::kListMonths, std::string(township), FormatDate(Date(year == 0 ? 1 : year, 1, 1)),
                 FormatDate(Date(year == 0 ? 9999 : year, 12, 31)));
    std::vector<MonthConfirmation> months;
    for (const pqxx::row& row : rows) {
      ASSIGN_OR_RETURN(MonthConfirmation month, ReadMonth(row));
      months.push_back(std::move(month));
    }
    return months;
  });
}

absl::StatusOr<std::vector<MonthSummary>> PostgresRepository::SummariseMonths(std::string_view prefix,
                                                                              int year, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) { return ReadMonthSummaries(tx, prefix, year); });
}

absl::StatusOr<int64_t> PostgresRepository::RevisionAt(std::string_view township, absl::Time time,
                                                       absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    return feed::ReadRevisionAt(tx, township, time);
  });
}

}  // namespace zhenhui::activities

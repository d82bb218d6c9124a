#include "services/activities/storage/postgres_targets.h"

#include <optional>
#include <unordered_map>
#include <utility>

#include "common/db/transaction.h"
#include "common/feed/log.h"
#include "common/status/status_macros.h"
#include "services/activities/storage/array_literal.h"
#include "services/activities/storage/statements.h"
#include "services/activities/wire/content.h"
#include "services/activities/wire/record_types.h"

namespace zhenhui::activities {
namespace {

// What stands under the ids of a write, each in the place of its id.
struct FoundTargets {
  std::vector<std::optional<StoredTarget>> targets;
  std::vector<std::string> records;  // the stored bytes, for the feed's followers
};

absl::StatusOr<FoundTargets> LookUpTargets(db::Tx& tx, std::string_view township,
                                           std::span<const std::string> ids) {
  FoundTargets found{std::vector<std::optional<StoredTarget>>(ids.size()),
                     std::vector<std::string>(ids.size())};
  if (ids.empty()) return found;
  ArrayLiteral wanted;
  for (const std::string& id : ids) wanted.Add(id);
  std::vector<int64_t> revisions;
  for (const pqxx::row& row : db::Exec(tx, sql::kFindTargets, std::string(township), wanted.Text())) {
    revisions.push_back(row[0].as<int64_t>());
  }
  if (revisions.empty()) return found;
  std::unordered_map<std::string_view, size_t> place_of;
  for (size_t i = 0; i < ids.size(); ++i) place_of.emplace(ids[i], i);
  for (const feed::SharedChange& change : feed::ReadAt(tx, township, revisions)) {
    const size_t place = place_of.at(change->record_id);
    StoredTarget& stored = found.targets[place].emplace();
    stored.township = std::string(township);
    ASSIGN_OR_RETURN(stored.content, DecodeTarget(change->record));
    stored.revision = change->revision;
    stored.update_time = change->at;
    stored.updated_by = change->by;
    found.records[place] = change->record;
  }
  return found;
}

std::vector<feed::NewRevision> EncodeTargets(std::span<const PlannedTarget> plan, FoundTargets& found,
                                             const WriteStamp& stamp) {
  std::vector<feed::NewRevision> revisions;
  for (const PlannedTarget& write : plan) {
    feed::NewRevision& revision = revisions.emplace_back();
    revision.record_type = write.content.withdrawn ? kWithdrawnTargetRecord : kTargetRecord;
    revision.record_id = TargetId(write.content);
    revision.record = EncodeTarget(write.content);
    revision.by = stamp.by;
    revision.at = stamp.at;
    if (!found.targets[write.index].has_value()) continue;
    revision.previous_revision = found.targets[write.index]->revision;
    revision.previous = std::move(found.records[write.index]);
    revision.reason = stamp.reason;
  }
  return revisions;
}

void PutRows(db::Tx& tx, std::string_view township, int64_t head, std::span<const PlannedTarget> plan) {
  if (plan.empty()) return;
  ArrayLiteral years, metrics, revisions, withdrawn;
  for (const PlannedTarget& write : plan) {
    years.Add(int64_t{write.content.year});
    metrics.Add(write.content.metric);
    revisions.Add(++head);
    withdrawn.Add(write.content.withdrawn);
  }
  db::Exec(tx, sql::kPutTargets, std::string(township), years.Text(), metrics.Text(), revisions.Text(),
           withdrawn.Text());
}

}  // namespace

absl::StatusOr<int64_t> PostgresTargets::Write(std::string_view township, std::span<const std::string> ids,
                                               Decide decide, const WriteStamp& stamp, absl::Time deadline) {
  std::vector<feed::NewRevision> revisions;
  const auto work = [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    const int64_t head = feed::LockHead(tx, township);
    ASSIGN_OR_RETURN(FoundTargets found, LookUpTargets(tx, township, ids));
    ASSIGN_OR_RETURN(const std::vector<PlannedTarget> plan, decide(found.targets, head));
    revisions = EncodeTargets(plan, found, stamp);
    const int64_t last = feed::Append(tx, township, head, revisions);
    PutRows(tx, township, head, plan);
    return last;
  };
  ASSIGN_OR_RETURN(const int64_t last, db::RunInTransaction(pool_, deadline, work));
  if (!revisions.empty()) feed_.Committed(township, std::move(revisions), last);
  return last;
}

absl::StatusOr<int64_t> PostgresTargets::Inspect(std::string_view township, std::span<const std::string> ids,
                                                 Decide decide, absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    const int64_t head = feed::ReadHead(tx, township).last_revision;
    ASSIGN_OR_RETURN(const FoundTargets found, LookUpTargets(tx, township, ids));
    RETURN_IF_ERROR(decide(found.targets, head).status());
    return head;
  });
}

absl::StatusOr<std::vector<StoredTarget>> PostgresTargets::List(std::string_view prefix, int year,
                                                                absl::Time deadline) {
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<StoredTarget>> {
    std::vector<StoredTarget> targets;
    for (const pqxx::row& row : db::Exec(tx, sql::kListTargets, std::string(prefix), year)) {
      StoredTarget& stored = targets.emplace_back();
      stored.township = row[0].c_str();
      stored.revision = row[1].as<int64_t>();
      ASSIGN_OR_RETURN(stored.content, DecodeTarget(pqxx::binarystring(row[2]).str()));
      stored.updated_by = row[3].c_str();
      stored.update_time = absl::FromUnixMicros(row[4].as<int64_t>());
    }
    return targets;
  });
}

}  // namespace zhenhui::activities

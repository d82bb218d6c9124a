#include "services/reporting/storage/postgres_alarm_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/db/transaction.h"
#include "common/status/status_macros.h"
#include "services/reporting/storage/alarm_statements.h"

namespace zhenhui::reporting {
namespace {

constexpr int kAlarmConnections = 2;
constexpr int64_t kLastMicros = 253'402'300'799'000'000;  // 9999-12-31: PostgreSQL takes no infinity here

}  // namespace

PostgresAlarmStore::PostgresAlarmStore(const std::string& dsn)
    : pool_({.dsn = dsn,
             .size = kAlarmConnections,
             .statements = {sql::kAddExplanation, sql::kNewestExplanations}}) {}

absl::Status PostgresAlarmStore::Add(const AlarmExplanation& explanation, absl::Time deadline) {
  const auto work = [&](db::Tx& tx) -> absl::StatusOr<bool> {
    db::Exec(tx, sql::kAddExplanation, explanation.township, explanation.year, explanation.alarm,
             explanation.fingerprint, explanation.text, explanation.by, absl::ToUnixMicros(explanation.at));
    return true;
  };
  return db::RunInTransaction(pool_, deadline, work).status();
}

absl::StatusOr<std::vector<AlarmExplanation>> PostgresAlarmStore::Newest(
    const std::vector<std::string>& townships, int year, absl::Time until, absl::Time deadline) {
  const std::string codes = absl::StrCat("{", absl::StrJoin(townships, ","), "}");
  const int64_t last = std::min(absl::ToUnixMicros(until), kLastMicros);
  return db::RunReadOnly(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<std::vector<AlarmExplanation>> {
    std::vector<AlarmExplanation> newest;
    for (const pqxx::row& row : db::Exec(tx, sql::kNewestExplanations, codes, year, last)) {
      newest.push_back({row[0].c_str(), row[1].c_str(), year, row[2].c_str(), row[3].c_str(), row[4].c_str(),
                        absl::FromUnixMicros(row[5].as<int64_t>())});
    }
    return newest;
  });
}

}  // namespace zhenhui::reporting

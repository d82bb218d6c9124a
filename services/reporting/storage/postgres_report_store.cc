#include "services/reporting/storage/postgres_report_store.h"

#include "absl/strings/str_cat.h"
#include "common/db/statement.h"
#include "common/db/transaction.h"
#include "common/failpoint/failpoint.h"
#include "common/status/reason.h"

namespace zhenhui::reporting {
namespace {

// Rendering is rare, and does not hold a connection.
constexpr int kReportConnections = 2;

constexpr db::Statement kFindReport = {
    "reporting.find_report",
    "SELECT content, file_name, digest FROM report"
    " WHERE district_code = $1 AND year = $2 AND generation = $3 AND township_code = $4 AND format = $5"};
constexpr db::Statement kKeepReport = {
    "reporting.keep_report",
    "INSERT INTO report (district_code, year, generation, township_code, format, content, file_name, digest)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"};

std::optional<report::KeptReport> ReadReport(db::Tx& tx, const report::ReportKey& key) {
  const pqxx::result rows =
      db::Exec(tx, kFindReport, key.district, key.year, key.generation, key.township, key.format);
  if (rows.empty()) return std::nullopt;
  return report::KeptReport{.content = pqxx::binarystring(rows[0][0]).str(),
                            .file_name = rows[0][1].as<std::string>(),
                            .digest = rows[0][2].as<std::string>()};
}

}  // namespace

PostgresReportStore::PostgresReportStore(const std::string& dsn)
    : pool_({.dsn = dsn, .size = kReportConnections, .statements = {kFindReport, kKeepReport}}) {}

absl::StatusOr<std::optional<report::KeptReport>> PostgresReportStore::Find(const report::ReportKey& key,
                                                                            absl::Time deadline) {
  return db::RunReadOnly(
      pool_, deadline,
      [&](db::Tx& tx) -> absl::StatusOr<std::optional<report::KeptReport>> { return ReadReport(tx, key); });
}

absl::StatusOr<report::KeptReport> PostgresReportStore::Keep(const report::ReportKey& key,
                                                             const report::KeptReport& report,
                                                             absl::Time deadline) {
  return db::RunInTransaction(pool_, deadline, [&](db::Tx& tx) -> absl::StatusOr<report::KeptReport> {
    Failpoint("report.before_keep");
    db::Exec(tx, kKeepReport, key.district, key.year, key.generation, key.township, key.format,
             pqxx::binarystring(report.content), report.file_name, report.digest);
    std::optional<report::KeptReport> kept = ReadReport(tx, key);
    Failpoint("report.before_commit");
    if (kept) return *std::move(kept);
    // Not under READ COMMITTED: the insert waits for the one that is first, and then it is seen.
    return Error(absl::StatusCode::kInternal, "REPORT_NOT_KEPT", "the report was not kept; ask again");
  });
}

}  // namespace zhenhui::reporting

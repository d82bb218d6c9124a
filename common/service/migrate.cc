#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "common/db/dsn.h"
#include "common/db/migrate.h"
#include "common/db/sql_error.h"
#include "common/service/hosted_service.h"
#include "common/status/status_macros.h"

namespace zhenhui::service {
namespace {

absl::Status Grant(pqxx::connection& connection, const std::string& schema, const std::string& role) {
  try {
    pqxx::work tx(connection);
    const std::string in = tx.quote_name(schema);
    const std::string to = tx.quote_name(role);
    tx.exec0(absl::StrCat("GRANT USAGE ON SCHEMA ", in, " TO ", to));
    tx.exec0(absl::StrCat("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ", in, " TO ", to));
    tx.exec0(absl::StrCat("REVOKE INSERT, UPDATE, DELETE ON ", in, ".schema_migration FROM ", to));
    tx.commit();
    return absl::OkStatus();
  } catch (...) {
    return db::Classify().status;
  }
}

}  // namespace

absl::StatusOr<int> Migrate(const std::string& owner_dsn, const Schema& schema, const std::string& role) {
  ASSIGN_OR_RETURN(const std::string dsn, ServiceDsn(owner_dsn, schema));
  std::unique_ptr<pqxx::connection> connection;
  try {
    connection = std::make_unique<pqxx::connection>(dsn);
  } catch (...) {
    return db::Classify().status;
  }
  ASSIGN_OR_RETURN(const int applied, db::Migrate(*connection, schema.name, *schema.migrations));
  if (!role.empty()) RETURN_IF_ERROR(Grant(*connection, schema.name, role));
  return applied;
}

absl::StatusOr<std::string> ServiceDsn(const std::string& dsn, const Schema& schema) {
  return db::WithSettings(dsn,
                          {.application_name = absl::StrCat("zhenhui-", schema.name), .schema = schema.name});
}

}  // namespace zhenhui::service

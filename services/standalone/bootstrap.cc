#include "services/standalone/bootstrap.h"

#include <memory>
#include <pqxx/pqxx>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/auth/jwt.h"
#include "common/auth/keys.h"
#include "common/db/dsn.h"
#include "common/db/sql_error.h"
#include "common/log/log.h"
#include "common/process/secrets.h"
#include "common/service/hosted_service.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/activities/service.h"
#include "services/reporting/service.h"
#include "services/townships/service.h"

namespace zhenhui::standalone {
namespace {

namespace fs = std::filesystem;

std::string RoleOf(const service::Schema& schema) { return absl::StrCat("zhenhui_", schema.name); }

absl::StatusOr<std::string> DsnOf(const std::string& owner_dsn, RoleBy how, const service::Schema& schema) {
  if (how == RoleBy::kLogin) {
    ASSIGN_OR_RETURN(const std::string dsn, service::ServiceDsn(owner_dsn, schema));
    return db::WithKey(dsn, "user", RoleOf(schema));
  }
  return db::WithSettings(owner_dsn, {.application_name = absl::StrCat("zhenhui-", schema.name),
                                      .schema = schema.name,
                                      .role = RoleOf(schema)});
}

absl::Status MakeRoles(const std::string& owner_dsn, const std::vector<service::Schema>& schemas) {
  try {
    pqxx::connection connection(owner_dsn);
    pqxx::work tx(connection);
    // Two standalones over one database may start at once, and CREATE ROLE knows no IF NOT EXISTS.
    tx.exec("SELECT pg_advisory_xact_lock(hashtext('zhenhui roles'))");
    for (const service::Schema& schema : schemas) {
      const std::string role = RoleOf(schema);
      if (tx.exec(absl::StrCat("SELECT 1 FROM pg_roles WHERE rolname = ", tx.quote(role))).empty()) {
        tx.exec0(absl::StrCat("CREATE ROLE ", tx.quote_name(role), " LOGIN"));
      }
      if (tx.exec(absl::StrCat("SELECT 1 WHERE pg_has_role(", tx.quote(role), ", 'MEMBER')")).empty()) {
        tx.exec0(absl::StrCat("GRANT ", tx.quote_name(role), " TO CURRENT_USER"));
      }
    }
    tx.commit();
    return absl::OkStatus();
  } catch (...) {
    return db::Classify().status;
  }
}

absl::Status MakeKeyPair(const Keys& keys) {
  ASSIGN_OR_RETURN(const auth::KeyPair pair, auth::GenerateKeyPair());
  RETURN_IF_ERROR(auth::WriteSecretFile(keys.private_key, pair.private_pem));
  return auth::WriteSecretFile(keys.public_key, pair.public_pem);
}

absl::Status MakeAdminToken(const Keys& keys, absl::Time now) {
  ASSIGN_OR_RETURN(const auth::TokenSigner signer, auth::TokenSigner::Create(keys.private_pem));
  ASSIGN_OR_RETURN(const std::string token, signer.Sign({.subject = "administrator",
                                                         .role = auth::Role::kAdmin,
                                                         .scope = std::string(auth::kWholeCountry),
                                                         .expires = now + kAdminTokenLife},
                                                        now));
  return auth::WriteSecretFile(keys.admin_token, absl::StrCat(token, "\n"));
}

// Says in the log when the token has become useless; that is no reason not to serve.
void CheckAdminToken(const Keys& keys) {
  static const SystemClock clock;
  const auto token = process::ResolveSecret(absl::StrCat("@", keys.admin_token.string()));
  const auto verifier = auth::TokenVerifier::Create({keys.public_pem}, clock);
  if (!token.ok() || !verifier.ok()) return;
  const auto claims = (*verifier)->Verify(*token);
  if (claims.ok()) return;
  log::Warning(
      "the administrator's token is no longer valid: make a new one with `zhenhui token mint --key ...`",
      {{"token_file", keys.admin_token.string()}, {"reason", ReasonOf(claims.status())}});
}

}  // namespace

absl::StatusOr<ServiceDsns> DsnsOf(const std::string& owner_dsn, RoleBy how) {
  ServiceDsns dsns;
  ASSIGN_OR_RETURN(dsns.townships, DsnOf(owner_dsn, how, townships::TownshipsSchema()));
  ASSIGN_OR_RETURN(dsns.activities, DsnOf(owner_dsn, how, activities::ActivitiesSchema()));
  ASSIGN_OR_RETURN(dsns.reporting, DsnOf(owner_dsn, how, reporting::ReportingSchema()));
  return dsns;
}

absl::Status PrepareDatabase(const std::string& owner_dsn) {
  const std::vector<service::Schema> schemas = {townships::TownshipsSchema(), activities::ActivitiesSchema(),
                                                reporting::ReportingSchema()};
  ASSIGN_OR_RETURN(const std::string dsn,
                   db::WithSettings(owner_dsn, {.application_name = "zhenhui-standalone"}));
  RETURN_IF_ERROR(MakeRoles(dsn, schemas));
  for (const service::Schema& schema : schemas) {
    RETURN_IF_ERROR(service::Migrate(dsn, schema, RoleOf(schema)).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<Keys> LoadOrMakeKeys(const fs::path& folder, absl::Time now) {
  std::error_code error;
  if (!fs::exists(folder, error)) {
    fs::create_directories(folder, error);
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  Keys keys{.private_key = folder / "signing-key.pem",
            .public_key = folder / "public-key.pem",
            .admin_token = folder / "admin.token",
            .private_pem = {},
            .public_pem = {}};
  if (!fs::exists(keys.private_key, error)) RETURN_IF_ERROR(MakeKeyPair(keys));
  ASSIGN_OR_RETURN(keys.private_pem, process::ReadSmallFile(keys.private_key.string(), 64 << 10));
  // From the private key, which alone is the truth: a start may have been killed between the two files.
  ASSIGN_OR_RETURN(keys.public_pem, auth::PublicKeyOf(keys.private_pem));
  if (!fs::exists(keys.public_key, error))
    RETURN_IF_ERROR(auth::WriteSecretFile(keys.public_key, keys.public_pem));
  if (!fs::exists(keys.admin_token, error)) RETURN_IF_ERROR(MakeAdminToken(keys, now));
  CheckAdminToken(keys);
  return keys;
}

}  // namespace zhenhui::standalone

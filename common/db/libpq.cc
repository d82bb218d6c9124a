#include "common/db/libpq.h"

#include "common/log/log.h"

namespace zhenhui::db {
namespace {

// libpqxx hides its PGconn. Naming a private member in an explicit instantiation is allowed by the language
// ([temp.spec]/6), so this is the one legal door: the friend hands the member's pointer out.
using RawConnectionMember = pqxx::internal::pq::PGconn* (pqxx::connection_base::*)() const;
RawConnectionMember RawConnectionPointer();

template <RawConnectionMember kMember>
struct Door {
  friend RawConnectionMember RawConnectionPointer() { return kMember; }
};
template struct Door<&pqxx::connection_base::raw_connection>;

}  // namespace

PGconn* RawConnection(Tx& tx) { return (tx.conn().*RawConnectionPointer())(); }

void ThrowFailure(PGconn* connection, const PGresult* result, std::string_view query) {
  const char* sqlstate = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string message = result == nullptr ? PQerrorMessage(connection) : PQresultErrorMessage(result);
  if (sqlstate == nullptr) throw pqxx::broken_connection(message);
  throw pqxx::sql_error(message, std::string(query), sqlstate);
}

PgConnection Connect(const std::string& dsn, std::string_view purpose) {
  PgConnection connection(PQconnectdb(dsn.c_str()));
  if (PQstatus(connection.get()) == CONNECTION_OK) return connection;
  log::Warning("cannot connect to the database",
               {{"purpose", purpose}, {"error", PQerrorMessage(connection.get())}});
  return nullptr;
}

}  // namespace zhenhui::db

#pragma once
#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "common/db/statement.h"

// What libpqxx 6.4 has no public call for. Private to common/db: the includer needs libpq's headers.
namespace zhenhui::db {

struct PgConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using PgConnection = std::unique_ptr<PGconn, PgConnectionCloser>;

struct PgResultCloser {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, PgResultCloser>;

// The libpq connection below an open transaction.
PGconn* RawConnection(Tx& tx);

// Throws what libpqxx would have thrown for a failed `result` (or for a lost connection, when it is null).
[[noreturn]] void ThrowFailure(PGconn* connection, const PGresult* result, std::string_view query);

// Connects and logs a failure; null then. Blocks for connect_timeout at most.
PgConnection Connect(const std::string& dsn, std::string_view purpose);

}  // namespace zhenhui::db

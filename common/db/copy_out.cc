#include "common/db/copy_out.h"

#include <utility>

namespace zhenhui::db {

void FinishCopy(PGconn* connection, std::string_view what) {
  PgResult failure;
  while (PgResult result{PQgetResult(connection)}) {
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK && failure == nullptr) failure = std::move(result);
    if (PQstatus(connection) == CONNECTION_BAD) break;
  }
  if (failure != nullptr) ThrowFailure(connection, failure.get(), what);
  if (PQstatus(connection) == CONNECTION_BAD) ThrowFailure(connection, nullptr, what);
}

void DrainResults(PGconn* connection) {
  while (PgResult result{PQgetResult(connection)}) {
    if (PQresultStatus(result.get()) == PGRES_COPY_OUT) {
      char* message = nullptr;
      while (PQgetCopyData(connection, &message, 0) > 0) PQfreemem(message);
    }
    if (PQstatus(connection) == CONNECTION_BAD) return;
  }
}

CopyOut::CopyOut(Tx& tx, const std::string& sql) : connection_(RawConnection(tx)) { tx.exec(sql); }

CopyOut::~CopyOut() {
  FreeMessage();
  if (!open_) return;
  char error[256];
  if (PGcancel* cancel = PQgetCancel(connection_); cancel != nullptr) {
    PQcancel(cancel, error, sizeof(error));
    PQfreeCancel(cancel);
  }
  DrainResults(connection_);
}

void CopyOut::FreeMessage() {
  if (message_ != nullptr) PQfreemem(message_);
  message_ = nullptr;
}

bool CopyOut::Next(std::string_view& message) {
  if (!open_) return false;
  FreeMessage();
  const int length = PQgetCopyData(connection_, &message_, 0);
  if (length > 0) {
    message = std::string_view(message_, static_cast<size_t>(length));
    return true;
  }
  open_ = false;
  FinishCopy(connection_, "COPY TO STDOUT");
  return false;
}

}  // namespace zhenhui::db

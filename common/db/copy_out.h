#pragma once
#include <string_view>

#include "common/db/libpq.h"

// What the readers and the writer of COPY share. Private to common/db.
namespace zhenhui::db {

// Reads the results that end a COPY; throws the first failure.
void FinishCopy(PGconn* connection, std::string_view what);
// Ends a COPY whose outcome no longer matters, so that the connection can roll back.
void DrainResults(PGconn* connection);

// A COPY ... TO STDOUT that was begun: its messages one by one. Throws as CopyReader does. Not thread-safe.
class CopyOut {
 public:
  // Begins `sql`.
  CopyOut(Tx& tx, const std::string& sql);
  // Cancels the query if messages are left; the transaction can then only roll back.
  ~CopyOut();
  CopyOut(const CopyOut&) = delete;
  CopyOut& operator=(const CopyOut&) = delete;

  // False after the last message. `message` lives until the next call.
  bool Next(std::string_view& message);

 private:
  void FreeMessage();

  PGconn* const connection_;
  char* message_ = nullptr;  // owned by libpq
  bool open_ = true;
};

}  // namespace zhenhui::db

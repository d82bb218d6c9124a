#pragma once
#include <cstdint>
#include <memory>
#include <string_view>

#include "common/db/statement.h"

namespace zhenhui::db {

class CopyOut;

// COPY (query) TO STDOUT in PostgreSQL's binary format: for many rows that are mostly bytea, as nothing is
// turned into hex digits and back. Used, and throws, as CopyReader (copy.h).
//   BinaryCopyReader copy(tx, "SELECT revision, record FROM revision WHERE township_code = '630106101'");
//   while (copy.NextRow()) { const int64_t revision = copy.Int(); Use(copy.Bytes()); }
class BinaryCopyReader {
 public:
  // `query` is SQL text of ours; input goes through tx.quote(). It yields no NULL in a column that is read.
  BinaryCopyReader(Tx& tx, std::string_view query);
  // Cancels the query if rows are left; the transaction can then only roll back.
  ~BinaryCopyReader();
  BinaryCopyReader(const BinaryCopyReader&) = delete;
  BinaryCopyReader& operator=(const BinaryCopyReader&) = delete;

  // Moves to the next row; false after the last one.
  bool NextRow();

  // The next field, of type smallint, integer, bigint or date; a date as days since 2000-01-01.
  int64_t Int();
  // The next field, of type bytea or text. Valid until NextRow.
  std::string_view Bytes();

 private:
  std::unique_ptr<CopyOut> out_;
  std::string_view rest_;  // the fields that are not read yet
  int fields_ = 0;         // how many those are
  bool begun_ = false;
};

}  // namespace zhenhui::db

#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/db/statement.h"
#include "common/time/date.h"

// The fast way of many rows into and out of PostgreSQL. Both classes throw pqxx exceptions as the statements
// of a transaction do; nothing else may run in the transaction while one of them is open. Not thread-safe.
// Faster still, for reading bytea: binary_copy.h.
namespace zhenhui::db {

class CopyOut;

// COPY table (columns) FROM STDIN. Values are given in the order of the columns, EndRow after each row:
//   CopyWriter copy(tx, "revision", "township_code, revision, record");
//   copy.Text("630106101"); copy.Int(7); copy.Bytea(bytes); copy.EndRow();
//   const int64_t rows = copy.Finish();
class CopyWriter {
 public:
  // `table` and `columns` are SQL text of ours, never input.
  CopyWriter(Tx& tx, std::string_view table, std::string_view columns);
  // Aborts the COPY if Finish was not reached; the transaction can then only roll back.
  ~CopyWriter();
  CopyWriter(const CopyWriter&) = delete;
  CopyWriter& operator=(const CopyWriter&) = delete;

  // Valid UTF-8 without NUL; the caller has checked it at the border.
  void Text(std::string_view text);
  void Int(int64_t value);
  void Bytea(std::string_view bytes);
  void Bool(bool value);
  void Date(zhenhui::Date date);
  void Null();
  void EndRow();

  // Sends what is left and waits for the server's verdict. Returns the number of rows.
  int64_t Finish();

 private:
  void Separate();
  void Send();

  Tx& tx_;
  std::string buffer_;  // reused between sends
  int64_t rows_ = 0;
  bool row_open_ = false;
  bool open_ = true;
};

// COPY (query) TO STDOUT: rows arrive one by one, none is kept.
//   CopyReader copy(tx, "SELECT revision, record FROM revision WHERE township_code = '630106101' ORDER BY
//   revision"); while (copy.NextRow()) { const int64_t revision = copy.Int(); const std::string& record =
//   copy.Bytea(); }
// Fields are read from left to right, each once; a wrong type or too many reads throw pqxx::conversion_error.
class CopyReader {
 public:
  // `query` is SQL text of ours; input goes through tx.quote().
  CopyReader(Tx& tx, std::string_view query);
  // Cancels the query if rows are left; the transaction can then only roll back.
  ~CopyReader();
  CopyReader(const CopyReader&) = delete;
  CopyReader& operator=(const CopyReader&) = delete;

  // Moves to the next row; false after the last one.
  bool NextRow();

  // Whether the next field is NULL; it stays the next one, Skip it.
  bool IsNull() const;
  void Skip();
  int64_t Int();
  bool Bool();
  zhenhui::Date Date();
  // Valid until the next call of Text or Bytea respectively.
  const std::string& Text();
  const std::string& Bytea();

 private:
  std::string_view TakeRaw();

  std::unique_ptr<CopyOut> out_;
  std::string_view rest_;  // the fields that are not read yet
  bool has_field_ = false;
  std::string text_;
  std::string bytes_;
};

namespace internal {

// The text format's rules, apart from a connection so that they can be tested. Each appends to `out`.
void AppendEscaped(std::string_view text, std::string& out);
void AppendUnescaped(std::string_view raw, std::string& out);
void AppendHex(std::string_view bytes, std::string& out);
// False if `hex` is no even number of hex digits.
bool AppendFromHex(std::string_view hex, std::string& out);

}  // namespace internal

}  // namespace zhenhui::db

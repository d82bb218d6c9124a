#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Comma-separated files as spreadsheets write them (RFC 4180 and its usual variations).
namespace zhenhui::cli {

struct CsvRow {
  int64_t line = 0;                 // of its first character, from 1
  std::vector<std::string> fields;  // unquoted
  std::string_view raw;             // as it stands in the file, without its line end
  std::string error;                // empty, or the reason code QUOTE_MALFORMED
};

// Reads rows one after another. Fields may be quoted, with "" for a quote and line ends inside; lines end
// with LF, CRLF or CR; lines without any character are skipped. A quote inside an unquoted field is a plain
// character. Not thread-safe.
class CsvReader {
 public:
  // `text` is UTF-8 without a byte order mark and must outlive the reader and its rows.
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  // False at the end of the text. A malformed quote spoils its own row only: the row carries the error, and
  // reading goes on with the next line.
  bool Next(CsvRow* row);

 private:
  bool ReadField(std::string* field);
  bool ReadQuoted(std::string* field);
  void SkipLineEnd();
  bool AtLineEnd() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }

  std::string_view text_;
  char separator_;
  size_t at_ = 0;
  int64_t line_ = 1;
};

// ',', ';' or '\t': what occurs most in the first line outside quotes; ',' where they are equal.
// Excel's own "sep=;" in the first line decides by itself and is taken off the text.
char DetectSeparator(std::string_view* text);

// One row with its line end CRLF, quoted where needed.
std::string FormatCsvRow(const std::vector<std::string>& fields, char separator = ',');

}  // namespace zhenhui::cli

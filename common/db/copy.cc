#include "common/db/copy.h"

#include <charconv>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/db/copy_out.h"
#include "common/status/absl_view.h"

namespace zhenhui::db {
namespace {

// Large enough that a send costs little per row, small enough to stay in the cache.
constexpr size_t kSendBytes = 64 * 1024;

}  // namespace

CopyWriter::CopyWriter(Tx& tx, std::string_view table, std::string_view columns) : tx_(tx) {
  tx.exec(absl::StrCat("COPY ", Absl(table), " (", Absl(columns), ") FROM STDIN"));
  buffer_.reserve(kSendBytes + 4096);
}

CopyWriter::~CopyWriter() {
  if (!open_) return;
  PGconn* connection = RawConnection(tx_);
  PQputCopyEnd(connection, "abandoned by the client");
  DrainResults(connection);
}

void CopyWriter::Separate() {
  if (row_open_) buffer_.push_back('\t');
  row_open_ = true;
}

void CopyWriter::Text(std::string_view text) {
  Separate();
  internal::AppendEscaped(text, buffer_);
}

void CopyWriter::Int(int64_t value) {
  Separate();
  char digits[24];
  buffer_.append(digits, std::to_chars(digits, digits + sizeof(digits), value).ptr);
}

void CopyWriter::Bytea(std::string_view bytes) {
  Separate();
  buffer_.append("\\\\x");
  internal::AppendHex(bytes, buffer_);
}

void CopyWriter::Bool(bool value) {
  Separate();
  buffer_.push_back(value ? 't' : 'f');
}

void CopyWriter::Date(zhenhui::Date date) {
  Separate();
  buffer_.append(FormatDate(date));
}

void CopyWriter::Null() {
  Separate();
  buffer_.append("\\N");
}

void CopyWriter::EndRow() {
  buffer_.push_back('\n');
  row_open_ = false;
  ++rows_;
  if (buffer_.size() >= kSendBytes) Send();
}

void CopyWriter::Send() {
  PGconn* connection = RawConnection(tx_);
  if (!buffer_.empty() && PQputCopyData(connection, buffer_.data(), static_cast<int>(buffer_.size())) != 1) {
    ThrowFailure(connection, nullptr, "COPY FROM STDIN");
  }
  buffer_.clear();
}

int64_t CopyWriter::Finish() {
  Send();
  PGconn* connection = RawConnection(tx_);
  open_ = false;
  if (PQputCopyEnd(connection, nullptr) != 1) ThrowFailure(connection, nullptr, "COPY FROM STDIN");
  FinishCopy(connection, "COPY FROM STDIN");
  return rows_;
}

CopyReader::CopyReader(Tx& tx, std::string_view query)
    : out_(std::make_unique<CopyOut>(tx, absl::StrCat("COPY (", Absl(query), ") TO STDOUT"))) {}

CopyReader::~CopyReader() = default;

bool CopyReader::NextRow() {
  has_field_ = out_->Next(rest_);
  if (has_field_) rest_.remove_suffix(1);  // its newline
  return has_field_;
}

std::string_view CopyReader::TakeRaw() {
  if (!has_field_) throw pqxx::conversion_error("a COPY row has fewer fields than were read");
  const size_t tab = rest_.find('\t');
  const std::string_view field = rest_.substr(0, tab);
  has_field_ = tab != std::string_view::npos;
  rest_.remove_prefix(has_field_ ? tab + 1 : rest_.size());
  return field;
}

bool CopyReader::IsNull() const {
  return has_field_ && rest_.starts_with("\\N") && (rest_.size() == 2 || rest_[2] == '\t');
}

void CopyReader::Skip() { TakeRaw(); }

int64_t CopyReader::Int() {
  const std::string_view raw = TakeRaw();
  int64_t value = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (error != std::errc() || end != raw.data() + raw.size()) {
    throw pqxx::conversion_error("a COPY field is no integer");
  }
  return value;
}

bool CopyReader::Bool() {
  const std::string_view raw = TakeRaw();
  if (raw != "t" && raw != "f") throw pqxx::conversion_error("a COPY field is no boolean");
  return raw == "t";
}

zhenhui::Date CopyReader::Date() {
  const absl::StatusOr<zhenhui::Date> date = ParseDate(TakeRaw());
  if (!date.ok()) throw pqxx::conversion_error("a COPY field is no date");
  return *date;
}

const std::string& CopyReader::Text() {
  const std::string_view raw = TakeRaw();
  if (raw == "\\N") throw pqxx::conversion_error("a COPY field is NULL");
  text_.clear();
  internal::AppendUnescaped(raw, text_);
  return text_;
}

const std::string& CopyReader::Bytea() {
  std::string_view raw = TakeRaw();
  bytes_.clear();
  if (!raw.starts_with("\\\\x") || !internal::AppendFromHex(raw.substr(3), bytes_)) {
    throw pqxx::conversion_error("a COPY field is no bytea");
  }
  return bytes_;
}

}  // namespace zhenhui::db

#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/year_end/district_year.h"

// The lines of which certificates, signed figures and restatements are made (CERTIFICATE.md): fields parted
// by one space, ended by LF. There is exactly one way to write any content, so equal content has equal bytes.
namespace zhenhui::reporting {

// One line. Escapes each field: '\' is "\\", space "\_", any other byte below 0x20 and 0x7f "\xHH" in
// lower-case hex, the empty field "\e".
void AppendFields(std::string& text, std::initializer_list<std::string_view> fields);
void AppendFields(std::string& text, const std::vector<std::string>& fields);
// "figures <town> <metric> <state>:<value>:<denominator>:<unconfirmed> ..." with one group for each period.
void AppendFigures(std::string& text, std::string_view town, std::string_view metric,
                   const YearFigures& figures);
// "1:6:0:0".
std::string FigureField(const Figure& figure);
absl::StatusOr<Figure> ParseFigureField(std::string_view field);
// "2025-01-10T02:03:04Z".
std::string TimeField(absl::Time time);

// Reads such lines strictly, one after the other. INVALID_ARGUMENT, CERTIFICATE_INVALID, names the line.
class LineReader {
 public:
  // `text` outlives the reader.
  explicit LineReader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  // Bytes read so far.
  size_t position() const { return at_; }
  int line() const { return line_; }
  // Whether the next line's first field is `keyword`.
  bool NextIs(std::string_view keyword) const;
  // Reads the next line, which must begin with `keyword` and have exactly `count` fields behind it.
  absl::Status Read(std::string_view keyword, size_t count);

  // Fields of the line that was read, behind the keyword, from 0.
  const std::string& Text(size_t field) const { return fields_[field + 1]; }
  absl::StatusOr<int64_t> Number(size_t field, int64_t least, int64_t most) const;
  absl::StatusOr<absl::Time> Time(size_t field) const;
  // A digest; "none" is "" where that is allowed.
  absl::StatusOr<std::string> Digest(size_t field, bool or_none = false) const;
  absl::StatusOr<YearFigures> Figures(size_t first) const;
  // About the line that was read.
  absl::Status Wrong(std::string_view what) const;

 private:
  std::string_view text_;
  size_t at_ = 0;
  int line_ = 0;
  std::vector<std::string> fields_;
};

}  // namespace zhenhui::reporting

#include "clients/zhenhui/input/simple_csv.h"

#include <algorithm>

#include "clients/zhenhui/input/catalogue.h"
#include "clients/zhenhui/input/csv.h"
#include "clients/zhenhui/input/input_file.h"
#include "clients/zhenhui/input/normalise.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/text/encoding.h"
#include "common/text/utf8.h"

namespace zhenhui::cli {
namespace {

absl::Status Bad(const std::string& reason, const std::string& message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

using Columns = std::map<std::string, std::vector<std::string>>;

std::string NameOf(const std::string& heading, const Columns& columns) {
  const std::string folded = FoldName(heading);
  for (const auto& [name, headings] : columns) {
    if (folded == name || std::find(headings.begin(), headings.end(), folded) != headings.end()) return name;
  }
  return "";
}

// Each column's English name; "" for a column to ignore.
absl::StatusOr<std::vector<std::string>> MapHeadings(const std::string& path, const CsvRow& row,
                                                     const Columns& columns,
                                                     const std::vector<std::string>& required) {
  std::vector<std::string> names;
  std::string unknown;
  for (const std::string& heading : row.fields) {
    names.push_back(NameOf(heading, columns));
    const std::string folded = FoldName(heading);
    // Remarks for people; a file that uses one names it among its columns.
    const bool ignored = folded.empty() || folded == "错误" || folded == "error" || folded == "note" ||
                         folded == "备注" || folded == "说明";
    if (names.back().empty() && !ignored) unknown += (unknown.empty() ? "" : ", ") + heading;
  }
  if (!unknown.empty()) return Bad("UNKNOWN_COLUMNS", path + ": " + unknown);
  for (const std::string& name : required) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      return Bad("COLUMN_MISSING", path + ": " + name);
  }
  return names;
}

}  // namespace

const std::string& SimpleRow::operator[](const std::string& name) const {
  static const std::string kEmpty;
  const auto found = fields.find(name);
  return found == fields.end() ? kEmpty : found->second;
}

absl::StatusOr<std::vector<SimpleRow>> ReadSimpleCsv(const std::string& path, const Columns& columns,
                                                     const std::vector<std::string>& required) {
  ASSIGN_OR_RETURN(std::string bytes, ReadBytes(path));
  ASSIGN_OR_RETURN(const std::string decoded, DecodeText(std::move(bytes), Encoding::kAuto));
  std::string_view text = decoded;
  const char separator = DetectSeparator(&text);
  CsvReader reader(text, separator);
  CsvRow row;
  if (!reader.Next(&row)) return Bad("FILE_EMPTY", path);
  ASSIGN_OR_RETURN(const std::vector<std::string> names, MapHeadings(path, row, columns, required));
  std::vector<SimpleRow> rows;
  while (reader.Next(&row)) {
    if (!row.error.empty() || !IsValidUtf8(row.raw) || row.raw.find('\0') != std::string_view::npos ||
        row.fields.size() > names.size()) {
      return Bad("ROW_MALFORMED", path + ":" + std::to_string(row.line));
    }
    SimpleRow simple;
    simple.line = row.line;
    for (size_t i = 0; i < row.fields.size(); ++i) {
      const std::string field = Trim(row.fields[i]);
      if (!names[i].empty() && !field.empty()) simple.fields[names[i]] = field;
    }
    if (!simple.fields.empty()) rows.push_back(std::move(simple));
  }
  return rows;
}

}  // namespace zhenhui::cli

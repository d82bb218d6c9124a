#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

// Small CSV files with a fixed set of columns: townships, villages, populations, roster, confirmations.
namespace zhenhui::cli {

struct SimpleRow {
  int64_t line = 0;
  std::map<std::string, std::string>
      fields;  // by the column's English name; trimmed; empty ones are left out

  const std::string& operator[](const std::string& name) const;
};

// Columns by all their headings: {{"code", {"code", "代码"}}, ...}; case and width do not matter. Headings
// beyond them are UNKNOWN_COLUMNS; a required one that is missing is COLUMN_MISSING. Further errors: as
// ReadInputFile, and ROW_MALFORMED with the line for a row that is no valid text or whose quotes do not
// match.
absl::StatusOr<std::vector<SimpleRow>> ReadSimpleCsv(
    const std::string& path, const std::map<std::string, std::vector<std::string>>& columns,
    const std::vector<std::string>& required);

}  // namespace zhenhui::cli

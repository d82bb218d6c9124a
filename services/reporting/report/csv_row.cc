#include "services/reporting/report/csv_row.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {

std::string CsvText(std::string text) {
  text = OneLine(text);
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(",\"") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

void AppendCsvRow(std::string* csv, std::span<const std::string> cells, size_t columns) {
  size_t count = 0;
  for (const std::string& cell : cells) {
    absl::StrAppend(csv, count == 0 ? "" : ",", cell);
    ++count;
  }
  for (; count < columns; ++count) csv->push_back(',');
  csv->append("\r\n");
}

}  // namespace zhenhui::reporting::report

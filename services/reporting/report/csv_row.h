#pragma once
#include <span>
#include <string>

// Rows of a CSV file that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF.
namespace zhenhui::reporting::report {

inline constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

// A text as a cell: on one line, quoted where it must be. A name that begins like a formula does not become
// one.
std::string CsvText(std::string text);

// Cells that are ready, filled up with empty ones to `columns`.
void AppendCsvRow(std::string* csv, std::span<const std::string> cells, size_t columns);

}  // namespace zhenhui::reporting::report

#pragma once
#include <ostream>
#include <string>
#include <vector>

namespace zhenhui::cli {

enum class Align { kLeft, kRight };

// Rows for a person (aligned by display width, so that Chinese columns stand straight) or for a spreadsheet.
// Not thread-safe.
class Table {
 public:
  void AddColumn(std::string heading, Align align = Align::kLeft);
  // As many cells as columns; missing ones are empty.
  void AddRow(std::vector<std::string> cells);
  size_t rows() const { return rows_.size(); }

  // Line ends inside a cell become spaces, and the last column is not padded.
  void Print(std::ostream& out) const;
  // UTF-8 with a byte order mark, without which Excel shows nonsense; lines end with CRLF.
  void PrintCsv(std::ostream& out) const;

 private:
  std::vector<std::string> headings_;
  std::vector<Align> aligns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace zhenhui::cli

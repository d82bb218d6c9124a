#include "clients/zhenhui/output/table.h"

#include <algorithm>

#include "clients/zhenhui/input/csv.h"
#include "common/text/utf8.h"

namespace zhenhui::cli {
namespace {

// Control characters could move the cursor or hide text; a cell is one line.
std::string OneLine(std::string cell) {
  for (char& c : cell) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return cell;
}

}  // namespace

void Table::AddColumn(std::string heading, Align align) {
  headings_.push_back(std::move(heading));
  aligns_.push_back(align);
}

void Table::AddRow(std::vector<std::string> cells) {
  cells.resize(headings_.size());
  rows_.push_back(std::move(cells));
}

void Table::Print(std::ostream& out) const {
  std::vector<std::vector<std::string>> lines = {headings_};
  lines.insert(lines.end(), rows_.begin(), rows_.end());
  std::vector<size_t> widths(headings_.size(), 0);
  for (auto& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) {
      line[i] = OneLine(std::move(line[i]));
      widths[i] = std::max(widths[i], DisplayWidth(line[i]));
    }
  }
  for (size_t row = 0; row < lines.size(); ++row) {
    std::string text;
    for (size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) text += "  ";
      text += aligns_[i] == Align::kRight ? PadLeft(lines[row][i], widths[i])
                                          : PadRight(lines[row][i], widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out << text << '\n';
    if (row > 0) continue;
    for (size_t i = 0; i < widths.size(); ++i) out << (i > 0 ? "  " : "") << std::string(widths[i], '-');
    out << '\n';
  }
}

void Table::PrintCsv(std::ostream& out) const {
  out << "\xEF\xBB\xBF" << FormatCsvRow(headings_);
  for (const auto& row : rows_) out << FormatCsvRow(row);
}

}  // namespace zhenhui::cli

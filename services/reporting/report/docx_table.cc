#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "common/text/utf8.h"
#include "services/reporting/report/docx_body.h"

namespace zhenhui::reporting::report {
namespace {

// Twentieths of a point.
constexpr int kHalfHan = 90;     // half a Han character of 9 points
constexpr int kCellMargin = 60;  // at either side
constexpr int kNarrowestText = 8 * kHalfHan;
constexpr size_t kWidestText = 28;  // half characters; longer texts are wrapped
constexpr size_t kHeadingLines = 3;

// What a column wants to be: numbers are not wrapped, headings and texts may be.
int WantedWidth(const Table& table, size_t column) {
  size_t width = 0;
  for (const std::vector<std::string>& row : table.rows) width = std::max(width, DisplayWidth(row[column]));
  if (!table.columns[column].number) width = std::min(width, kWidestText);
  width = std::max(width, DisplayWidth(table.columns[column].heading) / kHeadingLines + 1);
  return static_cast<int>(width + 1) * kHalfHan + 2 * kCellMargin;
}

// As wide as the text in all: what is too much is taken from the texts, then from all.
std::vector<int> ColumnWidths(const Table& table) {
  std::vector<int> widths;
  int total = 0, texts = 0;
  for (size_t column = 0; column < table.columns.size(); ++column) {
    widths.push_back(WantedWidth(table, column));
    total += widths.back();
    if (!table.columns[column].number) texts += widths.back();
  }
  for (size_t column = 0; column < widths.size() && total > kTextWidth; ++column) {
    if (table.columns[column].number) continue;
    const int share = widths[column] - (total - kTextWidth) * widths[column] / texts;
    widths[column] = std::min(widths[column], std::max(share, kNarrowestText));
  }
  total = std::accumulate(widths.begin(), widths.end(), 0);
  for (int& width : widths) width = static_cast<int>(int64_t{width} * kTextWidth / total);
  return widths;
}

void AddBorders(pugi::xml_node properties) {
  pugi::xml_node borders = properties.append_child("w:tblBorders");
  for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
    pugi::xml_node border = borders.append_child(side);
    border.append_attribute("w:val") = "single";
    border.append_attribute("w:sz") = 4;
    border.append_attribute("w:space") = 0;
    border.append_attribute("w:color") = "auto";
  }
}

void AddTableProperties(pugi::xml_node element, const std::vector<int>& widths) {
  pugi::xml_node properties = element.append_child("w:tblPr");
  pugi::xml_node width = properties.append_child("w:tblW");
  width.append_attribute("w:w") = kTextWidth;
  width.append_attribute("w:type") = "dxa";
  properties.append_child("w:jc").append_attribute("w:val") = "center";
  AddBorders(properties);
  properties.append_child("w:tblLayout").append_attribute("w:type") = "fixed";
  pugi::xml_node margins = properties.append_child("w:tblCellMar");
  for (const char* side : {"w:left", "w:right"}) {
    pugi::xml_node margin = margins.append_child(side);
    margin.append_attribute("w:w") = kCellMargin;
    margin.append_attribute("w:type") = "dxa";
  }
  pugi::xml_node grid = element.append_child("w:tblGrid");
  for (const int column : widths) grid.append_child("w:gridCol").append_attribute("w:w") = column;
}

void AddCell(pugi::xml_node row, int width, const char* style, std::string_view text, const char* align,
             bool shaded) {
  pugi::xml_node cell = row.append_child("w:tc");
  pugi::xml_node properties = cell.append_child("w:tcPr");
  pugi::xml_node cell_width = properties.append_child("w:tcW");
  cell_width.append_attribute("w:w") = width;
  cell_width.append_attribute("w:type") = "dxa";
  if (shaded) {
    pugi::xml_node shade = properties.append_child("w:shd");
    shade.append_attribute("w:val") = "clear";
    shade.append_attribute("w:color") = "auto";
    shade.append_attribute("w:fill") = "F2F2F2";
  }
  properties.append_child("w:vAlign").append_attribute("w:val") = "center";
  pugi::xml_node paragraph = AddParagraph(cell, style);
  if (align != nullptr) paragraph.child("w:pPr").append_child("w:jc").append_attribute("w:val") = align;
  AddRun(paragraph, text);
}

pugi::xml_node AddRow(pugi::xml_node element, bool heading) {
  pugi::xml_node row = element.append_child("w:tr");
  pugi::xml_node properties = row.append_child("w:trPr");
  properties.append_child("w:cantSplit");
  if (heading) properties.append_child("w:tblHeader");
  return row;
}

}  // namespace

void AddDocxTable(pugi::xml_node body, const Table& table) {
  if (!table.caption.empty()) AddRun(AddParagraph(body, "TableCaption"), table.caption);
  const std::vector<int> widths = ColumnWidths(table);
  pugi::xml_node element = body.append_child("w:tbl");
  AddTableProperties(element, widths);
  pugi::xml_node heading = AddRow(element, true);
  for (size_t column = 0; column < widths.size(); ++column)
    AddCell(heading, widths[column], "TableHeading", table.columns[column].heading, nullptr, true);
  const size_t first_summary = table.rows.size() - static_cast<size_t>(table.summary_rows);
  for (size_t at = 0; at < table.rows.size(); ++at) {
    pugi::xml_node row = AddRow(element, false);
    for (size_t column = 0; column < widths.size(); ++column) {
      AddCell(row, widths[column], "TableText", table.rows[at][column],
              table.columns[column].number ? "right" : nullptr, at >= first_summary);
    }
  }
  AddRun(AddParagraph(body, "TableNote"), table.note);
}

}  // namespace zhenhui::reporting::report

#include "services/reporting/report/xlsx_sheet.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/text/utf8.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr size_t kMostDigits = 15;     // that a double holds exactly
constexpr size_t kWidestHeading = 16;  // longer ones are wrapped
constexpr size_t kMostPlaces = 6;
constexpr double kTallHeading = 32;
constexpr double kLineHeight = 16;
constexpr size_t kMostCellChars = 32'000;  // a cell holds 32,767

lxw_format* NewFormat(lxw_workbook* workbook, const char* font, double size) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_font_name(format, font);
  format_set_font_size(format, size);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  return format;
}

// Places behind the point if it is a decimal that a workbook holds exactly, else -1.
int PlacesOf(const std::string& text) {
  size_t digits = 0;
  int places = -1;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && places < 0 && digits > 0) {
      places = 0;
    } else if (text[i] >= '0' && text[i] <= '9') {
      ++digits;
      if (places >= 0) ++places;
    } else if (i > 0 || text[i] != '-') {
      return -1;
    }
  }
  if (digits == 0 || digits > kMostDigits) return -1;
  return std::max(places, 0);
}

// Cut between characters.
std::string CellText(const std::string& text) {
  std::string cell = OneLine(text);
  if (cell.size() <= kMostCellChars) return cell;
  size_t end = kMostCellChars;
  while (end > 0 && (static_cast<unsigned char>(cell[end]) & 0xC0) == 0x80) --end;
  return cell.substr(0, end) + "…";
}

}  // namespace

SheetFormats::SheetFormats(lxw_workbook* workbook)
    : heading(NewFormat(workbook, "黑体", 11)),
      title(NewFormat(workbook, "黑体", 16)),
      text(NewFormat(workbook, "宋体", 11)),
      wrapped(NewFormat(workbook, "宋体", 11)),
      warning(NewFormat(workbook, "黑体", 11)),
      missing(NewFormat(workbook, "宋体", 11)) {
  format_set_font_color(warning, 0xC00000);
  format_set_text_wrap(heading);
  format_set_align(heading, LXW_ALIGN_CENTER);
  format_set_bg_color(heading, 0xD9E2F3);
  format_set_border(heading, LXW_BORDER_THIN);
  format_set_text_wrap(wrapped);
  format_set_align(missing, LXW_ALIGN_RIGHT);
  format_set_font_color(missing, 0x7F7F7F);
  std::string pattern = "0";
  for (size_t places = 0; places <= kMostPlaces; ++places) {
    decimals.push_back(NewFormat(workbook, "Arial", 11));
    format_set_num_format(decimals.back(), pattern.c_str());
    pattern += places == 0 ? ".0" : "0";
  }
}

Sheet::Sheet(lxw_workbook* workbook, const SheetFormats& formats, const std::string& name)
    : sheet_(workbook_add_worksheet(workbook, name.c_str())), formats_(formats) {
  worksheet_set_paper(sheet_, 9);  // A4
  worksheet_set_landscape(sheet_);
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_set_footer(sheet_, "&C&A　第&P页，共&N页");
}

void Sheet::Heading(const std::vector<std::string>& names, int first_columns) {
  for (const std::string& name : names) {
    worksheet_write_string(sheet_, row_, column_, CellText(name).c_str(), formats_.heading);
    Measure(name, kWidestHeading);
    ++column_;
  }
  heading_row_ = row_;
  heading_columns_ = column_;
  worksheet_set_row(sheet_, row_, kTallHeading, nullptr);
  worksheet_repeat_rows(sheet_, row_, row_);
  worksheet_freeze_panes(sheet_, row_ + 1, static_cast<lxw_col_t>(first_columns));
  NextRow();
}

void Sheet::NextRow() {
  ++row_;
  column_ = 0;
}

void Sheet::Text(const std::string& text, size_t widest) {
  if (!text.empty()) worksheet_write_string(sheet_, row_, column_, CellText(text).c_str(), formats_.text);
  Measure(text, widest);
  ++column_;
}

void Sheet::Wrapped(const std::string& text) {
  if (!text.empty()) worksheet_write_string(sheet_, row_, column_, CellText(text).c_str(), formats_.wrapped);
  Measure(text, kWidestCell);
  ++column_;
}

void Sheet::Title(const std::string& text) {
  worksheet_write_string(sheet_, row_, column_, CellText(text).c_str(), formats_.title);
  worksheet_set_row(sheet_, row_, kTallHeading, nullptr);
  ++column_;
}

void Sheet::Warning(const std::string& text) {
  worksheet_write_string(sheet_, row_, column_, CellText(text).c_str(), formats_.warning);
  ++column_;
}

// The sheet is printed as wide as its widest row, so a long text must not run out of the table.
void Sheet::Paragraph(const std::string& text) {
  size_t width = 0;
  for (size_t column = 0; column < heading_columns_ && column < widths_.size(); ++column)
    width += widths_[column] + 1;
  if (heading_columns_ < 2 || width == 0) return Text(text);
  worksheet_merge_range(sheet_, row_, 0, row_, static_cast<lxw_col_t>(heading_columns_ - 1),
                        CellText(text).c_str(), formats_.wrapped);
  const size_t lines = DisplayWidth(text) / width + 1;
  worksheet_set_row(sheet_, row_, kLineHeight * static_cast<double>(lines), nullptr);
}

void Sheet::Number(const std::string& text) {
  const int places = PlacesOf(text);
  if (places >= 0 && static_cast<size_t>(places) <= kMostPlaces) {
    // A workbook has only doubles; with at most 15 digits they print the same decimal again.
    worksheet_write_number(sheet_, row_, column_, std::strtod(text.c_str(), nullptr),
                           formats_.decimals[static_cast<size_t>(places)]);
  } else if (!text.empty()) {
    worksheet_write_string(sheet_, row_, column_, CellText(text).c_str(), formats_.missing);
  }
  Measure(text, kWidestCell);
  ++column_;
}

void Sheet::Number(int64_t value) { Number(absl::StrCat(value)); }

void Sheet::FitOnePage() { worksheet_fit_to_pages(sheet_, 1, 1); }

void Sheet::Finish() {
  for (size_t column = 0; column < widths_.size(); ++column) {
    const auto at = static_cast<lxw_col_t>(column);
    worksheet_set_column(sheet_, at, at, static_cast<double>(widths_[column]) * 1.1 + 2, nullptr);
  }
  if (heading_columns_ > 0 && row_ > heading_row_ + 1) {
    worksheet_autofilter(sheet_, heading_row_, 0, row_ - 1, static_cast<lxw_col_t>(heading_columns_ - 1));
  }
}

void Sheet::Measure(const std::string& text, size_t most) {
  if (widths_.size() <= column_) widths_.resize(column_ + 1u, 4);
  widths_[column_] = std::max(widths_[column_], std::min(DisplayWidth(text), most));
}

}  // namespace zhenhui::reporting::report

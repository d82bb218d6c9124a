#pragma once
#include <xlsxwriter.h>

#include <cstdint>
#include <string>
#include <vector>

// A sheet of a workbook that is filled row by row.
namespace zhenhui::reporting::report {

inline constexpr size_t kWidestCell = 40;

// The cell formats of a workbook; made once for it, owned by it.
struct SheetFormats {
  explicit SheetFormats(lxw_workbook* workbook);

  lxw_format* heading;
  lxw_format* title;
  lxw_format* text;
  lxw_format* wrapped;
  lxw_format* warning;
  lxw_format* missing;                // "未报" and the like, where numbers stand
  std::vector<lxw_format*> decimals;  // a number with 0 to 6 places
};

class Sheet {
 public:
  // `name`: at most 31 characters, none of []:*?/\.
  Sheet(lxw_workbook* workbook, const SheetFormats& formats, const std::string& name);

  // The row above which the sheet is frozen when it is scrolled. `first_columns` stay too.
  void Heading(const std::vector<std::string>& names, int first_columns = 0);
  void NextRow();
  // `widest`: how much of it the column makes room for, in half characters; 0: none, it runs over its
  // neighbours.
  void Text(const std::string& text, size_t widest = kWidestCell);
  void Wrapped(const std::string& text);
  void Title(const std::string& text);
  void Warning(const std::string& text);
  // A row of its own below what Finish was called for: over all columns of the heading, and as high as it
  // needs.
  void Paragraph(const std::string& text);
  // A decimal such as "1234.50" becomes a number with as many places; what is none becomes text, set apart;
  // so does one of over 15 digits, which a workbook's numbers cannot hold.
  void Number(const std::string& text);
  void Number(int64_t value);
  void Skip() { ++column_; }

  // Prints all of it on one page instead of as many as its rows take.
  void FitOnePage();

  // Widths by what was written; an automatic filter on the heading. Call last.
  void Finish();

 private:
  void Measure(const std::string& text, size_t most);

  lxw_worksheet* sheet_;
  const SheetFormats& formats_;
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
  lxw_row_t heading_row_ = 0;
  lxw_col_t heading_columns_ = 0;
  std::vector<size_t> widths_;
};

}  // namespace zhenhui::reporting::report

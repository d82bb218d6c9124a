#pragma once
#include <span>
#include <string_view>

namespace zhenhui::reporting::report {

// A field of work, as the catalogue's `section` names it.
struct WorkSection {
  std::string_view letter;   // "A" to "H", "base"
  std::string_view name_zh;  // short: it names a sheet of the workbook
};

// In the order of print; "base" first.
std::span<const WorkSection> WorkSections();

}  // namespace zhenhui::reporting::report

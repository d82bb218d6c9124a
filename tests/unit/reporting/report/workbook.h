#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/reporting/report/report_fixture.h"

// What a reader sees of a workbook.
namespace zhenhui::testing {

// A cell as a reader sees it.
struct Cell {
  bool number = false;
  std::string text;
  friend bool operator==(const Cell&, const Cell&) = default;
};
using Rows = std::vector<std::map<std::string, Cell>>;  // by column letter

class Workbook {
 public:
  explicit Workbook(std::string bytes) : bytes_(std::move(bytes)) {
    pugi::xml_document strings, book;
    EXPECT_TRUE(strings.load_string(ZipPart(bytes_, "xl/sharedStrings.xml").c_str()));
    for (const pugi::xml_node item : strings.document_element().children("si"))
      strings_.emplace_back(item.child("t").text().get());
    EXPECT_TRUE(book.load_string(ZipPart(bytes_, "xl/workbook.xml").c_str()));
    for (const pugi::xml_node sheet : book.document_element().child("sheets").children())
      names_.emplace_back(sheet.attribute("name").value());
  }
  const std::vector<std::string>& names() const { return names_; }
  std::string Xml(const std::string& sheet) const {
    for (size_t i = 0; i < names_.size(); ++i)
      if (names_[i] == sheet)
        return ZipPart(bytes_, ("xl/worksheets/sheet" + std::to_string(i + 1) + ".xml").c_str());
    ADD_FAILURE() << "no sheet " << sheet;
    return "";
  }
  Rows Read(const std::string& sheet) const {
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(Xml(sheet).c_str()));
    Rows rows;
    for (const pugi::xml_node row : document.document_element().child("sheetData").children("row")) {
      auto& cells = rows.emplace_back();
      for (const pugi::xml_node cell : row.children("c")) {
        std::string column = cell.attribute("r").value();
        column.erase(column.find_first_of("0123456789"));
        const std::string value = cell.child("v").text().get();
        const bool text = std::string(cell.attribute("t").value()) == "s";
        cells[column] = {!text, text ? strings_.at(static_cast<size_t>(std::atoi(value.c_str()))) : value};
      }
    }
    return rows;
  }
  // The row whose cell of this column has this text.
  std::map<std::string, Cell> Find(const std::string& sheet, const std::string& column,
                                   const std::string& text) const {
    for (auto& row : Read(sheet))
      if (const auto at = row.find(column); at != row.end() && at->second.text == text) return row;
    ADD_FAILURE() << text << " is not in " << sheet;
    return {};
  }

 private:
  const std::string bytes_;
  std::vector<std::string> strings_, names_;
};

inline Cell NumberCell(const std::string& text) { return {true, text}; }
inline Cell TextCell(const std::string& text) { return {false, text}; }

}  // namespace zhenhui::testing

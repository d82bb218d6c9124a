#include "services/reporting/report/xlsx.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <pugixml.hpp>

#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::report::Format;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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

Cell NumberCell(const std::string& text) { return {true, text}; }
Cell TextCell(const std::string& text) { return {false, text}; }

TEST(XlsxTest, HasASheetForEachFieldOfWorkAndTheOthers) {
  const reporting::DistrictYear year = InventedYear();
  EXPECT_THAT(
      Workbook(Rendered(Format::kXlsx, TownInput(year))).names(),
      ElementsAre("概览", "基本情况", "组织领导", "学法用法", "法治宣传", "公共法律服务", "合法性审查",
                  "行政执法", "矛盾纠纷化解", "复议应诉和政务公开", "比较", "月度", "明细"));
  EXPECT_THAT(Workbook(Rendered(Format::kXlsx, DistrictInput(year))).names(), ::testing::SizeIs(12));
}

TEST(XlsxTest, EveryFigureIsANumberEqualToTheRecord) {
  const reporting::DistrictYear year = InventedYear();
  const Workbook book(Rendered(Format::kXlsx, TownInput(year)));
  std::map<std::string, std::map<std::string, Cell>> by_name;
  for (const std::string& sheet : book.names()) {
    if (sheet == "概览" || sheet == "比较" || sheet == "月度" || sheet == "明细") continue;
    for (auto& row : book.Read(sheet)) by_name[row["A"].text] = row;
  }
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    const reporting::YearMetric& of = year.metrics[metric];
    const Cell& cell = by_name[of.name.zh]["C"];
    EXPECT_TRUE(cell.number) << of.code;
    // A reader shows the double with the places of its format.
    char shown[64];
    const std::string recorded = PrintYearFigure(of, year.towns[0].figures[metric][0]);
    const size_t point = recorded.find('.');
    std::snprintf(shown, sizeof shown, "%.*f",
                  point == std::string::npos ? 0 : static_cast<int>(recorded.size() - point - 1),
                  std::strtod(cell.text.c_str(), nullptr));
    EXPECT_EQ(shown, recorded) << of.code;
  }
}

TEST(XlsxTest, WhatIsNotReportedIsTextAndZeroIsANumber) {
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", NotReported());
  SetFigure(&year, 0, "study_seminars", ConfirmedZero());
  const Workbook book(Rendered(Format::kXlsx, TownInput(year)));
  auto missing = book.Find("学法用法", "A", MetricOf(year, "law_lectures").name.zh);
  EXPECT_EQ(missing["C"], TextCell("未报"));
  auto zero = book.Find("学法用法", "A", MetricOf(year, "study_seminars").name.zh);
  EXPECT_EQ(zero["C"], NumberCell("0"));
  EXPECT_EQ(zero["D"], TextCell("已确认的零"));
}

TEST(XlsxTest, NumbersThatADoubleCannotHoldStayText) {
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", Value(9'007'199'254'740'993));
  auto row = Workbook(Rendered(Format::kXlsx, TownInput(year)))
                 .Find("学法用法", "A", MetricOf(year, "law_lectures").name.zh);
  EXPECT_EQ(row["C"], TextCell("9007199254740993"));
}

TEST(XlsxTest, HeadingIsFrozenAndColumnsHaveWidths) {
  const Workbook book(Rendered(Format::kXlsx, TownInput(InventedYear())));
  for (const std::string& sheet : book.names()) {
    const std::string xml = book.Xml(sheet);
    EXPECT_THAT(xml, HasSubstr("state=\"frozen\"")) << sheet;
    EXPECT_THAT(xml, HasSubstr("customWidth=\"1\"")) << sheet;
  }
}

TEST(XlsxTest, ComparisonRanksTheTowns) {
  reporting::DistrictYear year = InventedYear();
  year.metrics.front().core = true;
  for (const auto& [town, value] : {std::pair(0, 6), std::pair(1, 9), std::pair(2, 9)})
    SetFigure(&year, static_cast<size_t>(town), "law_lectures", Value(value));
  const std::string lectures = MetricOf(year, "law_lectures").name.zh;
  std::vector<std::string> ranks;
  for (auto& row : Workbook(Rendered(Format::kXlsx, DistrictInput(year))).Read("比较")) {
    if (row["B"].text == lectures)
      ranks.push_back(row["D"].text + row["E"].text + "/" + row["F"].text + row["G"].text);
  }
  EXPECT_THAT(ranks, ElementsAre("上新庄镇6/3", "鲁沙尔镇9/1并列", "群加藏族乡9/1并列"));
}

TEST(XlsxTest, ATownsComparisonHasNoOtherTownsFigures) {
  const reporting::DistrictYear year = InventedYear();
  for (auto& row : Workbook(Rendered(Format::kXlsx, TownInput(year))).Read("比较")) {
    EXPECT_NE(row["D"].text, "鲁沙尔镇");
  }
}

TEST(XlsxTest, RecordsBehindTheFiguresAreListed) {
  const reporting::DistrictYear year = InventedYear();
  reporting::report::ReportInput input = TownInput(year);
  input.records = {{.metric = "law_lectures",
                    .date = "2024-03-05",
                    .record = "townships/630106101/activities/a1",
                    .revision = 7,
                    .kind = "law_lecture",
                    .title = "=HYPERLINK(\"x\")",
                    .village = "630106101201",
                    .value = 1,
                    .denominator = 0}};
  input.records_cut = true;
  const Workbook book(Rendered(Format::kXlsx, input));
  auto row = book.Find("明细", "A", MetricOf(year, "law_lectures").name.zh);
  EXPECT_EQ(row["C"], TextCell("=HYPERLINK(\"x\")"));  // a title is never a formula
  EXPECT_EQ(row["F"], NumberCell("1"));
  EXPECT_EQ(row["I"], TextCell("townships/630106101/activities/a1"));
  book.Find("明细", "A", "只列出前1条，其余请在系统中查询。");
}

TEST(XlsxTest, SameInputMakesTheSameBytes) {
  const reporting::DistrictYear year = InventedYear();
  EXPECT_EQ(Rendered(Format::kXlsx, DistrictInput(year)), Rendered(Format::kXlsx, DistrictInput(year)));
}

}  // namespace
}  // namespace zhenhui::testing

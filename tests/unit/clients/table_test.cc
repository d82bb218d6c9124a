#include "clients/zhenhui/output/table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "clients/zhenhui/output/figures.h"
#include "clients/zhenhui/output/progress.h"
#include "common/text/utf8.h"

namespace zhenhui::cli {
namespace {

Table Towns() {
  Table table;
  table.AddColumn("乡镇");
  table.AddColumn("数值", Align::kRight);
  table.AddColumn("x");
  table.AddRow({"上新庄镇", "8", "a"});
  table.AddRow({"B", "1,234", "b"});
  return table;
}

TEST(TableTest, ChineseColumnsStandStraight) {
  std::ostringstream out;
  Towns().Print(out);
  EXPECT_EQ(out.str(),
            "乡镇       数值  x\n"
            "--------  -----  -\n"
            "上新庄镇      8  a\n"
            "B         1,234  b\n");
}

TEST(TableTest, ACellStaysOnOneLine) {
  Table table;
  table.AddColumn("a");
  table.AddRow({"two\nlines\x1b[2J"});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(), "a\n-------------\ntwo lines [2J\n");
}

TEST(TableTest, CsvBeginsWithAMarkForExcel) {
  std::ostringstream out;
  Towns().PrintCsv(out);
  EXPECT_EQ(out.str(), "\xEF\xBB\xBF乡镇,数值,x\r\n上新庄镇,8,a\r\nB,\"1,234\",b\r\n");
}

TEST(FiguresTest, TheFourStatesArePrintedApart) {
  reporting::v1::Figure figure;
  figure.set_decimal("43");
  figure.set_state(reporting::v1::FIGURE_STATE_VALUE);
  EXPECT_EQ(FigureText(figure, Language::kChinese), "43");
  figure.set_state(reporting::v1::FIGURE_STATE_CONFIRMED_ZERO);
  EXPECT_EQ(FigureText(figure, Language::kChinese), "0 已确认");
  EXPECT_EQ(FigureCsv(figure, Language::kChinese), "0");
  figure.set_state(reporting::v1::FIGURE_STATE_NOT_REPORTED);
  EXPECT_EQ(FigureText(figure, Language::kChinese), "未报");
  EXPECT_EQ(FigureStateCode(figure), "not_reported");
  figure.set_state(reporting::v1::FIGURE_STATE_NOT_APPLICABLE);
  EXPECT_EQ(FigureText(figure, Language::kEnglish), "n/a");
}

TEST(ProgressTest, DrawsOnlyWhenItMay) {
  std::ostringstream silent;
  { Progress(silent, false, 10).Set(5); }
  EXPECT_EQ(silent.str(), "");
  std::ostringstream drawn;
  { Progress(drawn, true, 10).Set(5); }
  EXPECT_NE(drawn.str().find("] 5/10"), std::string::npos);
}

}  // namespace
}  // namespace zhenhui::cli

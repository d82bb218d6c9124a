#include "clients/zhenhui/input/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zhenhui::cli {
namespace {

using ::testing::ElementsAre;

std::vector<CsvRow> ReadAll(std::string_view text, char separator = ',') {
  CsvReader reader(text, separator);
  std::vector<CsvRow> rows;
  for (CsvRow row; reader.Next(&row);) rows.push_back(row);
  return rows;
}

struct RowCase {
  const char* name;
  const char* text;
  std::vector<std::string> fields;
};

class CsvRowTest : public ::testing::TestWithParam<RowCase> {};

TEST_P(CsvRowTest, IsReadAsOneRow) {
  const std::vector<CsvRow> rows = ReadAll(GetParam().text);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].error, "");
  EXPECT_EQ(rows[0].fields, GetParam().fields);
}

INSTANTIATE_TEST_SUITE_P(EdgeCases, CsvRowTest,
                         ::testing::Values(RowCase{"plain", "a,b", {"a", "b"}},
                                           RowCase{"line_end", "a,b\r\n", {"a", "b"}},
                                           RowCase{"old_mac_line_end", "a,b\r", {"a", "b"}},
                                           RowCase{"empty_fields", ",,", {"", "", ""}},
                                           RowCase{"quoted_separator", "\"a,b\",c", {"a,b", "c"}},
                                           RowCase{"doubled_quote", "\"a\"\"b\"", {"a\"b"}},
                                           RowCase{"line_end_inside", "\"a\r\nb\",c\n", {"a\r\nb", "c"}},
                                           RowCase{"empty_quoted", "\"\"", {""}},
                                           RowCase{"quote_inside_plain", "a\"b,c", {"a\"b", "c"}},
                                           RowCase{"blank_lines_around", "\n\r\na\n\n", {"a"}},
                                           RowCase{"chinese", "示例，一,村", {"示例，一", "村"}}),
                         [](const auto& test) { return test.param.name; });

TEST(CsvTest, LineNumbersCountLinesInsideQuotesAndBlankLines) {
  const std::vector<CsvRow> rows = ReadAll("a\n\n\"x\ny\"\nb\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].line, 1);
  EXPECT_EQ(rows[1].line, 3);
  EXPECT_EQ(rows[2].line, 5);
}

TEST(CsvTest, AnOpenQuoteSpoilsItsOwnLineOnly) {
  const std::vector<CsvRow> rows = ReadAll("1,\"open\n2,fine\n3,\"also\" bad\n4,fine\n");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].error, "QUOTE_MALFORMED");
  EXPECT_EQ(rows[0].raw, "1,\"open");
  EXPECT_THAT(rows[1].fields, ElementsAre("2", "fine"));
  EXPECT_EQ(rows[2].error, "QUOTE_MALFORMED");
  EXPECT_EQ(rows[3].line, 4);
  EXPECT_THAT(rows[3].fields, ElementsAre("4", "fine"));
}

TEST(CsvTest, TheSeparatorIsWhatTheHeaderUsesMost) {
  const auto detect = [](std::string_view text) { return DetectSeparator(&text); };
  EXPECT_EQ(detect("a,b,c\n1;2;3;4;5"), ',');
  EXPECT_EQ(detect("a;b;c"), ';');
  EXPECT_EQ(detect("a\tb"), '\t');
  EXPECT_EQ(detect("\"a;b;c\",d"), ',');
  EXPECT_EQ(detect("only"), ',');
  std::string_view excel = "sep=;\r\na,b;c\r\n";
  EXPECT_EQ(DetectSeparator(&excel), ';');
  CsvReader reader(excel, ';');
  CsvRow row;
  ASSERT_TRUE(reader.Next(&row));
  EXPECT_THAT(row.fields, ElementsAre("a,b", "c"));
  EXPECT_EQ(row.line, 2);
}

TEST(CsvTest, WhatIsWrittenReadsBackTheSame) {
  const std::vector<std::string> fields = {"", "a,b", "say \"hi\"", "two\r\nlines", " space ", "示例"};
  const std::string text = FormatCsvRow(fields);
  const std::vector<CsvRow> rows = ReadAll(text);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].fields, fields);
  EXPECT_EQ(FormatCsvRow({""}), "\"\"\r\n");
}

}  // namespace
}  // namespace zhenhui::cli

#include "clients/zhenhui/input/input_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"
#include "tests/unit/clients/catalogue_fixture.h"

namespace zhenhui::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

class InputFileTest : public ::testing::Test {
 protected:
  absl::StatusOr<InputFile> Parse(const std::string& text, const std::string& path = "a.csv") {
    return ParseInput(path, text, ReadOptions(), {&catalogue_, &places_, default_township_});
  }
  // The reasons of the only record of a file.
  std::vector<std::string> Reasons(const std::string& text, const std::string& path = "a.csv") {
    const auto file = Parse(text, path);
    std::vector<std::string> reasons;
    if (!file.ok() || file->records.size() != 1) return {"NOT ONE RECORD"};
    for (const RecordError& error : file->records[0].errors) reasons.push_back(error.reason);
    return reasons;
  }

  const Catalogue catalogue_{TestKinds()};
  FakePlaces places_;
  std::string default_township_;
};

TEST_F(InputFileTest, ARowOfAChineseSpreadsheetIsUnderstood) {
  const auto file = Parse(
      "乡镇,类型,日期,村,标题,受众,渠道,参与单位,参加人次,次数\r\n"
      "上新庄镇,法治党课,2024/3/5,示例一村,〔示例〕讲座,村(居)民；学生,讲座,司法所、学校,４０,2\r\n");
  ASSERT_THAT(file, IsOk());
  ASSERT_EQ(file->records.size(), 1u);
  const InputRecord& record = file->records[0];
  EXPECT_THAT(record.errors, IsEmpty());
  EXPECT_EQ(record.township, "630106101");
  EXPECT_EQ(record.activity.kind(), "law_lecture");
  EXPECT_EQ(record.activity.date(), "2024-03-05");
  EXPECT_EQ(record.activity.village(), "630106101201");
  EXPECT_THAT(record.activity.audiences(), ElementsAre("villagers", "students"));
  EXPECT_THAT(record.activity.channels(), ElementsAre("lecture"));
  EXPECT_THAT(record.activity.partners(), ElementsAre("司法所", "学校"));
  EXPECT_EQ(record.activity.measures().at("attendances"), 40);
  EXPECT_EQ(record.activity.measures().at("occurrences"), 2);
  EXPECT_TRUE(record.derived_id);
}

TEST_F(InputFileTest, OtherWordsForAudiencesAndChannelsMeanTheSameRecord) {
  default_township_ = "630106101";
  const auto official = Parse("kind,date,受众,渠道\nmediation,2024-03-05,villagers;students,lecture\n");
  const auto other = Parse("kind,date,受众,渠道\nmediation,2024-03-05,村民、学生、村(居)民,授课\n");
  ASSERT_THAT(official, IsOk());
  ASSERT_THAT(other, IsOk());
  EXPECT_THAT(other->records[0].errors, IsEmpty());
  EXPECT_THAT(other->records[0].activity.audiences(), ElementsAre("villagers", "students"));
  EXPECT_THAT(other->records[0].activity.channels(), ElementsAre("lecture"));
  EXPECT_EQ(other->records[0].activity.name(), official->records[0].activity.name());
}

TEST_F(InputFileTest, WhatIsWrongWithARowIsTold) {
  default_township_ = "630106101";
  EXPECT_THAT(Reasons("kind,date\nfishing,2024-03-05\n"), ElementsAre("UNKNOWN_KIND"));
  EXPECT_THAT(Reasons("kind,date\n,2024-03-05\n"), ElementsAre("KIND_MISSING"));
  EXPECT_THAT(Reasons("kind,date\nmediation,3/5/2024\n"), ElementsAre("MALFORMED_DATE"));
  EXPECT_THAT(Reasons("kind,date,cases\nmediation,2024-03-05,40余\n"), ElementsAre("NOT_A_WHOLE_NUMBER"));
  EXPECT_THAT(Reasons("kind,date,audiences\nmediation,2024-03-05,火星人\n"), ElementsAre("UNKNOWN_AUDIENCE"));
  EXPECT_THAT(Reasons("kind,date,channels\nmediation,2024-03-05,梦\n"), ElementsAre("UNKNOWN_CHANNEL"));
  EXPECT_THAT(Reasons("kind,date,village\nmediation,2024-03-05,无名村\n"), ElementsAre("UNKNOWN_VILLAGE"));
  EXPECT_THAT(Reasons("kind,date,village\nmediation,2024-03-05,6.30106E+11\n"), ElementsAre("CODE_RUINED"));
  EXPECT_THAT(Reasons("kind,date,township\nmediation,2024-03-05,无名镇\n"), ElementsAre("UNKNOWN_TOWNSHIP"));
  EXPECT_THAT(Reasons("kind,date\nmediation,2024-03-05,extra\n"), ElementsAre("TOO_MANY_COLUMNS"));
  EXPECT_THAT(Reasons("kind,date\n\"mediation,2024-03-05\n"), ElementsAre("QUOTE_MALFORMED"));
  EXPECT_THAT(Reasons(std::string("kind,date\nmediation,2024-03-05\0\n", 32)), ElementsAre("NUL_BYTE"));
  EXPECT_THAT(Reasons("kind,日期,类型（必填）\n", "b.csv"), ElementsAre("NOT ONE RECORD"));
  default_township_ = "";
  EXPECT_THAT(Reasons("kind,date\nmediation,2024-03-05\n"), ElementsAre("TOWNSHIP_MISSING"));
}

TEST_F(InputFileTest, AllFaultsOfARowAreToldAtOnce) {
  EXPECT_THAT(Reasons("kind,date,cases\nfishing,never,many\n"),
              ElementsAre("NOT_A_WHOLE_NUMBER", "TOWNSHIP_MISSING", "UNKNOWN_KIND", "MALFORMED_DATE"));
}

TEST_F(InputFileTest, AFileThatCannotBeReadAsAWholeIsAnError) {
  EXPECT_THAT(Parse(""), HasReason("FILE_EMPTY"));
  EXPECT_THAT(Parse("PK\x03\x04", "三月.xlsx"), HasReason("FILE_IS_WORKBOOK"));
  EXPECT_NE(Parse("PK\x03\x04", "三月.xlsx").status().message().find("三月.xlsx"), absl::string_view::npos);
  EXPECT_THAT(Parse("kind,date,经办人\n"), HasReason("UNKNOWN_COLUMNS"));
  EXPECT_THAT(Parse("kind,date,类型\n"), HasReason("REPEATED_COLUMNS"));
  EXPECT_THAT(Parse("kind,title\n"), HasReason("COLUMN_MISSING"));
  EXPECT_THAT(Parse("上新庄镇三月活动台账,,\n类型,日期,标题\n"), HasReason("HEADER_MISSING"));
  EXPECT_THAT(Parse("45175\n"), HasReason("HEADER_MISSING"));
  places_.down = true;
  EXPECT_THAT(Parse("kind,date,township\nmediation,2024-03-05,上新庄镇\n"),
              zhenhui::testing::StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(InputFileTest, RowsOfNothingButSpacesAreSkipped) {
  default_township_ = "630106101";
  const auto file = Parse("kind,date\n,\n  ,　\nmediation,2024-03-05\n");
  ASSERT_THAT(file, IsOk());
  ASSERT_EQ(file->records.size(), 1u);
  EXPECT_EQ(file->records[0].line, 4);
}

TEST_F(InputFileTest, TheSameRowInCsvAndJsonHasTheSameId) {
  default_township_ = "630106101";
  const auto csv = Parse("类型,日期,件数,标题\n人民调解,2024年3月5日,3,调解\n");
  const auto json =
      Parse(R"({"kind":"mediation","date":"2024-03-05","measures":{"cases":"3"},"title":"调解","错误":"old"})"
            "\n",
            "a.ndjson");
  ASSERT_THAT(csv, IsOk());
  ASSERT_THAT(json, IsOk());
  ASSERT_THAT(json->records[0].errors, IsEmpty());
  EXPECT_EQ(csv->records[0].activity.name(), json->records[0].activity.name());
}

TEST_F(InputFileTest, JsonTakesFullNamesAndOwnIds) {
  const auto file = Parse(
      "{\"name\":\"townships/630106101/activities/a-1\",\"kind\":\"mediation\",\"date\":\"2024-03-05\"}\n\n"
      "{\"id\":\"a-2\",\"township\":\"上新庄镇\",\"kind\":\"mediation\",\"date\":\"2024-03-05\"}\n",
      "a.jsonl");
  ASSERT_THAT(file, IsOk());
  ASSERT_EQ(file->records.size(), 2u);
  for (const InputRecord& record : file->records) {
    EXPECT_THAT(record.errors, IsEmpty());
    EXPECT_EQ(record.township, "630106101");
  }
  EXPECT_EQ(file->records[0].activity.name(), "a-1");
  EXPECT_EQ(file->records[1].activity.name(), "a-2");
  EXPECT_EQ(file->records[1].line, 3);
}

TEST_F(InputFileTest, BrokenJsonIsRefusedByLine) {
  EXPECT_THAT(Reasons("{\"kind\":\n", "a.ndjson"), ElementsAre("JSON_MALFORMED"));
  EXPECT_THAT(Reasons("[1]\n", "a.ndjson"), ElementsAre("JSON_MALFORMED"));
  EXPECT_THAT(Reasons("{\"kindd\":\"mediation\"}\n", "a.ndjson"), ElementsAre("UNKNOWN_FIELD"));
  EXPECT_THAT(Reasons("{\"measures\":{\"cases\":1.5}}\n", "a.ndjson"), ElementsAre("JSON_MALFORMED"));
}

}  // namespace
}  // namespace zhenhui::cli

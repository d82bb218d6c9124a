#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/zhenhui/input/input_file.h"
#include "tests/testing/matchers.h"
#include "tests/unit/clients/catalogue_fixture.h"

namespace zhenhui::cli {
namespace {

using ::testing::HasSubstr;

class RejectsTest : public ::testing::Test {
 protected:
  InputFile Parse(const std::string& text, const std::string& path = "a.csv") {
    auto file = ParseInput(path, text, ReadOptions(), {&catalogue_, &places_, "630106101"});
    EXPECT_THAT(file, zhenhui::testing::IsOk());
    return file.ok() ? *std::move(file) : InputFile();
  }
  const Catalogue catalogue_{TestKinds()};
  FakePlaces places_;
};

TEST_F(RejectsTest, RowsKeepTheirOriginalColumnsAndSayWhy) {
  const InputFile file = Parse("类型;日期;标题\n人民调解;没有;\"a;b\"\n");
  EXPECT_EQ(FormatRejects(file, {{&file.records[0], "日期看不懂"}}),
            "\xEF\xBB\xBF类型;日期;标题;错误\r\n人民调解;没有;\"a;b\";日期看不懂\r\n");
}

TEST_F(RejectsTest, ARejectsFileReadsLikeTheFirstOne) {
  const InputFile first = Parse("kind,date,title\nmediation,2024-03-05,x\n");
  const InputFile again = Parse(FormatRejects(first, {{&first.records[0], "why"}}));
  ASSERT_EQ(again.records.size(), 1u);
  EXPECT_EQ(again.records[0].activity.name(), first.records[0].activity.name());
  // And once more: the column 错误 does not pile up.
  EXPECT_EQ(FormatRejects(again, {{&again.records[0], "why"}}),
            FormatRejects(first, {{&first.records[0], "why"}}));
}

TEST_F(RejectsTest, TheSecondOfTwoEqualRowsStaysTheSecond) {
  for (const char* path : {"a.csv", "a.ndjson"}) {
    const bool json = std::string(path) == "a.ndjson";
    const std::string row =
        json ? "{\"kind\":\"mediation\",\"date\":\"2024-03-05\"}\n" : "mediation,2024-03-05\n";
    const InputFile first = Parse((json ? "" : "kind,date\n") + row + row, path);
    ASSERT_EQ(first.records.size(), 2u);
    const InputFile again = Parse(FormatRejects(first, {{&first.records[1], "why"}}), path);
    ASSERT_EQ(again.records.size(), 1u);
    EXPECT_EQ(again.records[0].activity.name(), first.records[1].activity.name()) << path;
  }
}

TEST_F(RejectsTest, NothingOfARowIsLost) {
  const InputFile file = Parse("kind,date\nmediation,2024-03-05,extra\n\"open,2024-03-06\n");
  const std::string text = FormatRejects(file, {{&file.records[0], "why"}, {&file.records[1], "why"}});
  EXPECT_THAT(text, HasSubstr("mediation,2024-03-05,why,extra\r\n"));
  EXPECT_THAT(text, HasSubstr("\"\"\"open,2024-03-06\""));
}

}  // namespace
}  // namespace zhenhui::cli

#include "services/reporting/narrative/narrative.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/testing/matchers.h"
#include "tests/testing/reporting/docx_builder.h"

namespace zhenhui::reporting::narrative {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::DocxOf;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::WordParagraph;

std::vector<std::string> LinesOf(std::string_view bytes, Format format = Format::kDetect) {
  const auto narrative = ReadNarrative(bytes, format);
  if (!narrative.ok()) return {ReasonOf(narrative.status())};
  std::vector<std::string> lines;
  for (const checker::Paragraph& paragraph : narrative->document.paragraphs)
    lines.push_back((paragraph.heading ? "# " : "") + paragraph.text);
  return lines;
}

TEST(NarrativeTest, EveryUsualEncodingIsRead) {
  EXPECT_THAT(LinesOf("讲座6场\n"), ElementsAre("讲座6场"));
  EXPECT_THAT(LinesOf("\xEF\xBB\xBF讲座6场"), ElementsAre("讲座6场"));
  EXPECT_THAT(LinesOf("\xBD\xB2\xD7\xF9"
                      "6\xB3\xA1\r\n\xB6\xFE"),
              ElementsAre("讲座6场", "二"));
  EXPECT_THAT(LinesOf(std::string("\xFF\xFE\x36\x00\x3A\x57", 6)), ElementsAre("6场"));
  EXPECT_THAT(LinesOf(DocxOf(WordParagraph("讲座6场"))), ElementsAre("讲座6场"));
}

TEST(NarrativeTest, WhatIsNoTextIsRefused) {
  const struct {
    const char* what;
    std::string bytes;
    Format format;
    const char* reason;
  } cases[] = {
      {"nothing", "", Format::kDetect, "NARRATIVE_EMPTY"},
      {"a NUL", std::string("6\0场", 5), Format::kText, "NARRATIVE_DAMAGED"},
      {"UTF-8 with a damaged place", "开展法治讲座和宣传活动6\xFF场", Format::kText, "NARRATIVE_DAMAGED"},
      {"no encoding at all", "ab\xFF", Format::kText, "NARRATIVE_DAMAGED"},
      {"half a GB18030 character", "\xBD\xB2\xD7", Format::kText, "NARRATIVE_DAMAGED"},
      {"an old Word file", "\xD0\xCF\x11\xE0\xA1\xB1", Format::kDetect, "NARRATIVE_DAMAGED"},
      {"text that says it is Word", "讲座6场", Format::kDocx, "NARRATIVE_DAMAGED"},
      {"Word that says it is text", DocxOf(""), Format::kText, "NARRATIVE_DAMAGED"},
      {"too many bytes", std::string(kMaxFileBytes + 1, 'a'), Format::kDetect, "NARRATIVE_TOO_LARGE"},
      {"too many characters", std::string(kMaxCharacters + 1, 'a'), Format::kText, "NARRATIVE_TOO_LARGE"},
  };
  for (const auto& c : cases) EXPECT_THAT(ReadNarrative(c.bytes, c.format), HasReason(c.reason)) << c.what;
  EXPECT_THAT(ReadNarrative(std::string(kMaxCharacters, 'a'), Format::kText), IsOk());
}

TEST(NarrativeTest, CharactersAreCountedAndNotBytes) {
  EXPECT_EQ(ReadNarrative("讲座6场\n\n𠀀", Format::kText)->characters, 5u);
}

TEST(NarrativeTest, MarksOfMarkdownBecomeBlanksSoThatPlacesStay) {
  const struct {
    const char* line;
    const char* read;
  } cases[] = {
      {"## 一、成效", "#    一、成效"},
      {"开展**40余**场次", "开展  40余  场次"},
      {"* 讲座`6`场", "  讲座 6 场"},
      {"> 引文", "  引文"},
      {"3*5", "3*5"},
      {"#井号", "#井号"},
      {"12348热线|无", "12348热线|无"},
      {"- 讲座", "- 讲座"},
  };
  for (const auto& c : cases) EXPECT_THAT(LinesOf(c.line), ElementsAre(c.read)) << c.line;
}

TEST(NarrativeTest, ATableOfMarkdownReadsRowByRowOnItsLines) {
  EXPECT_THAT(LinesOf("前\n| 项目 | 数量 |\n|:---|---:|\n| 法治讲座 | 6 |\n后"),
              ElementsAre("前", "项目、数量", "", "法治讲座：6", "后"));
}

}  // namespace
}  // namespace zhenhui::reporting::narrative

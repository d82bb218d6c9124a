#include "services/reporting/narrative/docx.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "services/reporting/narrative/narrative.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/docx_builder.h"

namespace zhenhui::reporting::narrative {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using zhenhui::testing::DocxOf;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::StatusIs;
using zhenhui::testing::WordParagraph;
using zhenhui::testing::WordTable;
using zhenhui::testing::ZipOf;

std::vector<std::string> TextsOf(const std::string& body, const std::string& styles = "") {
  const auto document = ReadDocx(DocxOf(body, styles));
  if (!document.ok()) return {std::string(document.status().message())};
  std::vector<std::string> texts;
  for (const checker::Paragraph& paragraph : document->paragraphs)
    texts.push_back((paragraph.heading ? "# " : "") + paragraph.text);
  return texts;
}

TEST(DocxTest, TheTextIsWhatAReaderSees) {
  const struct {
    const char* what;
    const char* body;
    const char* text;
  } cases[] = {
      {"runs join", "<w:p><w:r><w:t>开展40</w:t></w:r><w:r><w:t>余场次</w:t></w:r></w:p>", "开展40余场次"},
      {"a blank between runs stays",
       "<w:p><w:r><w:t>a</w:t></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r></w:p>", "a "},
      {"deleted text is gone, inserted text is there",
       "<w:p><w:r><w:t>开展</w:t></w:r><w:del><w:r><w:delText>50</w:delText></w:r></w:del>"
       "<w:ins><w:r><w:t>43</w:t></w:r></w:ins><w:r><w:t>场</w:t></w:r></w:p>",
       "开展43场"},
      {"text moved away is gone",
       "<w:p><w:moveFrom><w:r><w:t>6场</w:t></w:r></w:moveFrom><w:r><w:t>无</w:t></w:r></w:p>", "无"},
      {"bookmarks and spelling marks say nothing",
       "<w:p><w:bookmarkStart w:id=\"0\" w:name=\"6\"/><w:r><w:t>6</w:t></w:r><w:bookmarkEnd "
       "w:id=\"0\"/><w:proofErr/>"
       "<w:r><w:t>场</w:t></w:r></w:p>",
       "6场"},
      {"a link's text, a field's result without its code",
       "<w:p><w:hyperlink><w:r><w:t>见</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE 99</w:instrText></w:r>"
       "<w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>",
       "见3"},
      {"hidden text is not seen",
       "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>99</w:t></w:r><w:r><w:t>1</w:t></w:r></w:p>", "1"},
      {"text that is not hidden after all",
       "<w:p><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>99</w:t></w:r></w:p>", "99"},
      {"tabs and hyphens", "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/></w:r></w:p>",
       "a\tb-"},
      {"a content control",
       "<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent><w:p><w:r><w:t>8次</w:t></w:r></w:p></"
       "w:sdtContent></w:sdt>",
       "8次"},
      {"entities of XML", "<w:p><w:r><w:t>&lt;6&gt; &amp; &#20849;</w:t></w:r></w:p>", "<6> & 共"},
      {"the picture's older form stands for the same",
       "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>1</w:t></mc:Choice><mc:Fallback><w:t>1</w:t></"
       "mc:Fallback>"
       "</mc:AlternateContent></w:r></w:p>",
       "1"},
  };
  for (const auto& c : cases) EXPECT_THAT(TextsOf(c.body), ElementsAre(c.text)) << c.what;
}

TEST(DocxTest, EachParagraphAndEachLineOfItStandsAlone) {
  EXPECT_THAT(
      TextsOf(WordParagraph("一") + "<w:p/>" + "<w:p><w:r><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p>"),
      ElementsAre("一", "", "二", "三"));
}

TEST(DocxTest, ATextBoxStandsBehindItsParagraph) {
  EXPECT_THAT(TextsOf("<w:p><w:r><w:pict><w:txbxContent>" + WordParagraph("框内6场") +
                      "</w:txbxContent></w:pict><w:t>正文</w:t></w:r></w:p>"),
              ElementsAre("正文", "框内6场"));
}

TEST(DocxTest, HeadingsAreKnownByStyleNameOutlineAndAncestor) {
  const std::string styles =
      "<w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>"
      "<w:style w:styleId=\"a\"><w:name w:val=\"大标题\"/><w:pPr><w:outlineLvl "
      "w:val=\"0\"/></w:pPr></w:style>"
      "<w:style w:styleId=\"b\"><w:name w:val=\"自定\"/><w:basedOn w:val=\"1\"/></w:style>"
      "<w:style w:styleId=\"n\"><w:name w:val=\"Normal\"/></w:style>"
      "<w:style w:styleId=\"x\"><w:name w:val=\"环\"/><w:basedOn w:val=\"x\"/></w:style>";
  const auto style = [](const std::string& id) { return "<w:pStyle w:val=\"" + id + "\"/>"; };
  EXPECT_THAT(TextsOf(WordParagraph("a", style("1")) + WordParagraph("b", style("a")) +
                          WordParagraph("c", style("b")) + WordParagraph("d", style("n")) +
                          WordParagraph("e", style("x")) + WordParagraph("f", "<w:outlineLvl w:val=\"2\"/>") +
                          WordParagraph("g", style("1") + "<w:outlineLvl w:val=\"9\"/>"),
                      styles),
              ElementsAre("# a", "# b", "# c", "d", "e", "# f", "g"));
}

TEST(DocxTest, RowsOfATableAreSentences) {
  EXPECT_THAT(TextsOf(WordTable({{"项目", "数量"}, {"法治讲座", "6"}, {"印发资料", "4160份"}})),
              ElementsAre("项目、数量", "法治讲座：6", "印发资料：4160份"));
}

TEST(DocxTest, AnyPrefixAndAnyNameOfTheMainPartWillDo) {
  const std::string zip = ZipOf(
      {{"_rels/.rels", "<R><Relationship Type=\"x/officeDocument\" Target=\"/word/document2.xml\"/></R>"},
       {"word/document2.xml",
        "<ns0:document><ns0:body><ns0:p><ns0:r><ns0:t>6场</ns0:t>"
        "</ns0:r></ns0:p></ns0:body></ns0:document>"}});
  const auto document = ReadDocx(zip);
  ASSERT_THAT(document, IsOk());
  ASSERT_EQ(document->paragraphs.size(), 1u);
  EXPECT_EQ(document->paragraphs[0].text, "6场");
}

TEST(DocxTest, WhatIsNoWordFileIsDamagedAndSaysWhat) {
  const std::string good = DocxOf(WordParagraph("6场"));
  std::string flipped = good;  // a byte of the packed text, which only the checksum knows
  const size_t name = flipped.find("word/document.xml");
  flipped[name + 40] = static_cast<char>(flipped[name + 40] ^ 0x55);
  const struct {
    const char* what;
    std::string bytes;
    const char* says;
  } cases[] = {
      {"no archive", "PK\x03\x04 and nothing", "damaged"},
      {"cut short", good.substr(0, good.size() / 2), "damaged"},
      {"a flipped byte", flipped, "word/document.xml"},
      {"a workbook", ZipOf({{"xl/workbook.xml", "<x/>"}}), "is it a Word file"},
      {"no XML", ZipOf({{"word/document.xml", "hello <"}}), "word/document.xml"},
      {"another root", ZipOf({{"word/document.xml", "<html/>"}}), "no body"},
      {"an empty part", ZipOf({{"word/document.xml", ""}}), "word/document.xml"},
      {"no UTF-8", DocxOf("<w:p><w:r><w:t>\xFF\xFE</w:t></w:r></w:p>"), "UTF-8"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ReadDocx(c.bytes), HasReason("NARRATIVE_DAMAGED")) << c.what;
    EXPECT_THAT(ReadDocx(c.bytes), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.says))) << c.what;
  }
}

TEST(DocxTest, WhateverIsDamagedGivesATextOrAReasonAndNothingElse) {
  const std::string good =
      DocxOf(WordParagraph("开展法治讲座6场") + WordTable({{"项目", "数量"}, {"印发资料", "4160份"}}));
  uint32_t random = 7;
  const auto draw = [&random](size_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 8) % below;
  };
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (size_t i = 0; i <= draw(4); ++i) bytes[draw(bytes.size())] = static_cast<char>(draw(256));
    if (draw(8) == 0) bytes.resize(draw(bytes.size()));
    const auto document = ReadDocx(bytes);
    if (document.ok()) continue;
    ++refused;
    const std::string reason = ReasonOf(document.status());
    EXPECT_TRUE(reason == "NARRATIVE_DAMAGED" || reason == "NARRATIVE_TOO_LARGE") << document.status();
  }
  EXPECT_GT(refused, 1000);
}

TEST(DocxTest, EntitiesOfItsOwnAreNeitherExpandedNorFetched) {
  const std::string zip =
      ZipOf({{"word/document.xml",
              "<!DOCTYPE d [<!ENTITY a \"6场\"><!ENTITY b SYSTEM \"file:///etc/hostname\"><!ENTITY c "
              "\"&a;&a;&a;\">]>"
              "<w:document><w:body><w:p><w:r><w:t>&c;&b;</w:t></w:r></w:p></w:body></w:document>"}});
  const auto document = ReadDocx(zip);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->paragraphs[0].text, "&c;&b;");
}

TEST(DocxTest, ElementsAreReadAsFarAsTheyMayNest) {
  const auto nested = [](const std::string& tag, int depth) {
    std::string open, close;
    for (int i = 0; i < depth; ++i) open += "<" + tag + ">", close += "</" + tag + ">";
    return open + WordParagraph("6场") + close;
  };
  EXPECT_THAT(TextsOf(nested("w:sdtContent", 300)), ElementsAre("6场"));
  for (const char* tag : {"w:sdtContent", "w:hyperlink", "w:tc"}) {
    const std::string body =
        std::string(tag) == "w:hyperlink" ? "<w:p>" + nested(tag, 1200) + "</w:p>" : nested(tag, 1200);
    EXPECT_THAT(ReadDocx(DocxOf(body)), HasReason("NARRATIVE_DAMAGED")) << tag;
  }
}

TEST(DocxTest, TablesInsideTablesAreReadAsFarAsPeopleNestThem) {
  const auto nested = [](int depth) {
    std::string body = WordParagraph("6场");
    for (int i = 0; i < depth; ++i) body = "<w:tbl><w:tr><w:tc>" + body + "</w:tc></w:tr></w:tbl>";
    return body;
  };
  EXPECT_THAT(TextsOf(nested(3)), ElementsAre("6场"));
  EXPECT_THAT(ReadDocx(DocxOf(nested(12))), HasReason("NARRATIVE_DAMAGED"));
}

TEST(DocxTest, TooManyElementsAreRefusedBeforeTheyTakeMemory) {
  std::string many = "<w:p>";
  uint32_t random = 1;  // of names, so that it does not pack like a bomb
  for (int i = 0; i < 3'100'000; ++i) {
    random = random * 1664525 + 1013904223;
    many += {'<', static_cast<char>('a' + (random >> 28)), '/', '>'};
  }
  EXPECT_THAT(ReadDocx(DocxOf(many + "</w:p>")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("too many elements")));
}

TEST(DocxTest, TooMuchTextIsRefusedWhereverItStands) {
  std::string text;  // of numbers, so that it does not pack like a bomb
  for (int i = 0; text.size() < 4 * kMaxCharacters; ++i) text += std::to_string(i * 7919);
  EXPECT_THAT(ReadDocx(DocxOf(WordParagraph(text + "1"))), HasReason("NARRATIVE_TOO_LARGE"));
  EXPECT_THAT(ReadDocx(DocxOf(WordTable({{text, text}}))), HasReason("NARRATIVE_TOO_LARGE"));
}

TEST(DocxTest, ADeletedRowIsGone) {
  EXPECT_THAT(
      TextsOf("<w:tbl><w:tr><w:tc>" + WordParagraph("项目") + "</w:tc><w:tc>" + WordParagraph("数量") +
              "</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + WordParagraph("法治讲座") +
              "</w:tc><w:tc>" + WordParagraph("9") + "</w:tc></w:tr></w:tbl>"),
      ElementsAre("项目、数量"));
}

}  // namespace
}  // namespace zhenhui::reporting::narrative

#include "services/reporting/report/docx.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <pugixml.hpp>

#include "services/reporting/report/zip_archive.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::report::Format;
using ::testing::HasSubstr;
using ::testing::Not;

class DocxTest : public ::testing::Test {
 protected:
  pugi::xml_node Part(const char* name) {
    EXPECT_TRUE(part_.load_string(ZipPart(docx_, name).c_str())) << name;
    return part_.document_element();
  }
  // An attribute of the first element that the XPath finds; empty if there is none.
  std::string Attribute(const char* part, const std::string& path, const char* attribute) {
    return Part(part).select_node(path.c_str()).node().attribute(attribute).value();
  }
  std::string Style(const std::string& id, const std::string& element, const char* attribute) {
    return Attribute("word/styles.xml", "/w:styles/w:style[@w:styleId='" + id + "']//" + element, attribute);
  }

  const reporting::DistrictYear year_ = InventedYear();
  const std::string docx_ = Rendered(Format::kDocx, TownInput(year_));
  pugi::xml_document part_;
};

// Twentieths of a point; 1 mm is 1440 / 25.4 of them.
int Millimetres(const std::string& twips) {
  return static_cast<int>((std::atoi(twips.c_str()) * 254 + 7200) / 14400);
}

TEST_F(DocxTest, PageIsA4WithTheMarginsOfTheStandard) {
  const auto millimetres = [this](const char* path, const char* attribute) {
    return Millimetres(Attribute("word/document.xml", path, attribute));
  };
  EXPECT_EQ(millimetres("//w:pgSz", "w:w"), 210);
  EXPECT_EQ(millimetres("//w:pgSz", "w:h"), 297);
  EXPECT_EQ(millimetres("//w:pgMar", "w:top"), 37);
  EXPECT_EQ(millimetres("//w:pgMar", "w:left"), 28);
  EXPECT_EQ(millimetres("//w:pgMar", "w:right"), 26);
  EXPECT_EQ(millimetres("//w:pgMar", "w:bottom"), 35);
}

struct StyleCase {
  const char* style;
  const char* font;  // empty: as Normal
  const char* half_points;
};

TEST_F(DocxTest, FontsAndSizesAreThoseOfTheStandard) {
  for (const StyleCase& expected :
       {StyleCase{"Normal", "仿宋_GB2312", "32"}, StyleCase{"Title", "方正小标宋简体", "44"},
        StyleCase{"Heading1", "黑体", "32"}, StyleCase{"Heading2", "楷体_GB2312", "32"},
        StyleCase{"Heading3", "仿宋_GB2312", "32"}, StyleCase{"PageNumber", "宋体", "28"}}) {
    EXPECT_EQ(Style(expected.style, "w:rFonts", "w:eastAsia"), expected.font) << expected.style;
    EXPECT_EQ(Style(expected.style, "w:sz", "w:val"), expected.half_points) << expected.style;
  }
}

TEST_F(DocxTest, EachFontNamesItsFallbacks) {
  for (const char* font : {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}) {
    const std::string path = std::string("/w:fonts/w:font[@w:name='") + font + "']/w:altName";
    EXPECT_THAT(Attribute("word/fontTable.xml", path, "w:val"), HasSubstr(",")) << font;
  }
}

TEST_F(DocxTest, BodyHasLinesOf28PointsAndIndentsTwoCharacters) {
  EXPECT_EQ(Style("Normal", "w:pPr/w:spacing", "w:line"), "560");
  EXPECT_EQ(Style("Normal", "w:pPr/w:spacing", "w:lineRule"), "exact");
  EXPECT_EQ(Style("ReportBody", "w:ind", "w:firstLineChars"), "200");
  EXPECT_EQ(Style("Title", "w:jc", "w:val"), "center");
  EXPECT_EQ(Style("ReportAddressee", "w:ind", "w:firstLineChars"), "");
  // 28 characters of 16 points, each as much closer as the style says, fit into 156 mm.
  const int narrower = std::atoi(Style("Normal", "w:rPr/w:spacing", "w:val").c_str());
  EXPECT_LE(28 * (320 + narrower), 11906 - 1588 - 1474);
  EXPECT_GT(29 * (320 + narrower), 11906 - 1588 - 1474);
}

TEST_F(DocxTest, ParagraphsHaveTheStylesOfTheirKind) {
  const pugi::xml_node body = Part("word/document.xml").child("w:body");
  std::map<std::string, int> styles;
  for (const pugi::xml_node paragraph : body.children("w:p"))
    ++styles[paragraph.child("w:pPr").child("w:pStyle").attribute("w:val").value()];
  EXPECT_EQ(styles["Title"], 2);
  EXPECT_EQ(styles["ReportAddressee"], 1);
  EXPECT_EQ(styles["Heading1"], 5);
  EXPECT_EQ(styles["Heading2"], 8);
  EXPECT_EQ(styles["ReportSignature"], 2);
  EXPECT_EQ(styles["ReportMark"], 4);
}

TEST_F(DocxTest, PageNumberStandsOutsideBetweenDashes) {
  EXPECT_EQ(Attribute("word/footer1.xml", "/w:ftr/w:p[1]/w:pPr/w:jc", "w:val"), "right");
  EXPECT_EQ(Attribute("word/footer2.xml", "/w:ftr/w:p[1]/w:pPr/w:jc", "w:val"), "left");
  EXPECT_THAT(ZipPart(docx_, "word/footer1.xml"),
              ::testing::AllOf(HasSubstr(">- </w:t>"), HasSubstr("PAGE"), HasSubstr("> -</w:t>")));
  EXPECT_THAT(ZipPart(docx_, "word/settings.xml"), HasSubstr("evenAndOddHeaders"));
}

TEST_F(DocxTest, EachPartIsNamedAndWellFormed) {
  const std::string types = ZipPart(docx_, "[Content_Types].xml");
  for (const char* part : {"word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml",
                           "word/header1.xml", "word/footer1.xml", "word/footer2.xml", "docProps/core.xml"}) {
    EXPECT_THAT(types, HasSubstr(std::string("/") + part));
    EXPECT_FALSE(Part(part).empty()) << part;
  }
  EXPECT_FALSE(Part("word/_rels/document.xml.rels").empty());
}

TEST_F(DocxTest, WhatTheAuthorHasToWriteIsMarked) {
  EXPECT_THAT(ZipPart(docx_, "word/document.xml"), HasSubstr("<w:highlight w:val=\"yellow\"/>"));
}

TEST_F(DocxTest, SameInputMakesTheSameBytesWhateverTheTimeZone) {
  setenv("TZ", "Asia/Shanghai", 1);
  tzset();
  const std::string there = Rendered(Format::kDocx, TownInput(year_));
  setenv("TZ", "America/New_York", 1);
  tzset();
  const std::string here = Rendered(Format::kDocx, TownInput(year_));
  unsetenv("TZ");
  tzset();
  EXPECT_EQ(there, docx_);
  EXPECT_EQ(here, docx_);
}

TEST_F(DocxTest, NoRelationOfAPageLeadsNowhere) {
  const std::string relations = ZipPart(docx_, "word/_rels/document.xml.rels");
  std::vector<std::string> ids;
  for (const pugi::xpath_node& reference : Part("word/document.xml").select_nodes("//*[@r:id]"))
    ids.push_back(reference.node().attribute("r:id").value());
  ASSERT_EQ(ids.size(), 4u);
  for (const std::string& id : ids) EXPECT_THAT(relations, HasSubstr("Id=\"" + id + "\""));
}

TEST(ZipTest, KeepsOrderAndContent) {
  const auto zip = reporting::report::WriteZip({{"b.txt", "second"}, {"a.txt", ""}});
  ASSERT_THAT(zip, IsOk());
  EXPECT_LT(zip->find("b.txt"), zip->find("a.txt"));
  EXPECT_EQ(ZipPart(*zip, "b.txt"), "second");
  EXPECT_EQ(ZipPart(*zip, "a.txt"), "");
}

TEST_F(DocxTest, SignatureAndDateStayTogetherBelowSomeText) {
  const reporting::DistrictYear year = InventedYear();
  pugi::xml_document document;
  ASSERT_TRUE(
      document.load_string(ZipPart(Rendered(Format::kDocx, TownInput(year)), "word/document.xml").c_str()));
  std::vector<pugi::xml_node> paragraphs;
  for (const pugi::xml_node paragraph : document.document_element().child("w:body").children("w:p"))
    paragraphs.push_back(paragraph);
  const auto style = [&](size_t i) {
    return std::string(paragraphs[i].child("w:pPr").child("w:pStyle").attribute("w:val").value());
  };
  const auto kept = [&](size_t i) { return !paragraphs[i].child("w:pPr").child("w:keepNext").empty(); };
  size_t first = 0;
  while (first < paragraphs.size() && style(first) != "ReportSignature") ++first;
  ASSERT_LT(first + 1, paragraphs.size());
  EXPECT_TRUE(kept(first - 2)) << "the last line of the text";
  EXPECT_TRUE(kept(first - 1)) << "the empty line";
  EXPECT_TRUE(kept(first)) << "whose it is";
  EXPECT_EQ(style(first + 1), "ReportSignature");
  EXPECT_FALSE(kept(first + 1)) << "the date";
}

}  // namespace
}  // namespace zhenhui::testing

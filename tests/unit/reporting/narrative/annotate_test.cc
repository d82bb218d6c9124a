#include "services/reporting/narrative/annotate.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace zhenhui::reporting::narrative {
namespace {

using checker::Finding;
using checker::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;

Finding FindingAt(size_t paragraph, const std::string& text, const std::string& quote, Verdict verdict) {
  Finding finding;
  finding.position.paragraph = paragraph;
  finding.position.begin_byte = text.find(quote);
  finding.position.end_byte = finding.position.begin_byte + quote.size();
  finding.quote = quote;
  finding.metric = "law_lectures";
  finding.verdict = verdict;
  finding.message_zh = "记录为6";
  finding.message_en = "6 are recorded";
  finding.suggestion_zh = "6场";
  return finding;
}

std::string PageOf(const std::vector<std::string>& texts, const std::vector<Finding>& findings) {
  checker::Document document;
  for (const std::string& text : texts) document.paragraphs.push_back({.text = text});
  return AnnotatedPage(document, findings,
                       {.town_name_zh = "示例<镇>",
                        .township = "630106101",
                        .year = 2024,
                        .as_of = {"截至今日", "as of today"},
                        .title =
                            [](std::string_view) {
                              return Bilingual{"法治讲座（场）", "Law lectures"};
                            },
                        .recorded = [](const Finding&) { return std::string("6"); }});
}

size_t CountOf(const std::string& page, const std::string& text) {
  size_t count = 0;
  for (size_t at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++count;
  return count;
}

TEST(AnnotateTest, AFigureHasItsMarkItsVerdictItsRecordAndItsSuggestion) {
  const std::string text = "举办法治讲座9场。";
  const std::string page = PageOf({text}, {FindingAt(0, text, "9场", Verdict::kOverstated)});
  EXPECT_THAT(page, HasSubstr("举办法治讲座<mark class=\"bad\" id=\"m1\" title=\"多报 / overstated\">9场<a "
                              "href=\"#n1\">↑1</a></mark>。"));
  EXPECT_THAT(page, HasSubstr("法治讲座（场）：记录 <b>6</b>"));
  EXPECT_THAT(page, HasSubstr("建议：6场"));
  EXPECT_THAT(page, HasSubstr("6 are recorded"));
}

TEST(AnnotateTest, TextOfTheNarrativeIsOnlyText) {
  const std::string text = "<script>alert('x')</script>\x01 & \"9场\"";
  Finding finding = FindingAt(0, text, "9场", Verdict::kMatch);
  finding.message_zh = "<b>";
  finding.suggestion_zh = "<img src=x>";
  const std::string page = PageOf({text}, {finding});
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\xEF\xBF\xBD &amp; &quot;"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("示例&lt;镇&gt;"));
}

TEST(AnnotateTest, ThePageStandsAlone) {
  const std::string page = PageOf({"无"}, {});
  for (const char* outside : {"<script", "src=", "url(", "@import", "http://", "https://", "<link"})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  EXPECT_THAT(page, HasSubstr("Content-Security-Policy"));
  EXPECT_THAT(page, HasSubstr("@media print"));
}

TEST(AnnotateTest, FindingsThatOverlapShareOneMarkInTheWorseColour) {
  const std::string text = "受理50件，成功60件。";
  const std::string page = PageOf({text}, {FindingAt(0, text, "60件", Verdict::kMatch),
                                           FindingAt(0, text, "60件", Verdict::kInconsistent),
                                           FindingAt(0, text, "成功60", Verdict::kUnlinked)});
  EXPECT_EQ(CountOf(page, "<mark"), 1u);
  EXPECT_EQ(CountOf(page, "</mark>"), 1u);
  EXPECT_THAT(page, HasSubstr("，<mark class=\"bad\""));
  EXPECT_THAT(page, HasSubstr(">成功60件<a"));
  EXPECT_EQ(CountOf(page, "<li class=\"note"), 3u);
}

TEST(AnnotateTest, EveryVerdictIsInTheLegendBySignAndByWord) {
  const std::string page = PageOf({"无"}, {});
  for (int i = 0; i < 12; ++i)
    EXPECT_THAT(page, HasSubstr(std::string(VerdictNameZh(static_cast<Verdict>(i))))) << i;
}

TEST(AnnotateTest, PlacesBeyondTheTextDoNotBreakThePage) {
  Finding finding = FindingAt(0, "9场", "9场", Verdict::kMatch);
  finding.position.end_byte = 999;
  EXPECT_THAT(PageOf({"9场"}, {finding}), HasSubstr(">9场<a"));
}

}  // namespace
}  // namespace zhenhui::reporting::narrative

#include "services/reporting/narrative/annotate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/html.h"
#include "services/reporting/narrative/page_style.h"

namespace zhenhui::reporting::narrative {
namespace {

using checker::Finding;
using checker::Verdict;

// How a verdict looks. The sign and the words tell it to who sees no colours.
struct Look {
  Verdict verdict;
  const char* sign;
  const char* style;
  const char* en;
  const char* meaning_zh;
  const char* meaning_en;
};

constexpr std::array<Look, 12> kLooks = {{
    {Verdict::kMatch, "✓", "ok", "match", "与记录一致", "the record says the same"},
    {Verdict::kApproximate, "≈", "ok", "approximate match", "记录在约数允许的范围内",
     "within what the wording allows"},
    {Verdict::kRounding, "≐", "warn", "rounding", "四舍五入后才一致", "agrees only after rounding"},
    {Verdict::kOverstated, "↑", "bad", "overstated", "文中多于记录", "the text says more than is recorded"},
    {Verdict::kUnderstated, "↓", "bad", "understated", "文中少于记录", "the text says less than is recorded"},
    {Verdict::kNoRecord, "∅", "bad", "no record", "没有记录", "nothing is recorded"},
    {Verdict::kAmbiguous, "?", "warn", "ambiguous metric", "可能指几个指标",
     "several metrics could be meant"},
    {Verdict::kUnitMismatch, "≁", "bad", "unit mismatch", "量词与指标不符", "the measure word does not fit"},
    {Verdict::kWrongPeriod, "◷", "bad", "wrong period", "是另一时期的数字", "a figure of another period"},
    {Verdict::kPlan, "→", "info", "plan, not result", "计划或规定，不是结果", "a plan or a rule, no result"},
    {Verdict::kInconsistent, "≠", "bad", "contradicts itself", "文中自相矛盾", "the text contradicts itself"},
    {Verdict::kUnlinked, "·", "info", "not kept", "没有对应指标", "no metric counts it"},
}};

const Look& LookOf(Verdict verdict) {
  const auto* found =
      std::find_if(kLooks.begin(), kLooks.end(), [&](const Look& l) { return l.verdict == verdict; });
  return found == kLooks.end() ? kLooks.back() : *found;
}

std::string Tag(const Look& look) {
  return absl::StrCat("<span class=\"tag ", look.style, "\">", look.sign, " ",
                      HtmlText(checker::VerdictNameZh(look.verdict)), "</span>");
}

// Which findings one mark stands for: those whose figures overlap in the text.
struct Mark {
  size_t begin = 0;  // bytes of the paragraph
  size_t end = 0;
  std::vector<size_t> findings;  // indexes
};

// The worse of the colours wins; within it the first.
const Look& WorstOf(const Mark& mark, const std::vector<Finding>& findings) {
  const auto badness = [](const Look& look) {
    return std::string_view(look.style) == "bad"    ? 3
           : std::string_view(look.style) == "warn" ? 2
                                                    : look.style[0] == 'o';
  };
  const Look* worst = &LookOf(findings[mark.findings[0]].verdict);
  for (const size_t i : mark.findings) {
    const Look& look = LookOf(findings[i].verdict);
    if (badness(look) > badness(*worst)) worst = &look;
  }
  return *worst;
}

class Page {
 public:
  Page(const checker::Document& document, const std::vector<Finding>& findings, const PageHead& head)
      : document_(document), findings_(findings), head_(head) {}

  std::string Write() {
    Head();
    Counts();
    Legend();
    for (size_t i = 0; i < document_.paragraphs.size(); ++i) Paragraph(i);
    html_ +=
        "<footer>由“镇汇”报告核对生成，仅供修改时参考；未列出的数字没有核对。<br>Made by the report checker "
        "of "
        "Zhenhui. Figures without a mark were not checked.</footer>\n</body></html>\n";
    return std::move(html_);
  }

 private:
  void Head() {
    const std::string title = absl::StrCat(HtmlText(head_.town_name_zh), head_.year, "年报告数据核对");
    absl::StrAppend(&html_, "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">",
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                    "'unsafe-inline'\"><title>",
                    title, "</title><style>", kPageStyle, "</style></head><body>\n<h1>", title, "</h1>\n");
    absl::StrAppend(&html_, "<p class=\"sub\">对照数据：", HtmlText(head_.as_of.zh),
                    "</p>\n<p class=\"sub\">Figures of ", HtmlText(head_.township), " in ", head_.year,
                    " checked against: ", HtmlText(head_.as_of.en), "</p>\n");
  }

  void Counts() {
    std::map<Verdict, int> counts;
    for (const Finding& finding : findings_) ++counts[finding.verdict];
    absl::StrAppend(&html_, "<ul class=\"counts\"><li class=\"info\">共 ", findings_.size(), " 处 / ",
                    findings_.size(), " in all</li>");
    for (const Look& look : kLooks) {
      if (counts[look.verdict] == 0) continue;
      absl::StrAppend(&html_, "<li class=\"", look.style, "\">", look.sign, " ",
                      HtmlText(checker::VerdictNameZh(look.verdict)), " ", counts[look.verdict], "</li>");
    }
    html_ += "</ul>\n";
  }

  void Legend() {
    html_ += "<details class=\"legend\" open><summary>图例 / Legend</summary><dl>";
    for (const Look& look : kLooks) {
      absl::StrAppend(&html_, "<div><dt>", Tag(look), "</dt><dd>", look.meaning_zh, " <span lang=\"en\">",
                      look.en, ": ", look.meaning_en, "</span></dd></div>");
    }
    html_ += "</dl></details>\n";
  }

  // The marks of a paragraph, in the order of its text.
  std::vector<Mark> MarksOf(size_t paragraph) const {
    const size_t length = document_.paragraphs[paragraph].text.size();
    std::vector<Mark> marks;
    for (size_t i = 0; i < findings_.size(); ++i) {
      const checker::Position& position = findings_[i].position;
      if (position.paragraph != paragraph) continue;
      marks.push_back({std::min(position.begin_byte, length), std::min(position.end_byte, length), {i}});
    }
    std::stable_sort(marks.begin(), marks.end(),
                     [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    std::vector<Mark> merged;
    for (const Mark& mark : marks) {
      const bool overlaps =
          !merged.empty() && (mark.begin < merged.back().end || mark.begin == merged.back().begin);
      if (!overlaps) {
        merged.push_back(mark);
        continue;
      }
      merged.back().end = std::max(merged.back().end, mark.end);
      merged.back().findings.push_back(mark.findings[0]);
    }
    return merged;
  }

  void Paragraph(size_t index) {
    const checker::Paragraph& paragraph = document_.paragraphs[index];
    const std::string_view text = paragraph.text;
    if (text.find_first_not_of(" \t") == std::string_view::npos) return;
    const size_t start = text.find_first_not_of(" \t");
    const std::vector<Mark> marks = MarksOf(index);
    absl::StrAppend(&html_, "<div class=\"row\"><", paragraph.heading ? "h2>" : "p>");
    size_t at = marks.empty() ? start : std::min(start, marks[0].begin);
    for (const Mark& mark : marks) {
      AppendHtmlText(text.substr(at, mark.begin - at), html_);
      OpenMark(mark, text.substr(mark.begin, mark.end - mark.begin));
      at = mark.end;
    }
    AppendHtmlText(text.substr(at), html_);
    html_ += paragraph.heading ? "</h2>" : "</p>";
    html_ += marks.empty() ? "<div></div></div>\n" : "<ol class=\"notes\">";
    if (marks.empty()) return;
    for (const Mark& mark : marks)
      for (const size_t i : mark.findings) Note(i);
    html_ += "</ol></div>\n";
  }

  void OpenMark(const Mark& mark, std::string_view quote) {
    const Look& look = WorstOf(mark, findings_);
    absl::StrAppend(&html_, "<mark class=\"", look.style, "\" id=\"m", mark.findings[0] + 1, "\" title=\"",
                    HtmlText(checker::VerdictNameZh(look.verdict)), " / ", look.en, "\">");
    AppendHtmlText(quote, html_);
    for (const size_t i : mark.findings)
      absl::StrAppend(&html_, "<a href=\"#n", i + 1, "\">", LookOf(findings_[i].verdict).sign, i + 1, "</a>");
    html_ += "</mark>";
  }

  // The metric, or those that could be meant.
  Bilingual MetricText(const Finding& finding) const {
    if (!finding.metric.empty()) return head_.title(finding.metric);
    std::vector<std::string> zh, en;
    for (const checker::Candidate& candidate : finding.candidates) {
      const Bilingual title = head_.title(candidate.metric);
      const std::string value = candidate.value ? " " + checker::PrintRational(*candidate.value) : "";
      zh.push_back(title.zh + value);
      en.push_back(title.en + value);
    }
    return {absl::StrJoin(zh, "；"), absl::StrJoin(en, "; ")};
  }

  void Note(size_t index) {
    const Finding& finding = findings_[index];
    const Look& look = LookOf(finding.verdict);
    const Bilingual metric = MetricText(finding);
    const std::string recorded = head_.recorded(finding);
    absl::StrAppend(&html_, "<li class=\"note ", look.style, "\" id=\"n", index + 1, "\"><p><a href=\"#m",
                    index + 1, "\">", index + 1, "</a> ", Tag(look), " “", HtmlText(finding.quote), "”</p>");
    if (!metric.zh.empty())
      absl::StrAppend(&html_, "<p>", HtmlText(metric.zh), recorded.empty() ? "" : "：记录 ",
                      recorded.empty() ? "" : "<b>" + HtmlText(recorded) + "</b>", "</p>");
    // That it agrees is said by the tag; what needs nothing done takes as little room as it can.
    if (finding.verdict == Verdict::kMatch && !finding.metric.empty()) {
      absl::StrAppend(&html_, "<p class=\"en\" lang=\"en\">", HtmlText(metric.en), "</p></li>");
      return;
    }
    absl::StrAppend(&html_, "<p>", HtmlText(finding.message_zh), "</p>");
    if (!finding.suggestion_zh.empty())
      absl::StrAppend(&html_, "<p class=\"fix\">建议：", HtmlText(finding.suggestion_zh), "</p>");
    absl::StrAppend(&html_, "<p class=\"en\" lang=\"en\">", HtmlText(finding.message_en), "</p></li>");
  }

  const checker::Document& document_;
  const std::vector<Finding>& findings_;
  const PageHead& head_;
  std::string html_;
};

}  // namespace

std::string AnnotatedPage(const checker::Document& document, const std::vector<Finding>& findings,
                          const PageHead& head) {
  return Page(document, findings, head).Write();
}

}  // namespace zhenhui::reporting::narrative

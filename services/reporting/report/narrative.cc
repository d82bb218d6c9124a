#include "services/reporting/report/narrative.h"

#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/absl_view.h"
#include "services/reporting/report/report_alarms.h"
#include "services/reporting/report/sections.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/tables.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

using Dictionary = ctemplate::TemplateDictionary;
using Phrases = std::vector<std::string>;

class NarrativeWriter {
 public:
  NarrativeWriter(const ReportInput& input, const Templates& templates)
      : input_(input), templates_(templates), subject_(input), dictionary_("report") {}

  std::string Expand() {
    AddWhole();
    AddCompleteness();
    AddAlarms();
    for (size_t metric = 0; metric < year().metrics.size(); ++metric) AddMetric(metric);
    int ordinal = 0;
    for (const WorkSection& section : WorkSections()) AddSection(section, &ordinal);
    return templates_.Expand(subject_.town() != nullptr ? kTownTemplate : kDistrictTemplate, dictionary_);
  }

 private:
  const DistrictYear& year() const { return *input_.year; }
  void Set(const char* name, const std::string& value) { dictionary_.SetValue(name, value); }
  void Choose(bool condition, const char* yes, const char* no) {
    dictionary_.ShowSection(condition ? yes : no);
  }

  void AddWhole() {
    const std::string district = OneLine(year().name_zh);
    Set("NAME", subject_.name());
    Set("TOWN", subject_.name());
    Set("DISTRICT", district);
    // The office is named after what the place is: 依法治区, 依法治县.
    constexpr size_t kHanBytes = 3;
    Set("LEVEL", district.size() > kHanBytes ? district.substr(district.size() - kHanBytes) : "区");
    Set("YEAR", absl::StrCat(year().year));
    Set("NEXT_YEAR", absl::StrCat(year().year + 1));
    Set("CUT_OFF", ChineseDate(input_.cut_off));
    Set("PERIOD_END", ChineseDate(YearPeriod(year().year, 0).end));
    Set("TOWNS", absl::StrCat(year().towns.size()));
    Set("DIGEST", input_.certificate_digest);
    Set("CLOSE_COUNT", absl::StrCat(input_.generation));
    Set("REVISIONS", absl::StrJoin(ProvenanceLines(input_), "；"));
    Choose(input_.draft(), "DRAFT", "CLOSED");
    Choose(!district.empty(), "HAS_DISTRICT", "NO_DISTRICT");
    Choose(subject_.town() != nullptr, "TOWN_REPORT", "DISTRICT_REPORT");
    Choose(input_.last_year != nullptr, "HAS_LAST_YEAR", "NO_LAST_YEAR");
  }

  void AddCompleteness() {
    Phrases incomplete;
    for (size_t town = 0; town < year().towns.size(); ++town) {
      if (subject_.town_index() && *subject_.town_index() != town) continue;
      const std::string months = UnconfirmedMonths(year(), town);
      if (months.empty()) continue;
      incomplete.push_back(subject_.town() != nullptr
                               ? months
                               : absl::StrCat(OneLine(year().towns[town].name_zh), "（", months, "）"));
    }
    if (incomplete.empty()) return dictionary_.ShowSection("COMPLETE");
    dictionary_.AddSectionDictionary("INCOMPLETE")->SetValue("MONTHS", absl::StrJoin(incomplete, "，"));
  }

  void AddAlarms() {
    const std::vector<ReportAlarm> alarms = AlarmsOfReport(input_);
    if (alarms.empty()) return;
    const auto explained = std::count_if(alarms.begin(), alarms.end(),
                                         [](const ReportAlarm& alarm) { return !alarm.explanation.empty(); });
    const auto missing = static_cast<std::ptrdiff_t>(alarms.size()) - explained;
    Dictionary* section = dictionary_.AddSectionDictionary("ALARMS");
    section->SetValue("COUNT", absl::StrCat(alarms.size()));
    section->SetValue("EXPLAINED", absl::StrCat(explained));
    section->SetValue("UNEXPLAINED", absl::StrCat(missing));
    if (missing > 0) section->ShowSection("SOME_UNEXPLAINED");
  }

  // A figure that a sentence can state. A rate of 0 is one; no case at all is said with the zeros.
  bool Stated(size_t metric, const Figure& figure) const {
    return figure.has_value() && (year().metrics[metric].type == MetricType::kRatio || figure.value != 0);
  }

  // "（同比上升12.50%，2个乡镇未报）"
  std::string NoteOn(size_t metric, const Figure& figure) const {
    Phrases notes;
    if (const std::optional<Figure> before = subject_.before(metric)) {
      const std::string change = ChangeWords(year().metrics[metric], figure, *before);
      if (!change.empty()) notes.push_back(change);
    }
    if (const int missing = subject_.unreported_towns(metric); missing > 0) {
      notes.push_back(absl::StrCat(missing, "个乡镇（街道）未报"));
    }
    return notes.empty() ? "" : absl::StrCat("（", absl::StrJoin(notes, "，"), "）");
  }

  void AddMetric(size_t metric) {
    const Figure figure = subject_.figure(metric);
    if (!Stated(metric, figure)) return;
    const YearMetric& of = year().metrics[metric];
    Dictionary* section = dictionary_.AddSectionDictionary(of.code);
    section->SetValue("FIGURE", FigureWithUnit(of, figure));
    section->SetValue("NOTE", NoteOn(metric, figure));
    section->SetValue("METRIC", OneLine(of.name.zh));
  }

  static void AddList(Dictionary* section, const char* name, const Phrases& phrases) {
    if (!phrases.empty()) section->AddSectionDictionary(name)->SetValue("LIST", absl::StrJoin(phrases, "、"));
  }

  void AddSection(const WorkSection& work, int* ordinal) {
    Phrases others, zeros, unreported;
    bool known = false, any = false, empty = true;
    for (const size_t metric : MetricsOfSection(year(), templates_, work.letter)) {
      const YearMetric& of = year().metrics[metric];
      const Figure figure = subject_.figure(metric);
      const std::string name = OneLine(of.name.zh);
      known = true;
      empty = empty && !figure.has_value();
      if (Stated(metric, figure)) {
        any = any || templates_.Names(of.code);
        if (!templates_.Names(of.code))
          others.push_back(absl::StrCat(name, FigureWithUnit(of, figure), NoteOn(metric, figure)));
      } else if (of.core && figure.has_value()) {
        zeros.push_back(absl::StrCat(name, FigureWithUnit(of, figure), NoteOn(metric, figure)));
      } else if (of.core && figure.state == FigureState::kNotReported) {
        unreported.push_back(name);
      }
    }
    if (!known) return;
    Dictionary* section = dictionary_.AddSectionDictionary(absl::StrCat("SECTION_", Absl(work.letter)));
    if (work.letter != "base")
      section->SetValue("ORDINAL", absl::StrCat("（", ChineseOrdinal(++*ordinal), "）"));
    if (any) section->ShowSection("ANY");
    if (empty) section->ShowSection("EMPTY");
    AddList(section, "OTHERS", others);
    AddList(section, "ZEROS", zeros);
    AddList(section, "UNREPORTED", unreported);
  }

  const ReportInput& input_;
  const Templates& templates_;
  const Subject subject_;
  Dictionary dictionary_;
};

std::string RevisionsOf(const TownYear& town) {
  return absl::StrCat("活动 r", town.revisions[Feed::kActivities], "，名录 r",
                      town.revisions[Feed::kTownships]);
}

}  // namespace

std::vector<Block> WriteNarrative(const ReportInput& input, const Templates& templates) {
  std::vector<Block> blocks =
      ParseDocument(NarrativeWriter(input, templates).Expand(), ReportTables(input, templates));
  for (std::string& line : ProvenanceLines(input)) blocks.push_back({BlockKind::kNote, std::move(line), {}});
  return blocks;
}

std::vector<std::string> ProvenanceLines(const ReportInput& input) {
  const Subject subject(input);
  std::vector<std::string> lines;
  lines.push_back(absl::StrCat("数据截止日期：", ChineseDate(input.cut_off), "；统计期间：", input.year->year,
                               "年1月1日至", ChineseDate(YearPeriod(input.year->year, 0).end)));
  if (subject.town() != nullptr) {
    lines.push_back(absl::StrCat("数据版本：", RevisionsOf(*subject.town())));
  } else {
    Phrases revisions;
    for (const TownYear& town : input.year->towns) {
      revisions.push_back(absl::StrCat(OneLine(town.name_zh), "（", RevisionsOf(town), "）"));
    }
    lines.push_back(absl::StrCat("数据版本：", absl::StrJoin(revisions, "；")));
  }
  if (input.draft()) {
    lines.push_back("草稿：尚未关账，没有证书");
  } else {
    lines.push_back(
        absl::StrCat("关账证书（第", input.generation, "次）SHA-256：", input.certificate_digest));
  }
  if (input.last_year != nullptr) {
    lines.push_back(absl::StrCat("上年数据：", input.last_year->year, "年",
                                 input.last_year_certificate.empty()
                                     ? "的记录，尚未关账"
                                     : absl::StrCat("关账证书 SHA-256：", input.last_year_certificate)));
  }
  return lines;
}

std::string ProvenanceFooter(const ReportInput& input) {
  const Subject subject(input);
  constexpr size_t kShortDigest = 16;
  std::string line = absl::StrCat("截止", ChineseDate(input.cut_off));
  if (subject.town() != nullptr) absl::StrAppend(&line, "　", RevisionsOf(*subject.town()));
  absl::StrAppend(&line, input.draft()
                             ? "　草稿"
                             : absl::StrCat("　证书 ", input.certificate_digest.substr(0, kShortDigest)));
  return line;
}

}  // namespace zhenhui::reporting::report

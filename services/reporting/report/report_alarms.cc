#include "services/reporting/report/report_alarms.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr int kFirstMonthPeriod = 5;
constexpr int kMonthsInYear = 12;

// Looks for the alarms of one town. What an alarm is, and what its explanation holds for, is the domain's;
// here it is read from figures that are frozen.
class TownAlarms {
 public:
  TownAlarms(const ReportInput& input, size_t town, std::vector<ReportAlarm>* found)
      : input_(input), year_(*input.year), town_(year_.towns[town]), index_(town), found_(found) {}

  void Find() {
    for (size_t metric = 0; metric < year_.metrics.size(); ++metric) AddJump(metric);
    for (size_t metric = 0; metric < year_.metrics.size(); ++metric) AddSame(metric);
    for (size_t metric = 0; metric < year_.metrics.size(); ++metric) AddParts(metric);
  }

 private:
  const Figure& At(size_t metric, int period) const {
    return town_.figures[metric][static_cast<size_t>(period)];
  }
  const YearMetric& Of(size_t metric) const { return year_.metrics[metric]; }
  std::string Said(size_t metric, const Figure& figure) const { return FigureWithUnit(Of(metric), figure); }

  void AddJump(size_t metric) {
    size_t same = 0;
    if (SameMetric(input_.last_year, Of(metric), &same) == nullptr) return;
    const std::optional<size_t> town = FindTown(*input_.last_year, town_.code);
    if (!town) return;
    const Figure& now = At(metric, 0);
    const Figure& before = YearTotal(input_.last_year->towns[*town], same);
    if (!IsJump(Of(metric).type == MetricType::kRatio, now, before)) return;
    Alarm alarm = Make(AlarmType::kJump, now, before, YearPeriod(year_.year, 0));
    alarm.id = absl::StrCat(year_.year, ".jump.", Of(metric).code);
    const std::string change = ChangeWords(Of(metric), now, before);
    Add(metric, std::move(alarm),
        absl::StrCat(OneLine(Of(metric).name.zh), Said(metric, now), "，上年", Said(metric, before), "，",
                     change.empty() ? "有月份未确认" : change));
  }

  void AddSame(size_t metric) {
    if (Of(metric).type != MetricType::kFlow) return;
    std::vector<int64_t> months;
    for (int month = 1; month <= kMonthsInYear; ++month) {
      const Figure& figure = At(metric, kFirstMonthPeriod + month - 1);
      months.push_back(figure.has_value() ? figure.value : 0);
    }
    const std::optional<SameRun> run = LongestSameRun(months);
    if (!run) return;
    const Figure& single = At(metric, kFirstMonthPeriod + run->first - 1);
    Figure sum = single;
    sum.value = single.value * run->length;
    const int last = run->first + run->length - 1;
    Alarm alarm = Make(AlarmType::kSameEveryMonth, sum, single,
                       {YearPeriod(year_.year, kFirstMonthPeriod + run->first - 1).begin,
                        YearPeriod(year_.year, kFirstMonthPeriod + last - 1).end});
    alarm.id = absl::StrCat(year_.year, ".same_every_month.", Of(metric).code);
    Add(metric, std::move(alarm),
        absl::StrCat(OneLine(Of(metric).name.zh), run->first, "月至", last, "月每月均为",
                     Said(metric, single)));
  }

  void AddParts(size_t metric) {
    for (const std::string& code : Of(metric).at_most) {
      const std::optional<size_t> whole = FindMetric(year_, code);
      if (!whole || Of(metric).type == MetricType::kRatio || Of(*whole).type == MetricType::kRatio) continue;
      const Figure& part = At(metric, 0);
      const Figure& total = At(*whole, 0);
      if (!part.has_value() || !total.has_value() || part.value <= total.value) continue;
      Alarm alarm = Make(AlarmType::kPartAndWhole, part, total, YearPeriod(year_.year, 0));
      alarm.id = absl::StrCat(year_.year, ".part_and_whole.", Of(metric).code, ".", code);
      Add(metric, std::move(alarm),
          absl::StrCat(OneLine(Of(metric).name.zh), Said(metric, part), "，大于", OneLine(Of(*whole).name.zh),
                       Said(*whole, total)));
    }
  }

  Alarm Make(AlarmType type, const Figure& figure, const Figure& other, const Period& period) const {
    Alarm alarm;
    alarm.type = type;
    alarm.township = town_.code;
    alarm.figure = figure;
    alarm.other = other;
    alarm.period = period;
    return alarm;
  }

  void Add(size_t metric, Alarm alarm, std::string text) {
    ReportAlarm told;
    told.town = index_;
    told.type = alarm.type;
    told.id = alarm.id;
    told.text = std::move(text);
    for (const AlarmExplanation& one : input_.explanations) {
      if (one.township != alarm.township || one.alarm != alarm.id) continue;
      told.explanation = OneLine(one.text);
      told.explained_by = one.by;
      told.other_figures = one.fingerprint != FingerprintOf(alarm);
    }
    if (Of(metric).core || !told.explanation.empty()) found_->push_back(std::move(told));
  }

  const ReportInput& input_;
  const DistrictYear& year_;
  const TownYear& town_;
  const size_t index_;
  std::vector<ReportAlarm>* const found_;
};

}  // namespace

std::vector<ReportAlarm> AlarmsOfReport(const ReportInput& input) {
  std::vector<ReportAlarm> found;
  if (input.cut_off.year() <= input.year->year) return found;
  for (size_t town = 0; town < input.year->towns.size(); ++town) {
    if (input.township.empty() || input.year->towns[town].code == input.township)
      TownAlarms(input, town, &found).Find();
  }
  return found;
}

const char* AlarmWord(AlarmType type) {
  switch (type) {
    case AlarmType::kJump:
      return "同比变化大";
    case AlarmType::kOneVillage:
      return "集中于一村";
    case AlarmType::kSameEveryMonth:
      return "各月相同";
    case AlarmType::kPartAndWhole:
      break;
  }
  return "部分大于总数";
}

std::string ExplanationText(const ReportAlarm& alarm) {
  if (alarm.explanation.empty()) return "未说明";
  return alarm.other_figures ? absl::StrCat(alarm.explanation, "（说明之后数据有变）") : alarm.explanation;
}

}  // namespace zhenhui::reporting::report

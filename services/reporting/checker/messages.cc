#include "services/reporting/checker/messages.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace zhenhui::reporting::checker {
namespace {

// One claim's sentences, in both languages.
class Writer {
 public:
  Writer(const Claim& claim, const MetricPhrases* metric, Finding& finding)
      : claim_(claim), finding_(finding) {
    if (metric != nullptr) {
      name_zh_ = metric->metric.name.zh;
      name_en_ = metric->metric.name.en;
      unit_zh_ = metric->metric.unit.zh;
    }
    if (claim.IsChange()) unit_zh_ = claim.unit;
    if (finding.recorded) value_ = PrintRational(*finding.recorded);
  }

  void Run() {
    switch (finding_.verdict) {
      case Verdict::kMatch:
        return Say(absl::StrCat("“", name_zh_, "”与记录一致：", value_, unit_zh_, "。"),
                   absl::StrCat(name_en_, ": agrees with the record, ", value_, "."));
      case Verdict::kApproximate:
        return SayApproximate();
      case Verdict::kRounding:
        Say(absl::StrCat("“", name_zh_, "”是取整后的数，记录为", value_, unit_zh_, "。"),
            absl::StrCat(name_en_, ": rounded; the record is ", value_, "."));
        return SuggestValue();
      case Verdict::kOverstated:
      case Verdict::kUnderstated:
        return SayDifference();
      case Verdict::kNoRecord:
        return SayNoRecord();
      case Verdict::kAmbiguous:
        return SayAmbiguous();
      case Verdict::kUnitMismatch:
        return SayUnit();
      case Verdict::kWrongPeriod:
        return SayPeriod();
      case Verdict::kPlan:
        return Say("这是计划、目标或要求，不是已完成的结果，未作比对。",
                   "A plan, an aim or a norm, no result: not compared.");
      case Verdict::kInconsistent:
        return;  // consistency.h writes its own
      case Verdict::kUnlinked:
        if (claim_.joined) {
          return Say(absl::StrCat("这是“", name_zh_, "”的一部分，指标只统计合计。"),
                     absl::StrCat(name_en_, ": a part of it; only the total is counted."));
        }
        Say("指标目录里没有与这个数字对应的指标，无法核对。",
            "No metric of the catalogue counts this figure; it cannot be checked.");
        Suggest("请自行核对，并保留依据。", "Check it yourself and keep what proves it.");
    }
  }

 private:
  void Say(std::string zh, std::string en) {
    finding_.message_zh = std::move(zh);
    finding_.message_en = std::move(en);
  }

  void Suggest(std::string zh, std::string en) {
    finding_.suggestion_zh = std::move(zh);
    finding_.suggestion_en = std::move(en);
  }
  // A text to put in place of the quote.
  void SuggestText(std::string text) {
    constexpr std::string_view kAbout = "≈";
    if (text.starts_with(kAbout)) text.erase(0, kAbout.size());
    Suggest(absl::StrCat("改为“", text, "”。"), absl::StrCat("Write \"", text, "\"."));
  }

  // The recorded value in the claim's own measure word; shares (九成, 三分之二) become per cent.
  void SuggestValue() {
    if (!finding_.recorded) return;
    const MeasureKind kind = claim_.quantity.measure.kind;
    if (kind == MeasureKind::kMoney && finding_.quote.find("万") != std::string::npos) {
      return SuggestText(
          absl::StrCat(PrintRational(*finding_.recorded * Rational(1, 10'000)), "万", claim_.unit));
    }
    if (claim_.unit == "‰" || claim_.unit.ends_with("千分点"))
      return SuggestText(PrintRational(*finding_.recorded * Rational(10, 1)) + claim_.unit);
    SuggestText(value_ + (kind == MeasureKind::kPercent ? "%" : claim_.unit));
  }

  void SayApproximate() {
    const std::string range = PrintInterval(finding_.interval);
    Say(absl::StrCat("“", name_zh_, "”约数成立：记录为", value_, unit_zh_, "，允许范围", range, "。"),
        absl::StrCat(name_en_, ": holds; the record is ", value_, ", allowed ", range, "."));
    if (!finding_.warning) return;
    finding_.message_zh += "但比所写的数高出一成以上，容易误解。";
    finding_.message_en += " But it is over a tenth above the number written.";
    SuggestValue();
  }

  void SayDifference() {
    const bool over = finding_.verdict == Verdict::kOverstated;
    if (claim_.form == NumberForm::kAll) {
      Say(absl::StrCat("“", name_zh_, "”没有全覆盖：记录为", value_, "，应为",
                       PrintRational(finding_.interval.low.value_or(Rational())), "。"),
          absl::StrCat(name_en_, ": not all are covered; the record is ", value_, "."));
      return Suggest(absl::StrCat("改为“", value_, unit_zh_, "”，或补齐后再写全覆盖。"),
                     absl::StrCat("Write \"", value_, unit_zh_, "\", or complete it before claiming all."));
    }
    Say(absl::StrCat("“", name_zh_, "”", over ? "多报：" : "少报：", "记录为", value_, unit_zh_, "，文中为",
                     PrintInterval(finding_.interval), "。"),
        absl::StrCat(name_en_, over ? ": overstated; " : ": understated; ", "the record is ", value_,
                     ", the text says ", PrintInterval(finding_.interval), "."));
    SuggestValue();
  }

  void SayNoRecord() {
    if (finding_.state == FigureState::kNotApplicable) {
      return Say(
          absl::StrCat("“", name_zh_, "”在这一时期不适用，没有可比的数。"),
          absl::StrCat(name_en_, ": does not apply in this period; there is nothing to compare with."));
    }
    Say(absl::StrCat("“", name_zh_, "”没有记录", claim_.IsChange() ? "（本期或上年同期）" : "",
                     "，无法证明。"),
        absl::StrCat(name_en_, ": nothing is recorded", claim_.IsChange() ? " for this year or the last" : "",
                     "; the text cannot be proved."));
    Suggest("补报活动记录，或删去这个数字。",
            "Record the activities that it counts, or take the figure out.");
  }

  void SayAmbiguous() {
    std::string list;
    for (const Candidate& candidate : finding_.candidates) {
      absl::StrAppend(&list, list.empty() ? "" : ", ", candidate.metric, "=",
                      candidate.value ? PrintRational(*candidate.value) : "-");
    }
    Say(absl::StrCat("这个数字可能指几个指标：", list, "。"),
        absl::StrCat("Several metrics fit: ", list, "."));
    Suggest("分开写明各项数字。", "Say each figure by itself.");
  }

  void SayUnit() {
    Say(absl::StrCat("“", name_zh_, "”按“", unit_zh_, "”统计，文中用的是“", claim_.unit, "”",
                     value_.empty() ? "" : absl::StrCat("；记录为", value_, unit_zh_), "。"),
        absl::StrCat(name_en_, ": counted in another unit than the text uses",
                     value_.empty() ? "" : absl::StrCat("; the record is ", value_), "."));
    if (!value_.empty()) SuggestText(value_ + unit_zh_);
  }

  void SayPeriod() {
    if (claim_.metric() == nullptr) {
      Say("标题的年份与所核对的年份不同。", "The year of the title is not the year that is checked.");
      return SuggestText(absl::StrCat(claim_.period.begin.year(), "年"));
    }
    const std::string what = claim_.period_stated
                                 ? "文中写的是别的年份"
                                 : absl::StrCat("文中的数与上一年的记录相同，本年记录为", value_, unit_zh_);
    Say(absl::StrCat("“", name_zh_, "”时期不符：", what, "。"),
        absl::StrCat(name_en_,
                     claim_.period_stated ? ": the text names another year."
                                          : ": this is last year's value; this year's is ",
                     claim_.period_stated ? "" : absl::StrCat(value_, ".")));
    if (!claim_.period_stated) SuggestValue();
  }

  const Claim& claim_;
  Finding& finding_;
  std::string name_zh_;
  std::string name_en_;
  std::string unit_zh_;
  std::string value_;
};

}  // namespace

void WriteMessages(const Claim& claim, const MetricPhrases* metric, Finding& finding) {
  Writer(claim, metric, finding).Run();
}

}  // namespace zhenhui::reporting::checker

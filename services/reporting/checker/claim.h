#pragma once
#include <optional>
#include <string>

#include "common/time/date.h"
#include "services/reporting/checker/finding.h"
#include "services/reporting/checker/linker.h"
#include "services/reporting/checker/quantity.h"

namespace zhenhui::reporting::checker {

// What the text says, before anybody compares it: read by reader.h, judged by judge.h.
struct Claim {
  Position position;
  std::string quote;
  NumberForm form = NumberForm::kExact;
  Interval interval;
  Quantity quantity;  // of a claim without a number: empty
  std::string unit;
  Link link;
  Period period;
  bool period_stated = false;
  bool compares = false;  // its period is named to compare with (去年), so another year is no mistake
  bool plan = false;      // a plan, an aim, a norm
  bool part = false;      // after 其中
  bool joined = false;    // one of several figures of its metric in the sentence (consistency.h)
  bool total = false;     // after 共, 合计
  std::u32string left;    // the text that belongs to the figure, before and after it
  std::u32string right;

  const MetricPhrases* metric() const { return link.metric(); }
  bool IsChange() const { return form == NumberForm::kRise || form == NumberForm::kFall; }
};

}  // namespace zhenhui::reporting::checker

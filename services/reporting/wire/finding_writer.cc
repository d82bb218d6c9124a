#include "services/reporting/wire/finding_writer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/time/date.h"

namespace zhenhui::reporting {
namespace {

std::string MetricName(const std::string& code) { return code.empty() ? "" : absl::StrCat("metrics/", code); }

}  // namespace

v1::Verdict ToProto(checker::Verdict verdict) {
  switch (verdict) {
    case checker::Verdict::kMatch:
      return v1::VERDICT_MATCH;
    case checker::Verdict::kApproximate:
      return v1::VERDICT_APPROXIMATE_MATCH;
    case checker::Verdict::kRounding:
      return v1::VERDICT_ROUNDING;
    case checker::Verdict::kOverstated:
      return v1::VERDICT_OVERSTATED;
    case checker::Verdict::kUnderstated:
      return v1::VERDICT_UNDERSTATED;
    case checker::Verdict::kNoRecord:
      return v1::VERDICT_NO_RECORD;
    case checker::Verdict::kAmbiguous:
      return v1::VERDICT_AMBIGUOUS_METRIC;
    case checker::Verdict::kUnitMismatch:
      return v1::VERDICT_UNIT_MISMATCH;
    case checker::Verdict::kWrongPeriod:
      return v1::VERDICT_WRONG_PERIOD;
    case checker::Verdict::kPlan:
      return v1::VERDICT_PLAN_NOT_RESULT;
    case checker::Verdict::kInconsistent:
      return v1::VERDICT_INTERNALLY_INCONSISTENT;
    case checker::Verdict::kUnlinked:
      return v1::VERDICT_UNLINKED;
  }
  return v1::VERDICT_UNSPECIFIED;
}

void FindingWriter::Write(const checker::Finding& finding, v1::Claim* out) {
  out->set_paragraph(static_cast<int32_t>(finding.position.paragraph + 1));
  out->set_begin(static_cast<int32_t>(finding.position.begin));
  out->set_end(static_cast<int32_t>(finding.position.end));
  out->set_quote(finding.quote);
  out->set_sentence(SentenceOf(finding.position));
  out->set_metric(MetricName(finding.metric));
  for (const checker::Candidate& candidate : finding.candidates)
    out->add_candidates(MetricName(candidate.metric));
  out->set_verdict(ToProto(finding.verdict));
  out->set_start_date(FormatDate(finding.period.begin));
  out->set_end_date(FormatDate(finding.period.end));
  out->set_message_zh(finding.message_zh);
  out->set_message_en(finding.message_en);
  out->set_suggestion_zh(finding.suggestion_zh);
  out->set_suggestion_en(finding.suggestion_en);
}

std::string FindingWriter::SentenceOf(const checker::Position& position) {
  const std::string& paragraph = document_.paragraphs[position.paragraph].text;
  if (paragraph_ != position.paragraph) {
    text_ = checker::ReadText(paragraph);
    paragraph_ = position.paragraph;
  }
  if (position.sentence >= text_.sentences.size()) return "";
  checker::Range range = text_.sentences[position.sentence];
  if (range.size() == 0) return "";
  const size_t end = range.end;
  const size_t before = range.begin;
  if (range.size() > kMaxSentence) {
    const auto figure = std::lower_bound(text_.byte.begin(), text_.byte.end(), position.begin_byte);
    const auto at = static_cast<size_t>(figure - text_.byte.begin());
    const size_t from = at > kMaxSentence / 2 ? at - kMaxSentence / 2 : 0;
    range.begin = std::min(std::max(range.begin, from), range.end - kMaxSentence);
    range.end = range.begin + kMaxSentence;
  }
  const size_t from = text_.byte[range.begin];
  const std::string cut = paragraph.substr(from, text_.byte_end[range.end - 1] - from);
  return absl::StrCat(range.begin > before ? "…" : "", cut, range.end < end ? "…" : "");
}

}  // namespace zhenhui::reporting

#include "services/activities/domain/target.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/text/utf8.h"

namespace zhenhui::activities {
namespace {

constexpr size_t kMaxMetricBytes = 64;

bool IsMetricCode(std::string_view code) {
  return !code.empty() && code.size() <= kMaxMetricBytes && std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

std::string TargetId(const Target& target) { return absl::StrCat(target.year, ".", target.metric); }

std::vector<FieldViolation> CheckYear(int year) {
  if (year >= kMinTargetYear && year <= kMaxTargetYear) return {};
  return {{"year", "YEAR_INVALID", "give a year from 2000 to 2100"}};
}

std::vector<FieldViolation> CheckTarget(TargetDraft& draft) {
  Target& target = draft.content;
  std::vector<FieldViolation> out = CheckYear(target.year);
  if (!IsMetricCode(target.metric)) {
    out.push_back({"metric", "METRIC_INVALID", "give the code of a metric: law_lectures"});
  }
  if (draft.quarters.size() != target.quarters.size()) {
    out.push_back({"quarters", "QUARTERS_COUNT", "give four whole numbers, one for each quarter"});
  } else {
    std::copy(draft.quarters.begin(), draft.quarters.end(), target.quarters.begin());
    for (size_t i = 0; i < target.quarters.size(); ++i) {
      if (target.quarters[i] >= 0 && target.quarters[i] <= kMaxTarget) continue;
      out.push_back({absl::StrCat("quarters[", i, "]"), "QUARTER_RANGE", "give 0 to 1,000,000,000,000"});
    }
  }
  if (target.source != TargetSource::kStudyPlan && target.source != TargetSource::kPublicityPlan &&
      target.source != TargetSource::kOther) {
    out.push_back({"source", "SOURCE_MISSING", "say which plan promises it"});
  }
  if (target.source == TargetSource::kOther && target.note.empty()) {
    out.push_back({"note", "NOTE_MISSING", "say in the note which plan it is"});
  }
  if (auto violation = CheckText("note", target.note, kMaxTargetNote)) out.push_back(*std::move(violation));
  return out;
}

}  // namespace zhenhui::activities

#include "services/reporting/rpc/check_handler.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/auth/policy.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/checker/checker.h"
#include "services/reporting/narrative/annotate.h"
#include "services/reporting/narrative/narrative.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/finding_writer.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

using checker::Finding;
using narrative::Format;
using narrative::RecordedFigure;
using narrative::TownFigureSource;

struct CheckQuery {
  std::string township;
  Format format = Format::kDetect;
};

absl::StatusOr<CheckQuery> ReadCheck(const v1::CheckReportRequest& request, const auth::Claims& claims) {
  std::vector<FieldViolation> violations;
  CheckQuery query;
  if (auto code = ParseTownshipName(request.township())) {
    query.township = *std::move(code);
  } else {
    violations.push_back({"township", "NAME_INVALID", "a township is named townships/ and 9 digits"});
  }
  if (request.year() < 1900 || request.year() > 2200)
    violations.push_back({"year", "YEAR_RANGE", "give the year that the narrative reports on, 1900 to 2200"});
  if (request.content().empty())
    violations.push_back({"content", "NARRATIVE_EMPTY", "send the bytes of a .docx, .txt or .md file"});
  switch (request.format()) {
    case v1::NARRATIVE_FORMAT_UNSPECIFIED:
      break;
    case v1::NARRATIVE_FORMAT_DOCX:
      query.format = Format::kDocx;
      break;
    case v1::NARRATIVE_FORMAT_TEXT:
      query.format = Format::kText;
      break;
    default:
      violations.push_back({"format", "FORMAT_INVALID", "there is no such format"});
  }
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(auth::RequireScope(claims, query.township));
  return query;
}

// What is recorded for the finding's metric in its period; nothing if none is linked.
std::optional<RecordedFigure> RecordedOf(const TownFigureSource& figures, const Finding& finding) {
  if (finding.metric.empty()) return std::nullopt;
  return figures.FigureOf(finding.metric, finding.period);
}

std::string StateWord(const RecordedFigure& recorded) {
  switch (recorded.figure.state) {
    case FigureState::kValue:
      return recorded.decimal;
    case FigureState::kConfirmedZero:
      return "0（已确认）";
    case FigureState::kNotReported:
      return "未报";
    case FigureState::kNotApplicable:
      return "不适用";
  }
  return "";
}

narrative::PageHead HeadOf(const narrative::FigureSources::Opened& opened, const MetricCatalogue& metrics,
                           const CheckQuery& query, int year) {
  const TownFigureSource* figures = opened.figures.get();
  return {.town_name_zh = opened.town_name_zh,
          .township = query.township,
          .year = year,
          .as_of = figures->AsOf(),
          .title = [&metrics](std::string_view code) -> Bilingual {
            const Metric* metric = metrics.Find(code);
            if (metric == nullptr) return {std::string(code), std::string(code)};
            return {absl::StrCat(metric->name.zh, "（", metric->unit.zh, "）"),
                    absl::StrCat(metric->name.en, " (", metric->unit.en, ")")};
          },
          .recorded = [figures](const Finding& finding) -> std::string {
            const auto recorded = RecordedOf(*figures, finding);
            return recorded ? StateWord(*recorded) : "";
          }};
}

}  // namespace

absl::Status NarrativeChecker::Check(const rpc::Call& call, const v1::CheckReportRequest& request,
                                     v1::CheckReportResponse* response) const {
  RETURN_IF_ERROR(ready_());
  ASSIGN_OR_RETURN(const CheckQuery query, ReadCheck(request, call.claims));
  ASSIGN_OR_RETURN(const narrative::Narrative text,
                   narrative::ReadNarrative(request.content(), query.format));
  ASSIGN_OR_RETURN(const auto opened, figures_.Open(query.township, request.year(), call.deadline));
  const std::vector<Finding> findings = checker::CheckReport(
      lexicon_, text.document, *opened.figures,
      {.year = request.year(), .place_names = opened.place_names, .max_claims = kMaxClaims});
  if (findings.size() > kMaxClaims) {
    return Error(
        absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE",
        absl::StrCat("the text makes more than ", kMaxClaims, " claims; so many are not judged at once"));
  }
  FindingWriter writer(text.document);
  for (const Finding& finding : findings) {
    v1::Claim& claim = *response->add_claims();
    writer.Write(finding, &claim);
    if (const auto recorded = RecordedOf(*opened.figures, finding))
      ToProto(recorded->figure, recorded->decimal, claim.mutable_recorded());
  }
  response->set_characters(static_cast<int32_t>(text.characters));
  if (request.annotate()) {
    response->set_annotated_html(
        narrative::AnnotatedPage(text.document, findings, HeadOf(opened, metrics_, query, request.year())));
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting

#include "services/reporting/rpc/report_maker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "common/failpoint/failpoint.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {
namespace {

// Whether anything was reported in the year. A register stands also in years of which nobody reported.
bool HasReports(const DistrictYear& year) {
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    if (year.metrics[metric].type != MetricType::kFlow) continue;
    for (const TownYear& town : year.towns) {
      if (town.figures[metric][0].has_value()) return true;
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<report::KeptReport> ReportMaker::Make(const rpc::Call& call, const ReportRequest& request) {
  return request.draft ? MakeDraft(call, request) : MakeClosed(call, request);
}

absl::StatusOr<report::KeptReport> ReportMaker::MakeClosed(const rpc::Call& call,
                                                           const ReportRequest& request) {
  ASSIGN_OR_RETURN(const YearEndState state, deps_.year_ends->State(request.key, call.deadline));
  if (!state.closed) {
    return Error(absl::StatusCode::kFailedPrecondition, "YEAR_NOT_CLOSED",
                 absl::StrCat("the year ", request.key.year, " of ", request.key.district,
                              " is not closed; close it, or ask for a draft"));
  }
  const report::ReportKey key{.district = request.key.district,
                              .year = request.key.year,
                              .generation = state.generation,
                              .township = request.township,
                              .format = std::string(report::FormatName(request.format))};
  ASSIGN_OR_RETURN(std::optional<report::KeptReport> kept, deps_.store->Find(key, call.deadline));
  if (kept) return *std::move(kept);
  ASSIGN_OR_RETURN(const auto certificate,
                   deps_.year_ends->ReadCertificate(request.key, state.generation, call.deadline));
  report::ReportInput input;
  input.year = &certificate->figures;
  input.cut_off = DateInChina(certificate->closed_at);
  input.generation = state.generation;
  input.certificate_digest = state.certificate;
  ASSIGN_OR_RETURN(const report::KeptReport rendered,
                   RenderWith(call, request, certificate->closed_at, std::move(input)));
  Failpoint("report.rendered");
  auto stored = deps_.store->Keep(key, rendered, call.deadline);
  Failpoint("report.kept");
  return stored;
}

absl::StatusOr<report::KeptReport> ReportMaker::MakeDraft(const rpc::Call& call,
                                                          const ReportRequest& request) {
  ASSIGN_OR_RETURN(const DistrictYear figures, FiguresNow(request.key, call.deadline));
  if (figures.towns.empty()) {
    return Error(
        absl::StatusCode::kNotFound, "DISTRICT_NOT_FOUND",
        absl::StrCat("no township of district ", request.key.district, " is known in ", request.key.year));
  }
  report::ReportInput input;
  input.year = &figures;
  input.cut_off = deps_.clock->Today();
  return RenderWith(call, request, absl::InfiniteFuture(), std::move(input));
}

absl::StatusOr<report::KeptReport> ReportMaker::RenderWith(const rpc::Call& call,
                                                           const ReportRequest& request, absl::Time until,
                                                           report::ReportInput input) {
  input.township = request.township;
  RETURN_IF_ERROR(AddExplanations(call, until, input));
  const YearKey last{request.key.district, request.key.year - 1};
  ASSIGN_OR_RETURN(const YearEndState state, deps_.year_ends->State(last, call.deadline));
  std::shared_ptr<const Certificate> certificate;
  DistrictYear recorded;
  if (state.closed) {
    ASSIGN_OR_RETURN(certificate, deps_.year_ends->ReadCertificate(last, state.generation, call.deadline));
    input.last_year = &certificate->figures;
    input.last_year_certificate = state.certificate;
  } else {
    ASSIGN_OR_RETURN(recorded, FiguresNow(last, call.deadline));
    if (HasReports(recorded)) input.last_year = &recorded;
  }
  const auto town = request.township.empty() ? std::nullopt : FindTown(*input.year, request.township);
  if (request.format == report::Format::kXlsx && town) {
    ASSIGN_OR_RETURN(ReportRecords records, deps_.records->List(call, *input.year, *town));
    input.records = std::move(records.rows);
    input.records_cut = records.cut;
  }
  ASSIGN_OR_RETURN(report::RenderedReport rendered, report::Render(request.format, input, *deps_.templates));
  std::string digest = Sha256Hex(rendered.content);
  return report::KeptReport{.content = std::move(rendered.content),
                            .file_name = std::move(rendered.file_name),
                            .digest = std::move(digest)};
}

// Of a closed year only what was said before it was closed: whoever renders it, and when, prints the same.
absl::Status ReportMaker::AddExplanations(const rpc::Call& call, absl::Time until,
                                          report::ReportInput& input) const {
  if (deps_.alarms == nullptr) return absl::OkStatus();
  std::vector<std::string> towns = {input.township};
  if (input.township.empty()) {
    towns.clear();
    for (const TownYear& town : input.year->towns) towns.push_back(town.code);
  }
  ASSIGN_OR_RETURN(input.explanations, deps_.alarms->Newest(towns, input.year->year, until, call.deadline));
  return absl::OkStatus();
}

absl::StatusOr<DistrictYear> ReportMaker::FiguresNow(const YearKey& key, absl::Time deadline) const {
  ASSIGN_OR_RETURN(const auto towns, deps_.cube->SnapshotsUnder(key.district, YearPeriod(key.year, 0)));
  const auto name = deps_.district_name(key.district, deadline);
  return BuildDistrictYear(deps_.cube->vocabulary(), *deps_.plans, towns, key.district, name.value_or(""),
                           key.year);
}

}  // namespace zhenhui::reporting

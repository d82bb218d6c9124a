#include "services/reporting/rpc/comparison_export.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/report/comparison_file.h"

namespace zhenhui::reporting {

absl::StatusOr<ExportRequest> ReadExport(const MetricPlans& plans, const v1::ExportComparisonRequest& request,
                                         const auth::Claims& claims) {
  if (request.format() != v1::REPORT_FORMAT_CSV && request.format() != v1::REPORT_FORMAT_XLSX)
    return InvalidFields({{"format", "FORMAT_NOT_OFFERED", "a comparison is written as csv or xlsx"}});
  ExportRequest read;
  ASSIGN_OR_RETURN(read.comparison, ReadCompare(plans, request.comparison(), claims));
  read.format = static_cast<report::Format>(request.format());
  return read;
}

absl::Status ComparisonExporter::Export(const rpc::Call& call, const ExportRequest& request,
                                        v1::ExportComparisonResponse* response) const {
  const ComparisonQuery& query = request.comparison.query;
  ASSIGN_OR_RETURN(const auto towns, TownsOf(*deps_.cube, request.comparison.scope, query.period));
  ASSIGN_OR_RETURN(const auto compared,
                   Compare(deps_.cube->vocabulary(), query, towns, deps_.clock->Today()));
  ASSIGN_OR_RETURN(
      report::RenderedReport file,
      report::RenderComparison(request.format, {.place = PlaceOf(call, request.comparison.scope, towns),
                                                .period = query.period,
                                                .normalisation = query.normalisation,
                                                .comparisons = compared,
                                                .towns = towns,
                                                .made_at = deps_.clock->Now()}));
  response->mutable_body()->set_content_type(std::move(file.media_type));
  response->mutable_body()->set_data(std::move(file.content));
  response->set_file_name(std::move(file.file_name));
  return absl::OkStatus();
}

std::string ComparisonExporter::PlaceOf(const rpc::Call& call, const TownScope& scope,
                                        std::span<const TownView> towns) const {
  if (!scope.district.empty()) {
    const auto name = deps_.district_name(scope.district, call.deadline);
    return absl::StrCat(scope.district, name.value_or(""), "各乡镇（街道）");
  }
  if (towns.empty()) return "";
  const auto& first = towns.front().state->places().township;
  return absl::StrCat(towns.front().code, first ? first->name_zh : "",
                      towns.size() > 1 ? absl::StrCat("等", towns.size(), "个乡镇（街道）") : "");
}

}  // namespace zhenhui::reporting

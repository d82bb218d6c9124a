#include "services/reporting/rpc/report_service.h"

#include <algorithm>
#include <utility>

#include "common/rpc/stream.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/fresh_unary.h"
#include "services/reporting/rpc/year_end_requests.h"

namespace zhenhui::reporting {
namespace {

constexpr size_t kPartBytes = 64 << 10;
// A workbook waits for the pages of the records behind it.
constexpr absl::Duration kLongestRendering = absl::Minutes(2);

}  // namespace

absl::StatusOr<ReportRequest> ReadRenderReport(const auth::Claims& claims,
                                               const v1::RenderReportRequest& request) {
  ReportRequest read;
  ASSIGN_OR_RETURN(read.key, ReadYearEndName(request.parent(), "parent"));
  if (request.township().empty()) {
    RETURN_IF_ERROR(auth::RequireScope(claims, read.key.district));
  } else {
    RETURN_IF_ERROR(CheckTown(claims, read.key, request.township()));
  }
  if (request.format() == v1::REPORT_FORMAT_UNSPECIFIED || !v1::ReportFormat_IsValid(request.format())) {
    return InvalidFields({{"format", "FORMAT_INVALID", "one of docx, xlsx, csv, markdown and json"}});
  }
  read.township = request.township();
  read.format = static_cast<report::Format>(request.format());
  read.draft = request.draft();
  return read;
}

std::vector<v1::RenderReportResponse> ReportParts(const report::KeptReport& report, report::Format format) {
  std::vector<v1::RenderReportResponse> parts;
  for (size_t at = 0; at < report.content.size() || parts.empty(); at += kPartBytes) {
    parts.emplace_back().mutable_body()->set_data(report.content.substr(at, kPartBytes));
  }
  parts.front().set_file_name(report.file_name);
  parts.front().mutable_body()->set_content_type(std::string(report::MediaType(format)));
  parts.back().set_digest(report.digest);
  return parts;
}

grpc::ServerWriteReactor<v1::RenderReportResponse>* ReportServiceImpl::RenderReport(
    grpc::CallbackServerContext* context, const v1::RenderReportRequest* request) {
  using Refused = rpc::RefusedStream<v1::RenderReportResponse>;
  auto call =
      rpc::BeginCall(context, *deps_.authenticator, ZH_REPORT_METHOD("RenderReport"), kLongestRendering);
  if (!call.ok()) return new Refused(call.status());
  if (const absl::Status ready = deps_.ready(); !ready.ok()) return new Refused(ready);
  auto wanted = ReadRenderReport(call->claims, *request);
  if (!wanted.ok()) return new Refused(wanted.status());
  using Parts = std::vector<v1::RenderReportResponse>;
  const auto next = [this, call = *std::move(call), wanted = *std::move(wanted),
                     sent = false]() mutable -> absl::StatusOr<Parts> {
    if (std::exchange(sent, true)) return Parts{};
    ASSIGN_OR_RETURN(const report::KeptReport made, deps_.maker->Make(call, wanted));
    return ReportParts(made, wanted.format);
  };
  return new rpc::PagedStream<v1::RenderReportResponse>(*deps_.executor, next);
}

grpc::ServerUnaryReactor* ReportServiceImpl::ExportComparison(grpc::CallbackServerContext* context,
                                                              const v1::ExportComparisonRequest* request,
                                                              v1::ExportComparisonResponse* response) {
  const auto check = [this, request](const rpc::Call& call) -> absl::StatusOr<Fresh<ExportRequest>> {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(ExportRequest read, ReadExport(*deps_.plans, *request, call.claims));
    ASSIGN_OR_RETURN(auto positions, ReadPositions(request->comparison().at_least_as_fresh(), call.claims));
    return Fresh<ExportRequest>{std::move(read), std::move(positions)};
  };
  const auto answer = [this, response](const rpc::Call& call, const Fresh<ExportRequest>& fresh) {
    return deps_.exporter->Export(call, fresh.request, response);
  };
  return FreshUnary(context, *deps_.authenticator, ZH_REPORT_METHOD("ExportComparison"), *deps_.cube,
                    deps_.executor, response, check, answer);
}

grpc::ServerUnaryReactor* ReportServiceImpl::CheckReport(grpc::CallbackServerContext* context,
                                                         const v1::CheckReportRequest* request,
                                                         v1::CheckReportResponse* response) {
  const auto work = [this, request, response](const rpc::Call& call) -> absl::Status {
    if (deps_.checker == nullptr) return deps_.no_checker;
    return deps_.checker->Check(call, *request, response);
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_REPORT_METHOD("CheckReport"), *deps_.executor, response,
                    work);
}

}  // namespace zhenhui::reporting

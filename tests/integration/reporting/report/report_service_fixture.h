#pragma once
#include <algorithm>
#include <string>

#include "common/failpoint/failpoint.h"
#include "common/rpc/status_to_grpc.h"
#include "tests/integration/reporting/year_end_fixture.h"
#include "tests/testing/test_tokens.h"
#include "zhenhui/reporting/v1/report_service.grpc.pb.h"

namespace zhenhui::reporting::testing {

// A report as a client receives it, part by part.
struct Received {
  std::string content;
  std::string file_name;
  std::string media_type;
  std::string digest;
  size_t largest_part = 0;
};

class ReportServiceTest : public YearEndTest {
 protected:
  ~ReportServiceTest() override { SetFailpoints(""); }

  absl::StatusOr<Received> Ask(const v1::RenderReportRequest& request, auth::Role role = auth::Role::kJob,
                               const std::string& scope = "630106") {
    const auto stub =
        v1::ReportService::NewStub(reporting_->ChannelWith(zhenhui::testing::Token(role, scope)));
    grpc::ClientContext context;
    rpc::PrepareContext(&context, absl::Seconds(20));
    const auto stream = stub->RenderReport(&context, request);
    Received received;
    for (v1::RenderReportResponse part; stream->Read(&part);) {
      received.content += part.body().data();
      received.largest_part = std::max(received.largest_part, part.body().data().size());
      if (!part.file_name().empty()) received.file_name = part.file_name();
      if (!part.body().content_type().empty()) received.media_type = part.body().content_type();
      received.digest = part.digest();
    }
    const grpc::Status status = stream->Finish();
    if (!status.ok()) return Seen(status);
    return received;
  }
  static v1::RenderReportRequest Request(v1::ReportFormat format, bool draft = false,
                                         const std::string& town = kTown) {
    v1::RenderReportRequest request;
    request.set_parent(kYearEnd2024);
    request.set_township(town);
    request.set_format(format);
    request.set_draft(draft);
    return request;
  }
  absl::StatusOr<Received> Ask(v1::ReportFormat format, bool draft = false, const std::string& town = kTown) {
    return Ask(Request(format, draft, town));
  }
  void PushLateLecture() {
    Await(
        Push({MakeActivity("late-lecture", "law_lecture", "2024-07-08", {{"attendances", 5}})}, "漏录补报"));
  }
};

}  // namespace zhenhui::reporting::testing

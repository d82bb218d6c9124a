#include <gmock/gmock.h>

#include "services/reporting/rpc/report_service.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

v1::RenderReportRequest TownRequest() {
  v1::RenderReportRequest request;
  request.set_parent("districts/630106/yearEnds/2024");
  request.set_township("630106101");
  request.set_format(v1::REPORT_FORMAT_XLSX);
  return request;
}

auth::Claims Holder(const std::string& scope) {
  return {.subject = "x", .role = auth::Role::kReporter, .scope = scope};
}

TEST(ReadRenderReportTest, ReadsWhatIsAsked) {
  const auto read = ReadRenderReport(Holder("630106101"), TownRequest());
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->key.district, "630106");
  EXPECT_EQ(read->key.year, 2024);
  EXPECT_EQ(read->township, "630106101");
  EXPECT_EQ(read->format, report::Format::kXlsx);
  EXPECT_FALSE(read->draft);
}

TEST(ReadRenderReportTest, ATownsTokenDoesNotReachTheDistrictsReport) {
  v1::RenderReportRequest request = TownRequest();
  request.clear_township();
  EXPECT_THAT(ReadRenderReport(Holder("630106101"), request), HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(ReadRenderReport(Holder("630106"), request), IsOk());
}

struct PartsCase {
  size_t bytes;
  size_t parts;
};

TEST(ReportPartsTest, AreSmallAndMakeTheWhole) {
  for (const PartsCase& each : {PartsCase{0, 1}, PartsCase{1, 1}, PartsCase{65'536, 1}, PartsCase{65'537, 2},
                                PartsCase{200'000, 4}}) {
    report::KeptReport report{.content = "", .file_name = "报告.docx", .digest = std::string(64, 'f')};
    for (size_t i = 0; i < each.bytes; ++i) report.content += static_cast<char>(i * 7);
    const auto parts = ReportParts(report, report::Format::kDocx);
    ASSERT_EQ(parts.size(), each.parts);
    std::string whole;
    for (const v1::RenderReportResponse& part : parts) {
      EXPECT_LE(part.body().data().size(), 65'536u);
      EXPECT_EQ(part.body().content_type(),
                &part == &parts.front() ? report::MediaType(report::Format::kDocx) : "");
      whole += part.body().data();
    }
    EXPECT_EQ(whole, report.content);
    EXPECT_EQ(parts.front().file_name(), "报告.docx");
    EXPECT_EQ(parts.back().digest(), report.digest);
    if (each.parts > 1) {
      EXPECT_EQ(parts.front().digest(), "");
    }
  }
}

}  // namespace
}  // namespace zhenhui::reporting

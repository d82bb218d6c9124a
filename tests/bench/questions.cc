#include "tests/bench/questions.h"

#include "common/time/date.h"
#include "tests/bench/load.h"
#include "tests/bench/must.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

constexpr int kPeriods = 31;

std::vector<std::string> CoreMetrics(Stand& stand) {
  reporting::v1::RollupService::Stub stub(stand.InProcess());
  grpc::ClientContext context;
  reporting::v1::ListMetricsRequest request;
  request.set_tier("core");
  reporting::v1::ListMetricsResponse response;
  Must(stub.ListMetrics(&context, request, &response));
  std::vector<std::string> names;
  for (const reporting::v1::Metric& metric : response.metrics()) names.push_back(metric.name());
  return names;
}

}  // namespace

std::vector<std::string> Questions(Stand& stand) {
  std::vector<std::string> questions;
  const std::vector<std::string> metrics = CoreMetrics(stand);
  for (int period = 0; period < kPeriods; ++period) {
    for (int normalisation = 0; normalisation < 3; ++normalisation) {
      for (const std::string& metric : metrics) {
        reporting::v1::CompareTownshipsRequest request;
        request.mutable_scope()->set_district("districts/" + Shape().district);
        request.add_metrics(metric);
        const Date first = Date(2024, 1, 1) + 5 * period;
        request.set_start_date(FormatDate(first));
        request.set_end_date(FormatDate(first + (period % 2 == 0 ? 180 : 30 + period)));
        request.set_normalisation(static_cast<reporting::v1::Normalisation>(normalisation));
        questions.push_back(request.SerializeAsString());
      }
    }
  }
  return questions;
}

}  // namespace zhenhui::bench

#include "tests/testing/clients/fake_services.h"

#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"

namespace zhenhui::testing {

grpc::Status FakeReporting::ListMetrics(grpc::ServerContext*, const reporting::v1::ListMetricsRequest*,
                                        reporting::v1::ListMetricsResponse* response) {
  auto* metric = response->add_metrics();
  metric->set_name("metrics/law_lectures");
  metric->set_display_name_zh("法治讲座");
  metric->set_unit_zh("场次");
  metric->set_tier("core");
  return grpc::Status::OK;
}

grpc::Status FakeReporting::QueryRollup(grpc::ServerContext*,
                                        const reporting::v1::QueryRollupRequest* request,
                                        reporting::v1::QueryRollupResponse* response) {
  const char* months[] = {"2024-01", "2024-02"};
  for (int i = 0; i < 2; ++i) {
    auto* row = response->add_rows();
    row->set_township("townships/630106101");
    row->set_display_name_zh("上新庄镇");
    row->set_metric(request->metrics(0));
    row->set_start_date(std::string(months[i]) + "-01");
    row->set_end_date(std::string(months[i]) + (i == 0 ? "-31" : "-29"));
    row->mutable_figure()->set_state(i == 0 ? reporting::v1::FIGURE_STATE_VALUE
                                            : reporting::v1::FIGURE_STATE_CONFIRMED_ZERO);
    row->mutable_figure()->set_decimal(i == 0 ? "8" : "0");
    if (request->group_by() == reporting::v1::GROUP_BY_ROSTER_ENTRY) {
      row->set_member("lc-1");
      row->set_display_name_zh("示例律师");
    }
    if (!request->with_last_year()) continue;
    row->mutable_last_year()->set_state(reporting::v1::FIGURE_STATE_VALUE);
    row->mutable_last_year()->set_decimal("5");
    row->set_change_percent(i == 0 ? "60.00" : "-100.00");
  }
  return grpc::Status::OK;
}

grpc::Status FakeReporting::CompareTownships(grpc::ServerContext*,
                                             const reporting::v1::CompareTownshipsRequest* request,
                                             reporting::v1::CompareTownshipsResponse* response) {
  auto* comparison = response->add_comparisons();
  comparison->set_metric(request->metrics(0));
  auto* late = comparison->add_townships();
  late->set_township("townships/630106100");
  late->set_display_name_zh("田家寨镇");
  late->mutable_figure()->set_state(reporting::v1::FIGURE_STATE_NOT_REPORTED);
  late->set_rank_withheld(reporting::v1::RANK_WITHHELD_UNCONFIRMED_MONTHS);
  auto* first = comparison->add_townships();
  first->set_township("townships/630106101");
  first->set_display_name_zh("上新庄镇");
  first->mutable_figure()->set_state(reporting::v1::FIGURE_STATE_VALUE);
  first->mutable_figure()->set_decimal("8");
  first->set_rank(1);
  return grpc::Status::OK;
}

grpc::Status FakeReporting::ExplainFigure(grpc::ServerContext*,
                                          const reporting::v1::ExplainFigureRequest* request,
                                          reporting::v1::ExplainFigureResponse* response) {
  response->mutable_figure()->set_state(reporting::v1::FIGURE_STATE_VALUE);
  response->mutable_figure()->set_value(figure);
  auto* one = response->add_contributions();
  one->set_record("townships/630106101/activities/a");
  one->set_value(request->page_token().empty() ? 5 : 3);
  if (request->page_token().empty()) response->set_next_page_token("second");
  return grpc::Status::OK;
}

grpc::Status FakeReporting::GetFreshness(grpc::ServerContext*,
                                         const reporting::v1::GetFreshnessRequest* request,
                                         reporting::v1::GetFreshnessResponse* response) {
  auto* position = response->add_feeds()->mutable_applied();
  position->set_feed(common::v1::FEED_ACTIVITIES);
  position->set_township(request->scope().townships(0));
  position->set_revision(applied++);  // catches up by one with each question
  response->set_following(true);
  return grpc::Status::OK;
}

grpc::Status FakeReporting::VerifyTotals(grpc::ServerContext*, const reporting::v1::VerifyTotalsRequest*,
                                         reporting::v1::VerifyTotalsResponse* response) {
  response->set_equal(equal);
  if (!equal) response->add_differences()->set_series("law_lecture.occurrences");
  return grpc::Status::OK;
}

grpc::Status FakeReports::CheckReport(grpc::ServerContext*, const reporting::v1::CheckReportRequest* request,
                                      reporting::v1::CheckReportResponse* response) {
  last_request = *request;
  *response = checked;
  return grpc::Status::OK;
}

}  // namespace zhenhui::testing

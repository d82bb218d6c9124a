#pragma once
#include <string>

#include "zhenhui/activities/v1/plan_service.grpc.pb.h"
#include "zhenhui/reporting/v1/oversight_service.grpc.pb.h"

namespace zhenhui::testing {

// Takes every target but those of the year 1999, and remembers what it was asked.
class FakePlans final : public activities::v1::PlanService::Service {
 public:
  activities::v1::ImportTargetsRequest imported;

  grpc::Status ImportTargets(grpc::ServerContext*, const activities::v1::ImportTargetsRequest* request,
                             activities::v1::ImportTargetsResponse* response) override {
    imported = *request;
    for (int i = 0; i < request->targets_size(); ++i) {
      auto* result = response->add_results();
      result->set_index(i);
      if (request->targets(i).year() != 1999) {
        result->set_outcome(common::v1::OUTCOME_CREATED);
        continue;
      }
      result->set_outcome(common::v1::OUTCOME_REFUSED);
      auto* violation = result->add_violations();
      violation->set_field("year");
      violation->set_reason("YEAR_INVALID");
    }
    response->mutable_position()->set_feed(common::v1::FEED_ACTIVITIES);
    response->mutable_position()->set_township(request->parent());
    response->mutable_position()->set_revision(7);
    return grpc::Status::OK;
  }
  grpc::Status ListTargets(grpc::ServerContext*, const activities::v1::ListTargetsRequest*,
                           activities::v1::ListTargetsResponse* response) override {
    *response->mutable_targets() = imported.targets();
    for (auto& target : *response->mutable_targets()) {
      target.set_name(imported.parent() + "/targets/" + std::to_string(target.year()) + "." +
                      target.metric());
    }
    return grpc::Status::OK;
  }
};

// Answers with two pages of one gap or alarm each, and one item of a plan.
class FakeOversight final : public reporting::v1::OversightService::Service {
 public:
  reporting::v1::ExplainAlarmRequest explained;
  reporting::v1::ListGapsRequest gaps_asked;

  grpc::Status GetPlanStatus(grpc::ServerContext*, const reporting::v1::GetPlanStatusRequest* request,
                             reporting::v1::GetPlanStatusResponse* response) override {
    response->set_as_of_date("2024-06-30");
    auto* item = response->add_items();
    item->set_township("townships/630106101");
    item->set_display_name_zh("上新庄镇");
    item->set_metric("metrics/law_lectures");
    item->set_target(6);
    item->set_expected(3);
    item->set_due(3);
    item->mutable_done()->set_state(reporting::v1::FIGURE_STATE_VALUE);
    item->mutable_done()->set_decimal("2");
    item->set_percent("33.33");
    item->set_state(request->overdue_only() ? reporting::v1::PLAN_STATE_OVERDUE
                                            : reporting::v1::PLAN_STATE_BEHIND);
    return grpc::Status::OK;
  }
  grpc::Status ListGaps(grpc::ServerContext*, const reporting::v1::ListGapsRequest* request,
                        reporting::v1::ListGapsResponse* response) override {
    gaps_asked = *request;
    auto* gap = response->add_gaps();
    gap->set_type(reporting::v1::GAP_TYPE_VILLAGE);
    gap->set_township("townships/630106101");
    gap->set_member(request->page_token().empty() ? "630106101201" : "630106101202");
    if (!request->page_token().empty()) return grpc::Status::OK;
    gap->set_last_month("2023-11");
    response->set_next_page_token("2");
    auto* evenness = response->add_evenness();
    evenness->set_township("townships/630106101");
    evenness->set_gini("0.2500");
    evenness->set_reached(2);
    evenness->set_villages(4);
    return grpc::Status::OK;
  }
  grpc::Status ListAlarms(grpc::ServerContext*, const reporting::v1::ListAlarmsRequest* request,
                          reporting::v1::ListAlarmsResponse* response) override {
    auto* alarm = response->add_alarms();
    alarm->set_name(request->page_token().empty()
                        ? "townships/630106101/alarms/2024.jump.law_lectures"
                        : "townships/630106101/alarms/2024.same_every_month.law_lectures");
    alarm->set_type(reporting::v1::ALARM_TYPE_JUMP);
    alarm->set_message_zh("上升150.00%");
    alarm->set_message_en("up 150.00%");
    if (request->page_token().empty()) response->set_next_page_token("2");
    return grpc::Status::OK;
  }
  grpc::Status ExplainAlarm(grpc::ServerContext*, const reporting::v1::ExplainAlarmRequest* request,
                            reporting::v1::ExplainAlarmResponse* response) override {
    explained = *request;
    response->mutable_alarm()->set_name(request->name());
    response->mutable_alarm()->set_explanation(request->explanation());
    return grpc::Status::OK;
  }
};

}  // namespace zhenhui::testing

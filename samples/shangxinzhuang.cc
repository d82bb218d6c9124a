#include "samples/shangxinzhuang.h"

#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "samples/activities.h"
#include "samples/kind_plans.h"
#include "samples/places.h"

namespace zhenhui::samples {
namespace {

// Gives `code` to all records, so that it sums to `total`.
void Distribute(std::vector<Record>& records, const std::string& code, int64_t total, int64_t least,
                Random& random) {
  const std::vector<int64_t> shares = Split(total, static_cast<int>(records.size()), least, random);
  for (size_t i = 0; i < records.size(); ++i) SetMeasure(records[i], code, shares[i]);
}

void Append(std::vector<Record> from, std::vector<Record>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

// 43 events in 41 records (38 in public, 5 in schools), with copies and consultations.
std::vector<Record> Publicity(ActivityMaker& maker, int64_t copies, int64_t consultations) {
  constexpr int kSchoolRecords = 5;
  constexpr int kPublicRecords = 36;
  std::vector<Record> events = maker.Make(PlanOf("publicity_event"), kPublicRecords);
  Distribute(events, "occurrences", kPublicityEvents - kSchoolRecords, 1, maker.random());
  for (size_t i = 0; i < events.size(); ++i) {
    events[i].audiences = {"villagers"};
    if (i % 9 == 4) events[i].audiences.push_back("elderly");
    if (i % 3 != 0) events[i].channels = {"wechat_forward"};
  }
  Append(maker.Make(PlanOf("publicity_school"), kSchoolRecords), events);
  Distribute(events, "copies", copies, 20, maker.random());
  Distribute(events, "consultations", consultations, 0, maker.random());
  return events;
}

// The kinds whose sums the report states, directly or through a metric that adds several kinds.
std::vector<Record> StatedKinds(ActivityMaker& maker) {
  constexpr int kHandedOutCopies = 520;
  constexpr int kAdviceCopies = 80;
  constexpr int kEventConsultations = 9;
  constexpr int kVisitConsultations = 10;
  std::vector<Record> all = maker.Make(PlanOf("study_center_group"), kStudySessions);
  Append(maker.Make(PlanOf("law_lecture"), kLawLectures), all);
  Append(Publicity(maker, kMaterialCopies - kHandedOutCopies - kAdviceCopies, kEventConsultations), all);

  std::vector<Record> handed_out = maker.Make(PlanOf("material_distribution"), 3);
  Distribute(handed_out, "copies", kHandedOutCopies, 100, maker.random());
  Append(std::move(handed_out), all);

  std::vector<Record> visits = maker.Make(PlanOf("counsel_visit"), 18);
  Distribute(visits, "consultations", kVisitConsultations, 0, maker.random());
  Append(std::move(visits), all);

  std::vector<Record> advice = maker.Make(PlanOf("legal_consultation"), 8);
  Distribute(advice, "consultations", kConsultations - kEventConsultations - kVisitConsultations, 1,
             maker.random());
  Distribute(advice, "copies", kAdviceCopies, 0, maker.random());
  Append(std::move(advice), all);
  return all;
}

}  // namespace

std::vector<Record> ReportTownActivities2024() {
  ActivityMaker maker(kReportTown, 2024);
  std::vector<Record> all = StatedKinds(maker);
  std::set<std::string_view> stated;
  for (const Record& record : all) stated.insert(PlanOf(record.kind).kind);
  for (const KindPlan& plan : KindPlans()) {
    if (!stated.contains(plan.kind)) Append(maker.MakeByPlan(plan), all);
  }
  SortByDate(all);
  return all;
}

}  // namespace zhenhui::samples

#pragma once
#include <string>
#include <utility>

#include "services/activities/catalogue/shipped_kinds.h"
#include "services/activities/domain/activity.h"
#include "services/activities/domain/kind_catalogue.h"

namespace zhenhui::activities::testing {

inline constexpr char kTown[] = "630106101";
inline constexpr char kOtherTown[] = "630106102";
inline constexpr char kVillage[] = "630106101201";

inline const KindCatalogue& Catalogue() {
  static const KindCatalogue catalogue = KindCatalogue::Load(ShippedKinds()).value();
  return catalogue;
}

// A canonical activity that every check lets pass.
inline Activity MakeActivity(std::string id, Date date = Date(2024, 3, 5), int64_t issues = 2) {
  Activity activity;
  activity.id = std::move(id);
  activity.kind = "special_meeting";
  activity.date = date;
  activity.village = kVillage;
  activity.title = "专题会议 Meeting";
  activity.audiences = {"cadres", "villagers"};
  activity.channels = {"meeting"};
  activity.partners = {"司法所"};
  activity.measures = {{"issues", issues}};
  activity.evidence = {{"https://example.org/1", "照片"}};
  activity.note = "note";
  Canonicalise(activity);
  return activity;
}

// The same as a client would send it.
inline Draft MakeDraft(std::string id, Date date = Date(2024, 3, 5), int64_t issues = 2) {
  Draft draft;
  draft.content = MakeActivity(std::move(id), date, issues);
  draft.date_text = FormatDate(date);
  return draft;
}

}  // namespace zhenhui::activities::testing

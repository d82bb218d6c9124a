#include "services/activities/rpc/access.h"

namespace zhenhui::activities {

auth::AccessTable Access() {
  using enum auth::Role;
  auth::AccessTable table;
  for (const char* method :
       {ZH_ACTIVITIES_METHOD("ListKinds"), ZH_ACTIVITIES_METHOD("GetActivity"),
        ZH_ACTIVITIES_METHOD("ListActivities"), ZH_ACTIVITIES_METHOD("ListActivityRevisions"),
        ZH_ACTIVITIES_METHOD("ListMonthConfirmations"), ZH_ACTIVITIES_METHOD("GetCompleteness"),
        ZH_ACTIVITIES_METHOD("ResolveRevision"), ZH_PLAN_METHOD("ListTargets")}) {
    table.AllowAnyRole(method);
  }
  // What a town has done is the town's to say: the district office reads it and does not write it.
  for (const char* method :
       {ZH_ACTIVITIES_METHOD("PushActivities"), ZH_ACTIVITIES_METHOD("BatchPushActivities"),
        ZH_ACTIVITIES_METHOD("UpdateActivity"), ZH_ACTIVITIES_METHOD("DeleteActivity"),
        ZH_ACTIVITIES_METHOD("ConfirmMonth")}) {
    table.Allow(method, {kReporter, kAdmin});
  }
  // A plan is agreed between town and district; either may write it down.
  for (const char* method : {ZH_PLAN_METHOD("ImportTargets"), ZH_PLAN_METHOD("WithdrawTarget")}) {
    table.Allow(method, {kReporter, kDistrict, kAdmin});
  }
  for (const char* method : {ZH_ACTIVITIES_METHOD("WatchChanges"), ZH_ACTIVITIES_METHOD("StreamSnapshot")}) {
    table.Allow(method, {kJob, kAdmin});
  }
  return table;
}

}  // namespace zhenhui::activities

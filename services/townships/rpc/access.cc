#include "services/townships/rpc/access.h"

namespace zhenhui::townships {

auth::AccessTable Access() {
  using enum auth::Role;
  auth::AccessTable table;
  for (const char* method : {
           ZH_TOWNSHIPS_METHOD("GetDistrict"),
           ZH_TOWNSHIPS_METHOD("ListDistricts"),
           ZH_TOWNSHIPS_METHOD("GetTownship"),
           ZH_TOWNSHIPS_METHOD("ListTownships"),
           ZH_TOWNSHIPS_METHOD("GetVillage"),
           ZH_TOWNSHIPS_METHOD("ListVillages"),
           ZH_TOWNSHIPS_METHOD("GetPopulation"),
           ZH_TOWNSHIPS_METHOD("ListPopulations"),
           ZH_TOWNSHIPS_METHOD("GetRosterEntry"),
           ZH_TOWNSHIPS_METHOD("ListRosterEntries"),
           ZH_TOWNSHIPS_METHOD("ResolveRevision"),
       }) {
    table.AllowAnyRole(method);
  }
  for (const char* method : {ZH_TOWNSHIPS_METHOD("CreateDistrict"), ZH_TOWNSHIPS_METHOD("UpdateDistrict")}) {
    table.Allow(method, {kAdmin});
  }
  for (const char* method : {
           ZH_TOWNSHIPS_METHOD("CreateTownship"),
           ZH_TOWNSHIPS_METHOD("UpdateTownship"),
           ZH_TOWNSHIPS_METHOD("ImportTownships"),
           ZH_TOWNSHIPS_METHOD("CreateVillage"),
           ZH_TOWNSHIPS_METHOD("UpdateVillage"),
           ZH_TOWNSHIPS_METHOD("ImportVillages"),
           ZH_TOWNSHIPS_METHOD("UpdatePopulation"),
           ZH_TOWNSHIPS_METHOD("ImportPopulations"),
       }) {
    table.Allow(method, {kDistrict, kAdmin});
  }
  for (const char* method : {
           ZH_TOWNSHIPS_METHOD("CreateRosterEntry"),
           ZH_TOWNSHIPS_METHOD("UpdateRosterEntry"),
           ZH_TOWNSHIPS_METHOD("ImportRosterEntries"),
           ZH_TOWNSHIPS_METHOD("EndRosterEntry"),
       }) {
    table.Allow(method, {kReporter, kDistrict, kAdmin});
  }
  for (const char* method : {ZH_TOWNSHIPS_METHOD("WatchChanges"), ZH_TOWNSHIPS_METHOD("StreamSnapshot")}) {
    table.Allow(method, {kJob, kAdmin});
  }
  return table;
}

}  // namespace zhenhui::townships

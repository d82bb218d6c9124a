#pragma once
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/zhenhui/input/simple_csv.h"
#include "zhenhui/townships/v1/township_service.pb.h"

// Rows of reference files as the townships service takes them. Type and role are read in English or Chinese;
// what they cannot be read as stays unspecified, for the service to refuse by record.
namespace zhenhui::cli {

using ColumnNames = std::map<std::string, std::vector<std::string>>;

const ColumnNames& DistrictColumns();
const ColumnNames& TownshipColumns();
const ColumnNames& VillageColumns();
const ColumnNames& PopulationColumns();
const ColumnNames& RosterColumns();

townships::v1::District ToDistrict(const SimpleRow& row);
townships::v1::Township ToTownship(const SimpleRow& row);
townships::v1::Village ToVillage(const SimpleRow& row);
townships::v1::Population ToPopulation(const SimpleRow& row);
// An entry without an id gets one made of its content, as an activity does.
townships::v1::RosterEntry ToRosterEntry(const SimpleRow& row);

}  // namespace zhenhui::cli

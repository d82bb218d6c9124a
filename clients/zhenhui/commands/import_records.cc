#include "clients/zhenhui/commands/import_records.h"

#include "clients/zhenhui/input/catalogue.h"
#include "clients/zhenhui/input/normalise.h"
#include "clients/zhenhui/input/row_id.h"

namespace zhenhui::cli {
namespace {

// What cannot be read as a date goes on as it is: the service's refusal then shows it.
std::string DateOf(const std::string& text) { return NormaliseDate(text).value_or(text); }

template <typename Enum>
Enum Choose(const std::map<std::string, Enum>& names, const std::string& text) {
  const auto found = names.find(FoldName(text));
  return found == names.end() ? Enum() : found->second;
}

template <typename Place>
void FillPlace(const SimpleRow& row, Place* place) {
  place->set_display_name_zh(row["name"]);
  place->set_display_name_en(row["name_en"]);
  place->set_valid_from(DateOf(row["valid_from"]));
  place->set_valid_to(DateOf(row["valid_to"]));
  place->set_etag(row["etag"]);
}

const ColumnNames& PlaceColumns() {
  static const ColumnNames kColumns = {{"code", {"代码", "区划代码"}},
                                       {"name", {"名称"}},
                                       {"name_en", {"英文名称"}},
                                       {"type", {"类型"}},
                                       {"valid_from", {"开始日期", "设立日期"}},
                                       {"valid_to", {"结束日期", "撤销日期"}},
                                       {"etag", {}}};
  return kColumns;
}

}  // namespace

const ColumnNames& DistrictColumns() { return PlaceColumns(); }
const ColumnNames& TownshipColumns() { return PlaceColumns(); }
const ColumnNames& VillageColumns() { return PlaceColumns(); }

const ColumnNames& PopulationColumns() {
  static const ColumnNames kColumns = {
      {"township", {"乡镇"}}, {"year", {"年份", "年"}}, {"residents", {"人口", "常住人口"}}, {"etag", {}}};
  return kColumns;
}

const ColumnNames& RosterColumns() {
  static const ColumnNames kColumns = {{"id", {"编号"}},           {"township", {"乡镇"}},
                                       {"role", {"角色", "类别"}}, {"villages", {"村", "村(社区)"}},
                                       {"name", {"名称", "姓名"}}, {"valid_from", {"开始日期"}},
                                       {"valid_to", {"结束日期"}}, {"etag", {}}};
  return kColumns;
}

townships::v1::District ToDistrict(const SimpleRow& row) {
  townships::v1::District district;
  district.set_name("districts/" + ToHalfWidth(row["code"]));
  FillPlace(row, &district);
  return district;
}

townships::v1::Township ToTownship(const SimpleRow& row) {
  static const std::map<std::string, townships::v1::TownshipType> kTypes = {
      {"town", townships::v1::TOWNSHIP_TYPE_TOWN},
      {"镇", townships::v1::TOWNSHIP_TYPE_TOWN},
      {"township", townships::v1::TOWNSHIP_TYPE_TOWNSHIP},
      {"乡", townships::v1::TOWNSHIP_TYPE_TOWNSHIP},
      {"ethnic_township", townships::v1::TOWNSHIP_TYPE_ETHNIC_TOWNSHIP},
      {"民族乡", townships::v1::TOWNSHIP_TYPE_ETHNIC_TOWNSHIP},
      {"subdistrict", townships::v1::TOWNSHIP_TYPE_SUBDISTRICT},
      {"街道", townships::v1::TOWNSHIP_TYPE_SUBDISTRICT}};
  townships::v1::Township township;
  township.set_name("townships/" + ToHalfWidth(row["code"]));
  township.set_type(Choose(kTypes, row["type"]));
  FillPlace(row, &township);
  return township;
}

townships::v1::Village ToVillage(const SimpleRow& row) {
  static const std::map<std::string, townships::v1::VillageType> kTypes = {
      {"village", townships::v1::VILLAGE_TYPE_VILLAGE},
      {"村", townships::v1::VILLAGE_TYPE_VILLAGE},
      {"community", townships::v1::VILLAGE_TYPE_COMMUNITY},
      {"社区", townships::v1::VILLAGE_TYPE_COMMUNITY}};
  const std::string code = ToHalfWidth(row["code"]);
  townships::v1::Village village;
  village.set_name("townships/" + code.substr(0, 9) + "/villages/" + code);
  village.set_type(Choose(kTypes, row["type"]));
  FillPlace(row, &village);
  return village;
}

townships::v1::Population ToPopulation(const SimpleRow& row) {
  townships::v1::Population population;
  population.set_name("townships/" + ToHalfWidth(row["township"]) + "/populations/" +
                      ToHalfWidth(row["year"]));
  // Out of range for the service when it is no number, so that the record and not the file is refused.
  population.set_residents(ParseWholeNumber(row["residents"]).value.value_or(0));
  population.set_etag(row["etag"]);
  return population;
}

townships::v1::RosterEntry ToRosterEntry(const SimpleRow& row) {
  using townships::v1::RosterRole;
  static const std::map<std::string, RosterRole> kRoles = {
      {"legal_counsel", townships::v1::ROSTER_ROLE_LEGAL_COUNSEL},
      {"法律顾问", townships::v1::ROSTER_ROLE_LEGAL_COUNSEL},
      {"村(社区)法律顾问", townships::v1::ROSTER_ROLE_LEGAL_COUNSEL},
      {"law_savvy_person", townships::v1::ROSTER_ROLE_LAW_SAVVY_PERSON},
      {"法律明白人", townships::v1::ROSTER_ROLE_LAW_SAVVY_PERSON},
      {"mediator", townships::v1::ROSTER_ROLE_MEDIATOR},
      {"人民调解员", townships::v1::ROSTER_ROLE_MEDIATOR},
      {"enforcement_officer", townships::v1::ROSTER_ROLE_ENFORCEMENT_OFFICER},
      {"持行政执法证人员", townships::v1::ROSTER_ROLE_ENFORCEMENT_OFFICER},
      {"gov_counsel", townships::v1::ROSTER_ROLE_GOV_COUNSEL},
      {"党委政府法律顾问", townships::v1::ROSTER_ROLE_GOV_COUNSEL},
      {"mediation_committee", townships::v1::ROSTER_ROLE_MEDIATION_COMMITTEE},
      {"人民调解委员会", townships::v1::ROSTER_ROLE_MEDIATION_COMMITTEE},
      {"legal_culture_site", townships::v1::ROSTER_ROLE_LEGAL_CULTURE_SITE},
      {"法治文化阵地", townships::v1::ROSTER_ROLE_LEGAL_CULTURE_SITE}};
  const std::string township = ToHalfWidth(row["township"]);
  townships::v1::RosterEntry entry;
  entry.set_role(Choose(kRoles, row["role"]));
  for (const std::string& village : SplitList(row["villages"])) entry.add_villages(ToHalfWidth(village));
  entry.set_display_name(row["name"]);
  entry.set_valid_from(DateOf(row["valid_from"]));
  entry.set_valid_to(DateOf(row["valid_to"]));
  std::string id = ToHalfWidth(row["id"]);
  // valid_to has no part in the id: a file that later says when someone left must not add a second person.
  if (id.empty()) {
    id = TextId(township + "|" + std::to_string(entry.role()) + "|" + row["villages"] + "|" +
                entry.display_name() + "|" + entry.valid_from());
  }
  entry.set_name("townships/" + township + "/rosterEntries/" + id);
  entry.set_etag(row["etag"]);
  return entry;
}

}  // namespace zhenhui::cli

#include "clients/zhenhui/input/header.h"

#include <algorithm>
#include <map>
#include <set>

#include "clients/zhenhui/input/normalise.h"

namespace zhenhui::cli {
namespace {

const std::map<std::string, ColumnRole>& Roles() {
  static const std::map<std::string, ColumnRole> kRoles = {
      {"id", ColumnRole::kId},
      {"name", ColumnRole::kId},
      {"编号", ColumnRole::kId},
      {"township", ColumnRole::kTownship},
      {"乡镇", ColumnRole::kTownship},
      {"所属乡镇", ColumnRole::kTownship},
      {"乡镇街道", ColumnRole::kTownship},
      {"kind", ColumnRole::kKind},
      {"类型", ColumnRole::kKind},
      {"活动类型", ColumnRole::kKind},
      {"date", ColumnRole::kDate},
      {"日期", ColumnRole::kDate},
      {"活动日期", ColumnRole::kDate},
      {"village", ColumnRole::kVillage},
      {"村", ColumnRole::kVillage},
      {"村社区", ColumnRole::kVillage},
      {"title", ColumnRole::kTitle},
      {"标题", ColumnRole::kTitle},
      {"活动名称", ColumnRole::kTitle},
      {"audiences", ColumnRole::kAudiences},
      {"受众", ColumnRole::kAudiences},
      {"channels", ColumnRole::kChannels},
      {"渠道", ColumnRole::kChannels},
      {"partners", ColumnRole::kPartners},
      {"参与单位", ColumnRole::kPartners},
      {"evidence", ColumnRole::kEvidence},
      {"佐证", ColumnRole::kEvidence},
      {"note", ColumnRole::kNote},
      {"roster_entries", ColumnRole::kRosterEntries},
      {"名册", ColumnRole::kRosterEntries},
      {"备注", ColumnRole::kNote},
      {"etag", ColumnRole::kEtag},
      {"错误", ColumnRole::kIgnored},
      {"error", ColumnRole::kIgnored},
      {"序号", ColumnRole::kIgnored},
      {"state", ColumnRole::kIgnored},
      {"状态", ColumnRole::kIgnored},
  };
  return kRoles;
}

// Words that clerks put over a column of figures. Where one may mean several measures, the row's kind
// decides.
const std::map<std::string, std::vector<std::string>>& MeasureWords() {
  static const std::map<std::string, std::vector<std::string>> kWords = {
      {"场次", {"occurrences"}},
      {"场", {"occurrences"}},
      {"次", {"occurrences"}},
      {"期", {"occurrences"}},
      {"人次", {"attendances", "consultations"}},
      {"人数", {"persons", "attendances"}},
      {"份数", {"copies", "documents"}},
      {"份", {"copies", "documents"}},
      {"册数", {"copies"}},
      {"咨询人次", {"consultations"}},
      {"件数", {"cases"}},
      {"件", {"cases"}},
      {"小时", {"hours"}},
  };
  return kWords;
}

// "日期（必填）*" -> "日期", "村（社区）" stays for the table below to try first.
std::string WithoutNote(std::string folded) {
  while (!folded.empty() && folded.back() == '*') folded.pop_back();
  if (!folded.empty() && folded.back() == ')') {
    if (const size_t open = folded.rfind('('); open != std::string::npos && open > 0) folded.erase(open);
  }
  return Trim(folded);
}

Column MapColumn(const std::string& heading, const Catalogue& catalogue, const std::set<std::string>& ignored,
                 bool* known) {
  Column column;
  column.heading = heading;
  const std::string folded = FoldName(heading);
  *known = true;
  if (folded.empty() || ignored.count(folded) > 0) return column;
  for (const std::string& name : {folded, WithoutNote(folded)}) {
    if (const auto role = Roles().find(name); role != Roles().end()) {
      column.role = role->second;
      return column;
    }
    column.measures = catalogue.Measures(name);
    if (const auto words = MeasureWords().find(name);
        column.measures.empty() && words != MeasureWords().end()) {
      column.measures = words->second;
    }
    if (!column.measures.empty()) {
      column.role = ColumnRole::kMeasure;
      return column;
    }
  }
  *known = false;
  return column;
}

const char* FieldOf(ColumnRole role) {
  switch (role) {
    case ColumnRole::kId:
      return "name";
    case ColumnRole::kTownship:
      return "township";
    case ColumnRole::kKind:
      return "kind";
    case ColumnRole::kDate:
      return "date";
    case ColumnRole::kVillage:
      return "village";
    case ColumnRole::kTitle:
      return "title";
    case ColumnRole::kAudiences:
      return "audiences";
    case ColumnRole::kChannels:
      return "channels";
    case ColumnRole::kPartners:
      return "partners";
    case ColumnRole::kEvidence:
      return "evidence";
    case ColumnRole::kNote:
      return "note";
    case ColumnRole::kRosterEntries:
      return "roster_entries";
    case ColumnRole::kEtag:
      return "etag";
    default:
      return "";
  }
}

}  // namespace

int Header::ColumnOf(const std::string& field) const {
  constexpr std::string_view kMeasures = "measures.";
  const bool measure = field.compare(0, kMeasures.size(), kMeasures) == 0;
  const std::string key =
      measure ? field.substr(kMeasures.size()) : field.substr(0, field.find_first_of(".["));
  for (size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const bool found = measure ? std::count(column.measures.begin(), column.measures.end(), key) > 0
                               : !key.empty() && FieldOf(column.role) == key;
    if (found) return static_cast<int>(i);
  }
  return -1;
}

bool Header::Has(ColumnRole role) const {
  return std::any_of(columns.begin(), columns.end(),
                     [role](const Column& column) { return column.role == role; });
}

Header MapHeader(const std::vector<std::string>& headings, const Catalogue& catalogue,
                 const std::vector<std::string>& ignored) {
  std::set<std::string> ignored_names;
  for (const std::string& name : ignored) ignored_names.insert(FoldName(name));
  Header header;
  for (const std::string& heading : headings) {
    bool known = false;
    Column column = MapColumn(heading, catalogue, ignored_names, &known);
    if (!known) header.unknown.push_back(heading);
    const bool repeated =
        std::any_of(header.columns.begin(), header.columns.end(), [&column](const Column& other) {
          return column.role != ColumnRole::kIgnored && column.role == other.role &&
                 column.measures == other.measures;
        });
    if (repeated) header.repeated.push_back(heading);
    header.columns.push_back(std::move(column));
  }
  return header;
}

}  // namespace zhenhui::cli

#include "clients/zhenhui/commands/activity_table.h"

#include <map>
#include <set>

#include "absl/strings/str_join.h"

namespace zhenhui::cli {
namespace {

std::string Id(const activities::v1::Activity& activity) {
  return activity.name().substr(activity.name().rfind('/') + 1);
}

std::string TownshipOf(const activities::v1::Activity& activity) {
  const size_t begin = activity.name().find('/') + 1;
  return activity.name().substr(begin, activity.name().find('/', begin) - begin);
}

}  // namespace

std::string MeasuresText(const activities::v1::Activity& activity) {
  const std::map<std::string, int64_t> measures(activity.measures().begin(), activity.measures().end());
  std::string text;
  for (const auto& [code, value] : measures)
    text += (text.empty() ? "" : " ") + code + "=" + std::to_string(value);
  return text;
}

std::vector<std::pair<std::string, std::string>> ActivityFields(const activities::v1::Activity& activity) {
  return {{"name", activity.name()},
          {"kind", activity.kind()},
          {"date", activity.date()},
          {"village", activity.village()},
          {"title", activity.title()},
          {"audiences", absl::StrJoin(activity.audiences(), ";")},
          {"channels", absl::StrJoin(activity.channels(), ";")},
          {"partners", absl::StrJoin(activity.partners(), ";")},
          {"roster_entries", absl::StrJoin(activity.roster_entries(), ";")},
          {"measures", MeasuresText(activity)},
          {"note", activity.note()},
          {"state", activity.state() == activities::v1::ACTIVITY_STATE_DELETED ? "deleted" : "active"},
          {"etag", activity.etag()},
          {"revision", std::to_string(activity.revision())},
          {"updated_by", activity.updated_by()},
          {"reason", activity.revision_reason()}};
}

Table ActivityTable(const Context& context, const std::vector<activities::v1::Activity>& activities) {
  Table table;
  for (const Msg heading : {Msg::kHeadId, Msg::kHeadDate, Msg::kHeadKind, Msg::kHeadVillage, Msg::kHeadTitle,
                            Msg::kHeadMeasures, Msg::kHeadState}) {
    table.AddColumn(context.T(heading));
  }
  for (const auto& activity : activities) {
    const bool deleted = activity.state() == activities::v1::ACTIVITY_STATE_DELETED;
    table.AddRow({Id(activity), activity.date(), activity.kind(), activity.village(), activity.title(),
                  MeasuresText(activity), context.T(deleted ? Msg::kStateDeleted : Msg::kStateActive)});
  }
  return table;
}

Table ActivityCsv(const std::vector<activities::v1::Activity>& activities) {
  std::set<std::string> codes;
  for (const auto& activity : activities) {
    for (const auto& [code, value] : activity.measures()) codes.insert(code);
  }
  Table table;
  for (const char* heading : {"id", "township", "kind", "date", "village", "title", "audiences", "channels",
                              "partners", "evidence", "note", "roster_entries", "etag", "state"}) {
    table.AddColumn(heading);
  }
  for (const std::string& code : codes) table.AddColumn(code);
  for (const auto& activity : activities) {
    std::vector<std::string> uris;
    for (const auto& evidence : activity.evidence()) uris.push_back(evidence.uri());
    const bool deleted = activity.state() == activities::v1::ACTIVITY_STATE_DELETED;
    std::vector<std::string> cells = {Id(activity),
                                      TownshipOf(activity),
                                      activity.kind(),
                                      activity.date(),
                                      activity.village(),
                                      activity.title(),
                                      absl::StrJoin(activity.audiences(), ";"),
                                      absl::StrJoin(activity.channels(), ";"),
                                      absl::StrJoin(activity.partners(), ";"),
                                      absl::StrJoin(uris, ";"),
                                      activity.note(),
                                      absl::StrJoin(activity.roster_entries(), ";"),
                                      activity.etag(),
                                      deleted ? "deleted" : "active"};
    for (const std::string& code : codes) {
      const auto found = activity.measures().find(code);
      cells.push_back(found == activity.measures().end() ? "" : std::to_string(found->second));
    }
    table.AddRow(std::move(cells));
  }
  return table;
}

}  // namespace zhenhui::cli

#include "tests/faults/content.h"

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"

namespace zhenhui::faults {
namespace {

std::string MonthOf(const std::string& date) { return date.substr(0, 7) + "-01"; }

std::string DayAfter(const std::string& date) {
  absl::CivilDay day;
  absl::ParseCivilTime(date, &day);
  return absl::FormatCivilTime(day + 1);
}

// +1 from the first day, -1 after the last.
void AddStanding(const CellKey& place, const std::string& from, const std::string& to, Cells& cells) {
  CellKey key = place;
  key.bucket = from;
  AddTo(cells, {{key, 1}});
  if (to.empty()) return;
  key.bucket = DayAfter(to);
  AddTo(cells, {{key, -1}});
}

}  // namespace

void AddTo(Cells& sum, const Cells& more) {
  for (const auto& [key, value] : more) {
    if ((sum[key] += value) == 0) sum.erase(key);
  }
}

void TakeFrom(Cells& sum, const Cells& less) {
  for (const auto& [key, value] : less) {
    if ((sum[key] -= value) == 0) sum.erase(key);
  }
}

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

Content ContentOf(const std::string& town, const activities::v1::Activity& activity) {
  std::map<std::string, int64_t> measures(activity.measures().begin(), activity.measures().end());
  measures.try_emplace("occurrences", 1);
  const std::set<std::string> audiences(activity.audiences().begin(), activity.audiences().end());
  const std::set<std::string> entries(activity.roster_entries().begin(), activity.roster_entries().end());
  const bool deleted = activity.state() == activities::v1::ACTIVITY_STATE_DELETED;
  Content content;
  content.text =
      absl::StrCat(activity.kind(), " ", activity.date(), " ", activity.village(), " '", activity.title(),
                   "' for ", absl::StrJoin(audiences, ","), " by ", absl::StrJoin(entries, ","), " with ",
                   absl::StrJoin(measures, ",", absl::PairFormatter("=")), deleted ? " deleted" : "");
  if (deleted) return content;
  for (const auto& [measure, amount] : measures) {
    const std::string series = absl::StrCat(activity.kind(), ".", measure, amount == 0 ? ".zeros" : "");
    const int64_t value = amount == 0 ? 1 : amount;
    AddTo(content.cells, {{{town, series, 1, "", activity.date()}, value}});
    AddTo(content.cells, {{{town, series, 2, activity.village(), MonthOf(activity.date())}, value}});
    for (const std::string& audience : audiences) {
      AddTo(content.cells, {{{town, series, 3, audience, MonthOf(activity.date())}, value}});
    }
    if (measure != "occurrences" || amount == 0) continue;
    for (const std::string& entry : entries) {
      AddTo(content.cells, {{{town, series, 4, entry, MonthOf(activity.date())}, value}});
    }
  }
  return content;
}

Content ContentOf(const std::string& town, const activities::v1::MonthConfirmation& month) {
  return {absl::StrCat(month.month(), " '", month.note(), "'"),
          {{{town, "confirmed", 1, "", month.month() + "-01"}, 1}}};
}

Content ContentOf(const std::string&, const townships::v1::Township& township) {
  return {absl::StrCat(township.display_name_zh(), " ", township.type()), {}};
}

Content ContentOf(const std::string& town, const townships::v1::Village& village) {
  Content content{absl::StrCat(village.display_name_zh(), " ", village.valid_from(), "-", village.valid_to()),
                  {}};
  const std::string series = "register.villages";
  AddStanding({town, series, 1, "", ""}, village.valid_from(), village.valid_to(), content.cells);
  AddStanding({town, series, 2, LastPart(village.name()), ""}, village.valid_from(), village.valid_to(),
              content.cells);
  return content;
}

Content ContentOf(const std::string& town, const townships::v1::Population& population) {
  return {absl::StrCat(population.residents(), " residents"),
          {{{town, "register.residents", 1, "", LastPart(population.name()) + "-01-01"},
            population.residents()}}};
}

Content ContentOf(const std::string& town, const townships::v1::RosterEntry& entry) {
  static constexpr size_t kPrefix = sizeof("ROSTER_ROLE_") - 1;
  const std::string role =
      absl::AsciiStrToLower(townships::v1::RosterRole_Name(entry.role()).substr(kPrefix));
  const std::set<std::string> villages(entry.villages().begin(), entry.villages().end());
  Content content;
  content.text = absl::StrCat(role, " ", entry.valid_from(), "-", entry.valid_to(), " '",
                              entry.display_name(), "' in ", absl::StrJoin(villages, ","));
  const std::string series = "roster." + role;
  AddStanding({town, series, 1, "", ""}, entry.valid_from(), entry.valid_to(), content.cells);
  if (villages.empty())
    AddStanding({town, series, 2, "", ""}, entry.valid_from(), entry.valid_to(), content.cells);
  for (const std::string& village : villages) {
    AddStanding({town, series, 2, village, ""}, entry.valid_from(), entry.valid_to(), content.cells);
  }
  return content;
}

}  // namespace zhenhui::faults

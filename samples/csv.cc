#include "samples/csv.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "samples/kind_plans.h"

namespace zhenhui::samples {
namespace {

using Row = std::vector<std::string>;

std::string Quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  return absl::StrCat("\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\"");
}

void AppendRow(const Row& row, std::string& csv) {
  absl::StrAppend(
      &csv,
      absl::StrJoin(row, ",", [](std::string* out, const std::string& field) { out->append(Quoted(field)); }),
      "\n");
}

template <typename T, typename ToRow>
std::string Csv(const Row& header, const std::vector<T>& items, ToRow to_row) {
  std::string csv;
  AppendRow(header, csv);
  for (const T& item : items) AppendRow(to_row(item), csv);
  return csv;
}

Row ActivityRow(const Record& record) {
  Row row = {record.id,
             record.township,
             record.kind,
             FormatDate(record.date),
             record.village,
             record.title,
             absl::StrJoin(record.audiences, ";"),
             absl::StrJoin(record.channels, ";"),
             absl::StrJoin(record.partners, ";"),
             record.note,
             absl::StrJoin(record.roster_entries, ";")};
  for (const char* column : MeasureColumns()) {
    std::string value;
    for (const auto& [code, number] : record.measures) {
      if (code == column) value = absl::StrCat(number);
    }
    row.push_back(value);
  }
  return row;
}

}  // namespace

std::string TownsCsv(const std::vector<Town>& towns) {
  return Csv({"code", "name", "name_en", "type"}, towns, [](const Town& town) {
    return Row{town.code, town.name, town.name_en, town.type};
  });
}

std::string VillagesCsv(const std::vector<Village>& villages) {
  return Csv({"code", "name", "name_en", "type", "valid_from"}, villages, [](const Village& village) {
    return Row{village.code, village.name, village.name_en, village.type, FormatDate(village.valid_from)};
  });
}

std::string PopulationsCsv(const std::vector<Population>& populations) {
  return Csv({"township", "year", "residents", "note"}, populations, [](const Population& population) {
    return Row{population.township, absl::StrCat(population.year), absl::StrCat(population.residents),
               kInvented};
  });
}

std::string RosterCsv(const std::vector<RosterEntry>& roster) {
  return Csv({"id", "township", "role", "villages", "name", "valid_from", "valid_to"}, roster,
             [](const RosterEntry& entry) {
               return Row{entry.id,      entry.township,
                          entry.role,    absl::StrJoin(entry.villages, ";"),
                          entry.name,    FormatDate(entry.valid_from),
                          entry.valid_to};
             });
}

std::string ActivitiesCsv(const std::vector<Record>& records) {
  Row header = {"id",        "township", "kind",     "date", "village",       "title",
                "audiences", "channels", "partners", "note", "roster_entries"};
  header.insert(header.end(), MeasureColumns().begin(), MeasureColumns().end());
  return Csv(header, records, ActivityRow);
}

std::string TargetsCsv(const std::vector<Target>& targets) {
  return Csv({"township", "year", "metric", "q1", "q2", "q3", "q4", "source", "note"}, targets,
             [](const Target& target) {
               Row row = {target.township, absl::StrCat(target.year), target.metric};
               for (const int64_t quarter : target.quarters) row.push_back(absl::StrCat(quarter));
               row.push_back(target.source);
               row.push_back(target.note);
               return row;
             });
}

std::string ConfirmationsCsv(const std::vector<Confirmation>& confirmations) {
  return Csv({"township", "month", "note"}, confirmations, [](const Confirmation& confirmation) {
    return Row{confirmation.township, confirmation.month, kInvented};
  });
}

}  // namespace zhenhui::samples

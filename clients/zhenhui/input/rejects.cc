#include <nlohmann/json.hpp>

#include "clients/zhenhui/input/csv.h"
#include "clients/zhenhui/input/input_file.h"

namespace zhenhui::cli {
namespace {

using Rejects = std::vector<std::pair<const InputRecord*, std::string>>;

// "c-<24 hex>-2": its number would be lost if only it were pushed again.
bool HasOrdinal(const InputRecord& record) {
  return record.derived_id && record.activity.name().find('-', 2) != std::string::npos;
}

std::string FormatJson(const Rejects& rejects) {
  std::string out;
  for (const auto& [record, why] : rejects) {
    nlohmann::ordered_json object = nlohmann::ordered_json::parse(record->raw, nullptr, false);
    if (!object.is_object()) {
      out.append(record->raw) += '\n';  // what is no object cannot take a key
      continue;
    }
    if (HasOrdinal(*record)) object["id"] = record->activity.name();
    object[kErrorHeading] = why;
    out += object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  }
  return out;
}

}  // namespace

std::string FormatRejects(const InputFile& file, const Rejects& rejects) {
  if (file.ndjson) return FormatJson(rejects);
  bool add_id = false;
  for (const auto& [record, why] : rejects)
    add_id |= HasOrdinal(*record) && !file.header.Has(ColumnRole::kId);
  std::vector<size_t> kept;
  std::vector<std::string> headings;
  for (size_t i = 0; i < file.header.columns.size(); ++i) {
    if (file.header.columns[i].heading == kErrorHeading) continue;
    kept.push_back(i);
    headings.push_back(file.header.columns[i].heading);
  }
  if (add_id) headings.push_back("id");
  headings.push_back(kErrorHeading);
  std::string out = "\xEF\xBB\xBF" + FormatCsvRow(headings, file.separator);
  const int id_column = file.header.ColumnOf("name");
  for (const auto& [record, why] : rejects) {
    CsvRow row;
    CsvReader reader(record->raw, file.separator);
    reader.Next(&row);
    // A row whose quotes are broken stays whole in the first column, for a person to mend.
    if (!row.error.empty()) row.fields = {std::string(record->raw)};
    if (HasOrdinal(*record) && id_column >= 0) {
      row.fields.resize(std::max(row.fields.size(), static_cast<size_t>(id_column) + 1));
      row.fields[static_cast<size_t>(id_column)] = record->activity.name();
    }
    std::vector<std::string> fields;
    for (const size_t i : kept) fields.push_back(i < row.fields.size() ? row.fields[i] : "");
    if (add_id) fields.push_back(HasOrdinal(*record) ? record->activity.name() : "");
    fields.push_back(why);
    // More fields than headings is why such a row is refused; they stand behind, so that nothing is lost.
    for (size_t i = file.header.columns.size(); i < row.fields.size(); ++i) fields.push_back(row.fields[i]);
    out += FormatCsvRow(fields, file.separator);
  }
  return out;
}

}  // namespace zhenhui::cli

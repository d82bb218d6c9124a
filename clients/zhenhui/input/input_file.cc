#include "clients/zhenhui/input/input_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/zhenhui/input/csv.h"
#include "clients/zhenhui/input/ndjson.h"
#include "clients/zhenhui/input/normalise.h"
#include "clients/zhenhui/input/row_id.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"

namespace zhenhui::cli {
namespace {

absl::Status Bad(const std::string& reason, const std::string& message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

void TakeMeasure(const Column& column, const std::string& text, const Catalogue& catalogue,
                 InputRecord* record) {
  const WholeNumber number = ParseWholeNumber(text);
  const auto kind = catalogue.Kind(record->activity.kind());
  const std::string code = catalogue.MeasureOf(kind.value_or(""), column.measures);
  if (!number.reason.empty()) {
    record->errors.push_back({"measures." + code, number.reason, text});
  } else if (number.value.has_value()) {
    (*record->activity.mutable_measures())[code] = *number.value;
  }
}

void TakeField(ColumnRole role, const std::string& text, activities::v1::Activity* activity) {
  const auto add_all = [&text](auto* list) {
    for (std::string& part : SplitList(text)) list->Add(std::move(part));
  };
  switch (role) {
    case ColumnRole::kId:
      activity->set_name(ToHalfWidth(text));
      break;
    case ColumnRole::kKind:
      activity->set_kind(Trim(text));
      break;
    case ColumnRole::kDate:
      activity->set_date(Trim(text));
      break;
    case ColumnRole::kVillage:
      activity->set_village(Trim(text));
      break;
    case ColumnRole::kTitle:
      activity->set_title(Trim(text));
      break;
    case ColumnRole::kAudiences:
      add_all(activity->mutable_audiences());
      break;
    case ColumnRole::kChannels:
      add_all(activity->mutable_channels());
      break;
    case ColumnRole::kPartners:
      add_all(activity->mutable_partners());
      break;
    case ColumnRole::kRosterEntries:
      add_all(activity->mutable_roster_entries());
      break;
    case ColumnRole::kEvidence:
      for (std::string& uri : SplitList(text)) activity->add_evidence()->set_uri(std::move(uri));
      break;
    case ColumnRole::kNote:
      activity->set_note(Trim(text));
      break;
    case ColumnRole::kEtag:
      activity->set_etag(Trim(text));
      break;
    default:
      break;
  }
}

absl::Status ReadCsvRecord(const CsvRow& row, const Header& header, const ResolveContext& context,
                           InputRecord* record) {
  if (!row.error.empty()) {
    record->errors.push_back({"", row.error, ""});
    return absl::OkStatus();
  }
  std::string township;
  for (size_t i = 0; i < row.fields.size(); ++i) {
    const std::string& text = row.fields[i];
    if (i >= header.columns.size()) {
      if (!Trim(text).empty()) record->errors.push_back({"", "TOO_MANY_COLUMNS", text});
    } else if (header.columns[i].role == ColumnRole::kTownship) {
      township = text;
    } else {
      TakeField(header.columns[i].role, text, &record->activity);
    }
  }
  // Second, because which measure a heading means depends on the kind.
  for (size_t i = 0; i < row.fields.size() && i < header.columns.size(); ++i) {
    if (header.columns[i].role == ColumnRole::kMeasure) {
      TakeMeasure(header.columns[i], row.fields[i], *context.catalogue, record);
    }
  }
  return Resolve(township, context, record);
}

bool IsEmptyRow(const CsvRow& row) {
  for (const std::string& field : row.fields) {
    if (!Trim(field).empty()) return false;
  }
  return row.error.empty();
}

// What no service can take, before anything looks inside.
bool RefuseBytes(InputRecord* record) {
  if (!IsValidUtf8(record->raw)) record->errors.push_back({"", "INVALID_UTF8", ""});
  if (record->raw.find('\0') != std::string_view::npos) record->errors.push_back({"", "NUL_BYTE", ""});
  return !record->errors.empty();
}

void GiveId(OrdinalIds* ids, InputRecord* record) {
  if (!record->errors.empty() || !record->activity.name().empty()) return;
  record->activity.set_name(ids->Next(ContentId(record->township, record->activity)));
  record->derived_id = true;
}

absl::Status CheckHeader(const std::string& path, const Header& header) {
  // A first row without any known heading is none: mostly it is the title that stands above the table.
  const bool nothing_known =
      std::all_of(header.columns.begin(), header.columns.end(),
                  [](const Column& column) { return column.role == ColumnRole::kIgnored; });
  if (nothing_known && !header.unknown.empty()) {
    return Bad("HEADER_MISSING", path + ": " + absl::StrJoin(header.unknown, ", "));
  }
  if (!header.unknown.empty()) {
    return Bad("UNKNOWN_COLUMNS", path + ": " + absl::StrJoin(header.unknown, ", "));
  }
  if (!header.repeated.empty()) {
    return Bad("REPEATED_COLUMNS", path + ": " + absl::StrJoin(header.repeated, ", "));
  }
  if (!header.Has(ColumnRole::kKind)) return Bad("COLUMN_MISSING", path + ": kind (类型)");
  if (!header.Has(ColumnRole::kDate)) return Bad("COLUMN_MISSING", path + ": date (日期)");
  return absl::OkStatus();
}

absl::Status ParseCsv(const ReadOptions& options, const ResolveContext& context, InputFile* file) {
  std::string_view text = *file->text;
  file->separator = DetectSeparator(&text);
  CsvReader reader(text, file->separator);
  CsvRow row;
  if (!reader.Next(&row)) return Bad("FILE_EMPTY", file->path);
  file->header = MapHeader(row.fields, *context.catalogue, options.ignored_columns);
  RETURN_IF_ERROR(CheckHeader(file->path, file->header));
  OrdinalIds ids;
  while (reader.Next(&row)) {
    if (IsEmptyRow(row)) continue;
    InputRecord record;
    record.line = row.line;
    record.raw = row.raw;
    if (!RefuseBytes(&record)) {
      RETURN_IF_ERROR(ReadCsvRecord(row, file->header, context, &record));
      GiveId(&ids, &record);
    }
    file->records.push_back(std::move(record));
  }
  return absl::OkStatus();
}

absl::Status ParseNdjson(const ResolveContext& context, InputFile* file) {
  OrdinalIds ids;
  std::string_view rest = *file->text;
  for (int64_t line = 1; !rest.empty(); ++line) {
    const size_t end = rest.find('\n');
    std::string_view raw = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (Trim(raw).empty()) continue;
    InputRecord record;
    record.line = line;
    record.raw = raw;
    if (!RefuseBytes(&record)) {
      std::string township;
      if (ParseJsonRecord(&record, &township)) RETURN_IF_ERROR(Resolve(township, context, &record));
      GiveId(&ids, &record);
    }
    file->records.push_back(std::move(record));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadBytes(const std::string& path) {
  std::ostringstream bytes;
  if (path == "-") {
    bytes << std::cin.rdbuf();
    return bytes.str();
  }
  std::ifstream in(path, std::ios::binary);
  // A folder can be opened, but not read.
  std::error_code ignored;
  if (!in && !std::filesystem::exists(path, ignored)) {
    return Error(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", path);
  }
  if (!in || std::filesystem::is_directory(path, ignored)) {
    return Error(absl::StatusCode::kNotFound, "FILE_UNREADABLE", path);
  }
  // Copying an empty file would set the stream's fail bit, which is harmless here.
  bytes << in.rdbuf();
  return bytes.str();
}

absl::StatusOr<InputFile> ParseInput(const std::string& path, std::string bytes, const ReadOptions& options,
                                     const ResolveContext& context) {
  InputFile file;
  file.path = path;
  absl::StatusOr<std::string> text = DecodeText(std::move(bytes), options.encoding);
  if (!text.ok()) return Bad(ReasonOf(text.status()), absl::StrCat(path, ": ", text.status().message()));
  file.text = std::make_unique<std::string>(*std::move(text));
  file.ndjson = absl::EndsWith(path, ".ndjson") || absl::EndsWith(path, ".jsonl") ||
                absl::EndsWith(path, ".json") || (path == "-" && absl::StartsWith(*file.text, "{"));
  RETURN_IF_ERROR(file.ndjson ? ParseNdjson(context, &file) : ParseCsv(options, context, &file));
  return file;
}

absl::StatusOr<InputFile> ReadInputFile(const std::string& path, const ReadOptions& options,
                                        const ResolveContext& context) {
  ASSIGN_OR_RETURN(std::string bytes, ReadBytes(path));
  return ParseInput(path, std::move(bytes), options, context);
}

}  // namespace zhenhui::cli

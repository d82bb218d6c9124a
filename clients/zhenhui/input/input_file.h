#pragma once
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/zhenhui/input/header.h"
#include "clients/zhenhui/input/record.h"
#include "clients/zhenhui/input/resolve.h"
#include "common/text/encoding.h"

namespace zhenhui::cli {

// A file of activities, read. CSV, or NDJSON (one JSON object a line) when its name ends in .ndjson, .jsonl
// or .json.
struct InputFile {
  std::string path;
  bool ndjson = false;
  char separator = ',';
  Header header;  // of CSV
  std::vector<InputRecord> records;
  std::unique_ptr<std::string> text;  // what the records' `raw` points into
};

struct ReadOptions {
  Encoding encoding = Encoding::kAuto;
  std::vector<std::string> ignored_columns;
};

// Reads and resolves all records; those that cannot be read are there with their errors. An error for the
// whole file: FILE_NOT_FOUND, FILE_UNREADABLE, FILE_IS_WORKBOOK, ENCODING_MALFORMED, HEADER_MISSING,
// UNKNOWN_COLUMNS, REPEATED_COLUMNS, COLUMN_MISSING, FILE_EMPTY, or that the places could not be asked. "-"
// is standard input, as CSV unless it begins with "{".
absl::StatusOr<InputFile> ReadInputFile(const std::string& path, const ReadOptions& options,
                                        const ResolveContext& context);

// The same for bytes at hand.
absl::StatusOr<InputFile> ParseInput(const std::string& path, std::string bytes, const ReadOptions& options,
                                     const ResolveContext& context);

// A whole file as it is; "-" is standard input. NOT_FOUND, reason FILE_NOT_FOUND or FILE_UNREADABLE (a
// folder).
absl::StatusOr<std::string> ReadBytes(const std::string& path);

// The refused records as they stood in the file, with why in a column (JSON: a key) 错误 that reading
// ignores. CSV begins with a byte order mark, for Excel. A record whose id came from its content and was made
// distinct by a number keeps that id, so that it stays the same record when only some of its equals are
// pushed again.
std::string FormatRejects(const InputFile& file,
                          const std::vector<std::pair<const InputRecord*, std::string>>& rejects);

}  // namespace zhenhui::cli

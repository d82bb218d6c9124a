#pragma once
#include <string>

#include "clients/zhenhui/input/record.h"

namespace zhenhui::cli {

// Reads record->raw, one JSON object with the field names of the proto Activity, and besides them "township"
// (code or name), "id" (for "name") and "错误" or "error" (ignored). A full name "townships/T/activities/ID"
// gives the township too. Returns false, with the record's error JSON_MALFORMED or UNKNOWN_FIELD, when it
// cannot be read.
bool ParseJsonRecord(InputRecord* record, std::string* township);

}  // namespace zhenhui::cli

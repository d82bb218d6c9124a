#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zhenhui/activities/v1/activity.pb.h"

namespace zhenhui::cli {

// Why a record is refused, found here or by the service.
struct RecordError {
  std::string field;   // path inside the record: "date", "measures.cases"; empty: the record as a whole
  std::string reason;  // UPPER_SNAKE: "MALFORMED_DATE"
  std::string detail;  // the offending text, or the service's sentence
};

// One record of an input file. It can be sent when `errors` is empty.
struct InputRecord {
  int64_t line = 0;                   // in the file, from 1
  std::string_view raw;               // as it stands in the file
  std::string township;               // 9 digits
  activities::v1::Activity activity;  // its name is the bare id
  bool derived_id = false;            // the id was made of the content
  std::vector<RecordError> errors;
};

}  // namespace zhenhui::cli

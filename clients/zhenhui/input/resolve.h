#pragma once
#include <string>

#include "absl/status/status.h"
#include "clients/zhenhui/input/catalogue.h"
#include "clients/zhenhui/input/places.h"
#include "clients/zhenhui/input/record.h"

namespace zhenhui::cli {

// What a record is read against. The referred ones must outlive it.
struct ResolveContext {
  const Catalogue* catalogue = nullptr;
  Places* places = nullptr;
  std::string default_township;  // 9 digits, or empty: then each record must say its own
};

// Brings a record whose texts are as people wrote them into the form that the service takes: names become
// codes, dates ISO. `township` is a code, a name or empty. What cannot be read is added to the record's
// errors; an error is returned only when the places could not be asked.
absl::Status Resolve(const std::string& township, const ResolveContext& context, InputRecord* record);

}  // namespace zhenhui::cli

#pragma once
#include <string>
#include <utility>
#include <vector>

#include "clients/zhenhui/context.h"
#include "zhenhui/activities/v1/activity.pb.h"

namespace zhenhui::cli {

// For a person: id, date, kind, village, title, measures, state.
Table ActivityTable(const Context& context, const std::vector<activities::v1::Activity>& activities);

// For a spreadsheet, with the headings that `push` reads, etag included: edit the file and push it with a
// reason.
Table ActivityCsv(const std::vector<activities::v1::Activity>& activities);

// Name and content of each field, always the same fields in the same order.
std::vector<std::pair<std::string, std::string>> ActivityFields(const activities::v1::Activity& activity);

// "cases=3 occurrences=1".
std::string MeasuresText(const activities::v1::Activity& activity);

}  // namespace zhenhui::cli

#include "clients/zhenhui/commands/activity_change.h"

#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/input/normalise.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using activities::v1::Activity;

void SetList(const std::string& value, google::protobuf::RepeatedPtrField<std::string>* list) {
  for (std::string& part : SplitList(value)) list->Add(std::move(part));
}

absl::Status SetMeasure(const std::string& code, const std::string& value, Activity* activity) {
  const WholeNumber number = ParseWholeNumber(value);
  if (!number.reason.empty()) return UsageError("measures." + code + " is a whole number, not " + value);
  // An empty value takes the measure away: it is in the mask and not in the record.
  if (number.value.has_value()) (*activity->mutable_measures())[code] = *number.value;
  return absl::OkStatus();
}

absl::Status SetField(const std::string& field, const std::string& value, Activity* activity) {
  constexpr std::string_view kMeasures = "measures.";
  if (field.compare(0, kMeasures.size(), kMeasures) == 0) {
    return SetMeasure(field.substr(kMeasures.size()), value, activity);
  }
  if (field == "date") {
    const auto date = NormaliseDate(value);
    if (!date.has_value()) return UsageError("date is such as 2024-03-05, not " + value);
    activity->set_date(*date);
  } else if (field == "kind") {
    activity->set_kind(value);
  } else if (field == "village") {
    activity->set_village(ToHalfWidth(value));
  } else if (field == "title") {
    activity->set_title(value);
  } else if (field == "note") {
    activity->set_note(value);
  } else if (field == "audiences") {
    SetList(value, activity->mutable_audiences());
  } else if (field == "channels") {
    SetList(value, activity->mutable_channels());
  } else if (field == "partners") {
    SetList(value, activity->mutable_partners());
  } else if (field == "roster_entries") {
    SetList(value, activity->mutable_roster_entries());
  } else {
    return UsageError("no field '" + field +
                      "': date, kind, village, title, note, audiences, channels, partners, roster_entries or "
                      "measures.<code>");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ApplySettings(const std::vector<std::string>& settings,
                           activities::v1::UpdateActivityRequest* request) {
  for (const std::string& setting : settings) {
    const size_t equals = setting.find('=');
    if (equals == std::string::npos) return UsageError("--set is FIELD=VALUE, not " + setting);
    const std::string field = setting.substr(0, equals);
    RETURN_IF_ERROR(SetField(field, setting.substr(equals + 1), request->mutable_activity()));
    request->mutable_update_mask()->add_paths(field);
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::cli

#pragma once
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/activities/domain/activity.h"
#include "zhenhui/activities/v1/activity.pb.h"

// An activity's content as a message, and as the bytes that are stored: a serialised Activity without name,
// etag and output-only fields, except that a deletion has its state.
namespace zhenhui::activities {

// Takes the texts out of `message`: it is left without them.
Draft TakeDraft(std::string_view township, v1::Activity& message);

// Sets kind to note, and nothing else.
void FillContent(const Activity& content, v1::Activity* out);

// Replaces `out` by the stored bytes. `scratch` saves allocations between calls.
void EncodeActivity(const Activity& content, v1::Activity& scratch, std::string* out);
// INTERNAL, RECORD_DAMAGED, for bytes that EncodeActivity did not make.
absl::StatusOr<Activity> DecodeActivity(std::string id, const std::string& bytes);

// A confirmation is stored as a serialised MonthConfirmation with month and note.
std::string EncodeMonth(absl::CivilMonth month, const std::string& note);
absl::StatusOr<MonthConfirmation> DecodeMonth(const std::string& bytes);

}  // namespace zhenhui::activities

#pragma once
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/activities/domain/activity.h"
#include "services/activities/domain/target.h"
#include "zhenhui/activities/v1/activity.pb.h"
#include "zhenhui/activities/v1/target.pb.h"

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

// A confirmation is stored as a serialised MonthConfirmation with month, note, due date and whether it is
// late. One without a due date, from before there were any, is read as in time.
std::string EncodeMonth(const MonthConfirmation& confirmation);
absl::StatusOr<MonthConfirmation> DecodeMonth(const std::string& bytes);

// A target is stored as a serialised Target without name and output-only fields, except that a withdrawn one
// says so.
TargetDraft TakeTargetDraft(v1::Target& message);
void FillTarget(const Target& content, v1::Target* out);
std::string EncodeTarget(const Target& content);
absl::StatusOr<Target> DecodeTarget(const std::string& bytes);

}  // namespace zhenhui::activities

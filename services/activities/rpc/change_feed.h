#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/feed/follower.h"

// The feed's bytes are the public messages' own, and are put into the answers as they are. A damaged record
// is found by who reads it.
namespace zhenhui::activities {

// A serialised WatchChangesResponse.
absl::StatusOr<std::string> EncodeBatch(const feed::Batch& batch);

// Appends one record to a serialised StreamSnapshotResponse; leaves deletions and withdrawn targets out. A
// snapshot tells contents: the fields that name and date a revision are empty in it.
absl::Status EncodeRecord(int16_t record_type, std::string_view record, std::string* part);

}  // namespace zhenhui::activities

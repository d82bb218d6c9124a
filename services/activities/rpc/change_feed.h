#pragma once
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/feed/follower.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

// The feed's bytes are the public messages' own: parsed straight into the answers.
namespace zhenhui::activities {

// INTERNAL, RECORD_DAMAGED, for a record that cannot be parsed.
absl::StatusOr<v1::WatchChangesResponse> EncodeBatch(const feed::Batch& batch);

// Adds one record to a part of a snapshot; leaves deletions out. A snapshot tells contents: the fields that
// name and date a revision are empty in it.
absl::Status EncodeRecord(int16_t record_type, const std::string& record, v1::StreamSnapshotResponse* part);

}  // namespace zhenhui::activities

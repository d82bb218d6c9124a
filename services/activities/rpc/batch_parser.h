#pragma once
#include <map>
#include <string>
#include <utility>

#include <grpcpp/support/byte_buffer.h>

#include "absl/status/statusor.h"
#include "services/activities/domain/push.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

// Reads a batch from its bytes. Were it left to gRPC, one text that is no UTF-8 would make the whole message
// unreadable: a stream would look as if the client had closed it, and a unary call as if it did not exist
// (UNIMPLEMENTED).
namespace zhenhui::activities {

template <typename Request>
struct ParsedBatch {
  Request request;
  // Records that could not be read, by their index: the field that is wrong. They stand in `request` with
  // their name alone.
  std::map<int, std::string> malformed;
};

// Request is PushActivitiesRequest or BatchPushActivitiesRequest. A record that cannot be read costs that
// record alone. INVALID_ARGUMENT, MESSAGE_MALFORMED, when it is no such message, or when another text of it
// is no UTF-8.
template <typename Request>
absl::StatusOr<ParsedBatch<Request>> ParseBatch(const grpc::ByteBuffer& bytes);

extern template absl::StatusOr<ParsedBatch<v1::PushActivitiesRequest>> ParseBatch(const grpc::ByteBuffer&);
extern template absl::StatusOr<ParsedBatch<v1::BatchPushActivitiesRequest>> ParseBatch(
    const grpc::ByteBuffer&);

// The batch as the domain takes it; texts move out of `parsed`. `by` stays empty. NAME_INVALID for a bad
// parent.
template <typename Request>
absl::StatusOr<PushBatch> TakeBatch(ParsedBatch<Request>& parsed);

extern template absl::StatusOr<PushBatch> TakeBatch(ParsedBatch<v1::PushActivitiesRequest>&);
extern template absl::StatusOr<PushBatch> TakeBatch(ParsedBatch<v1::BatchPushActivitiesRequest>&);

}  // namespace zhenhui::activities

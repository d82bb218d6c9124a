#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace zhenhui::rpc {

inline constexpr char kErrorDomain[] = "zhenhui";

// The one translation between absl::Status with our payloads (common/status/reason.h) and gRPC. The details
// travel as a serialised google.rpc.Status: ErrorInfo{reason, domain "zhenhui", metadata}, BadRequest{field
// violations}, RetryInfo{delay}. An error without a reason gets no details.
grpc::Status ToGrpc(const absl::Status& status);

// The same backwards, for clients. Details that cannot be read are dropped; the code and message always
// survive.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace zhenhui::rpc

#pragma once
#include <grpcpp/grpcpp.h>

#include "absl/time/time.h"
#include "common/exec/executor.h"
#include "common/time/clock.h"
#include "services/reporting/rpc/requests.h"
#include "services/reporting/rpc/watch_board.h"

namespace zhenhui::reporting {

// The whole of a WatchRollups handler after its checks: all figures at first, then those that changed. The
// stream deletes itself; it ends with UNAVAILABLE, SHUTTING_DOWN when the board is closed, and with
// UNAUTHENTICATED, TOKEN_EXPIRED soon after `expires`, when the caller's token dies.
grpc::ServerWriteReactor<v1::WatchRollupsResponse>* StartRollupWatch(Cube& cube, WatchBoard& board,
                                                                     Executor& executor, const Clock& clock,
                                                                     RollupRequest request,
                                                                     absl::Time expires);

// Errors as ReadRollup, CheckPeriod.
absl::StatusOr<RollupRequest> ReadWatch(const MetricPlans& plans, const v1::WatchRollupsRequest& request,
                                        const auth::Claims& claims);

}  // namespace zhenhui::reporting

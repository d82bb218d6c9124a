#pragma once
#include "absl/status/status.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/rpc/oversight_sources.h"
#include "services/reporting/rpc/requests.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

namespace zhenhui::reporting {

// Whether the answer names roster entries. Their names are in the register, so it asks the townships service
// and must run where it may block; any other answer reads memory alone.
inline bool AsksRegister(v1::GroupBy group_by) { return group_by == v1::GROUP_BY_ROSTER_ENTRY; }

// Answers QueryRollup. Errors of TownsOf and Rollup, and those of the townships service where it is asked.
absl::Status AnswerRollup(const Cube& cube, const OversightSources& sources, const Clock& clock,
                          const rpc::Call& call, const RollupRequest& request,
                          v1::QueryRollupResponse* response);

}  // namespace zhenhui::reporting

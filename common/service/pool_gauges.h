#pragma once
#include <string>
#include <vector>

#include "common/db/pool.h"
#include "common/metrics/registry.h"

namespace zhenhui::service {

// Exports a pool: zhenhui_db_connections{pool, state="in_use" or "idle"}, and zhenhui_db_waiting_calls{pool},
// the calls for which no connection is free now. `name` is unique in the process. The handles must go before
// the pool does.
std::vector<metrics::Registry::Handle> ExportPool(metrics::Registry& registry, const std::string& name,
                                                  const db::Pool& pool);

}  // namespace zhenhui::service

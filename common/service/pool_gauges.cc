#include "common/service/pool_gauges.h"

namespace zhenhui::service {

std::vector<metrics::Registry::Handle> ExportPool(metrics::Registry& registry, const std::string& name,
                                                  const db::Pool& pool) {
  constexpr char kConnections[] = "zhenhui_db_connections";
  constexpr char kHelp[] = "Open database connections of a pool";
  return {
      registry.GaugeFunction(kConnections, kHelp, {{"pool", name}, {"state", "in_use"}},
                             [&pool] { return static_cast<double>(pool.stats().in_use); }),
      registry.GaugeFunction(kConnections, kHelp, {{"pool", name}, {"state", "idle"}},
                             [&pool] { return static_cast<double>(pool.stats().idle); }),
      registry.GaugeFunction("zhenhui_db_waiting_calls", "Calls that wait for a database connection",
                             {{"pool", name}}, [&pool] { return static_cast<double>(pool.stats().waiting); }),
  };
}

}  // namespace zhenhui::service

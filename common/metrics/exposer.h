#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/metrics/registry.h"

namespace prometheus {
class Exposer;
}

namespace zhenhui::metrics {

// Serves a registry at http://ADDRESS/metrics until it is destroyed. It asks for no password: keep it on
// loopback or inside the cluster's network.
class Exposer {
 public:
  // `address` is "127.0.0.1:9464"; port 0 picks a free one. UNAVAILABLE when the port is taken. `registry`
  // must outlive the exposer.
  static absl::StatusOr<std::unique_ptr<Exposer>> Start(const std::string& address, const Registry& registry);
  ~Exposer();

  int port() const { return port_; }

 private:
  explicit Exposer(std::unique_ptr<prometheus::Exposer> exposer);
  std::unique_ptr<prometheus::Exposer> exposer_;
  std::shared_ptr<prometheus::Collectable> collectable_;
  int port_ = 0;
};

}  // namespace zhenhui::metrics

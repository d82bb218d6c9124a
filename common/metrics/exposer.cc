#include "common/metrics/exposer.h"

#include <exception>
#include <utility>

#include <prometheus/exposer.h>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::metrics {

Exposer::Exposer(std::unique_ptr<prometheus::Exposer> exposer) : exposer_(std::move(exposer)) {}
Exposer::~Exposer() = default;

absl::StatusOr<std::unique_ptr<Exposer>> Exposer::Start(const std::string& address,
                                                        const Registry& registry) {
  try {
    auto exposer = std::unique_ptr<Exposer>(new Exposer(std::make_unique<prometheus::Exposer>(address, 1)));
    exposer->collectable_ = registry.collectable();  // the library keeps only a weak pointer
    exposer->exposer_->RegisterCollectable(exposer->collectable_);
    exposer->port_ = exposer->exposer_->GetListeningPorts().at(0);
    return exposer;
  } catch (const std::exception&) {
    return Error(
        absl::StatusCode::kUnavailable, "ADDRESS_UNAVAILABLE",
        absl::StrCat("cannot serve metrics at ", address, ": the address is taken or not of this machine"));
  }
}

}  // namespace zhenhui::metrics

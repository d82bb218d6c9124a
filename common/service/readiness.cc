#include "common/service/readiness.h"

#include <optional>
#include <utility>

#include "common/log/log.h"
#include "common/status/reason.h"

namespace zhenhui::service {

Readiness::Readiness(std::string service, std::function<absl::Status()> check, std::function<void(bool)> tell,
                     absl::Duration every)
    : service_(std::move(service)),
      check_(std::move(check)),
      tell_(std::move(tell)),
      every_(every),
      thread_([this] { Run(); }) {}

Readiness::~Readiness() {
  {
    std::lock_guard lock(mu_);
    stopped_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Readiness::Run() {
  std::optional<absl::Status> last;
  for (;;) {
    const absl::Status now = check_();
    if (!last || now != *last) {
      if (now.ok()) {
        log::Info("serving", {{"service", service_}});
      } else {
        log::Warning("not serving",
                     {{"service", service_}, {"reason", ReasonOf(now)}, {"why", std::string(now.message())}});
      }
      if (!last || now.ok() != last->ok()) tell_(now.ok());
      last = now;
    }
    std::unique_lock lock(mu_);
    if (wake_.wait_for(lock, absl::ToChronoNanoseconds(every_), [this] { return stopped_; })) return;
  }
}

}  // namespace zhenhui::service

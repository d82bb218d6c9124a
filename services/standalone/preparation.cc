#include "services/standalone/preparation.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/reason.h"
#include "services/standalone/bootstrap.h"

namespace zhenhui::standalone {

Preparation::Preparation(std::string owner_dsn)
    : owner_dsn_(std::move(owner_dsn)), thread_([this] { Run(); }) {}

Preparation::~Preparation() {
  {
    std::lock_guard lock(mu_);
    stopped_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Preparation::Run() {
  absl::Status last;
  for (;;) {
    const absl::Status now = PrepareDatabase(owner_dsn_);
    if (now.ok()) return;
    if (now != last) {
      log::Warning("cannot prepare the database; trying again",
                   {{"reason", ReasonOf(now)}, {"why", std::string(now.message())}});
      last = now;
    }
    std::unique_lock lock(mu_);
    if (wake_.wait_for(lock, std::chrono::seconds(1), [this] { return stopped_; })) return;
  }
}

}  // namespace zhenhui::standalone

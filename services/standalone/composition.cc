#include "services/standalone/composition.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "common/auth/jwt.h"
#include "common/auth/keys.h"
#include "common/db/statement.h"
#include "common/status/status_macros.h"
#include "services/activities/service.h"
#include "services/reporting/service.h"
#include "services/standalone/job_tokens.h"
#include "services/townships/service.h"

namespace zhenhui::standalone {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(10);

}  // namespace

int DatabaseSessions() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) + 2, 4, 16);
}

absl::StatusOr<std::unique_ptr<Composition>> Composition::Start(CompositionOptions options) {
  std::unique_ptr<Composition> composition(new Composition(std::move(options)));
  RETURN_IF_ERROR(composition->Compose());
  RETURN_IF_ERROR(composition->Open());
  return composition;
}

Composition::Composition(CompositionOptions options)
    : options_(std::move(options)),
      rpcs_(registry_, "zhenhui_rpc", "method", "RPCs by method and outcome"),
      statements_(registry_, "zhenhui_sql", "statement", "SQL statements by name and outcome") {
  db::SetStatementObserver([this](std::string_view name, std::chrono::nanoseconds took, bool ok) {
    statements_.Record(name, ok ? absl::StatusCode::kOk : absl::StatusCode::kUnknown, took);
  });
}

Composition::~Composition() { Stop(); }

absl::Status Composition::Compose() {
  ASSIGN_OR_RETURN(const auto activities_tokens,
                   JobTokens::Create(options_.private_pem, "service-activities", clock_));
  ASSIGN_OR_RETURN(const auto reporting_tokens,
                   JobTokens::Create(options_.private_pem, "service-reporting", clock_));

  ASSIGN_OR_RETURN(const service::Config townships_config, ConfigFor(options_.dsns.townships));
  ASSIGN_OR_RETURN(auto townships, townships::CreateService(townships_config));
  RETURN_IF_ERROR(Add(std::move(townships)));

  ASSIGN_OR_RETURN(const service::Config activities_config, ConfigFor(options_.dsns.activities));
  ASSIGN_OR_RETURN(auto activities,
                   activities::CreateService(activities_config, ChannelTo(0, activities_tokens)));
  RETURN_IF_ERROR(Add(std::move(activities)));

  ASSIGN_OR_RETURN(const service::Config reporting_config, ConfigFor(options_.dsns.reporting));
  reporting::Options options;
  options.townships = ChannelTo(0, reporting_tokens);
  options.activities = ChannelTo(1, reporting_tokens);
  options.flush_interval = options_.flush_interval;
  options.verify_interval = options_.verify_interval;
  ASSIGN_OR_RETURN(auto reporting, reporting::CreateService(reporting_config, options));
  return Add(std::move(reporting));
}

absl::Status Composition::Add(std::unique_ptr<service::HostedService> service) {
  Member member{.service = std::move(service), .inner = nullptr};
  // Without the log of accesses and without timers: those count what comes from outside.
  member.inner = std::make_unique<rpc::Server>(
      rpc::ServerOptions{.address = "", .access_log = rpc::AccessLog::kOff}, member.service->hosted());
  RETURN_IF_ERROR(member.inner->Start().status());
  members_.push_back(std::move(member));
  return absl::OkStatus();
}

std::shared_ptr<grpc::Channel> Composition::ChannelTo(size_t member,
                                                      const std::shared_ptr<JobTokens>& tokens) {
  return members_[member].inner->InProcessChannel([tokens] { return tokens->Get(); });
}

absl::StatusOr<service::Config> Composition::ConfigFor(const std::string& dsn) {
  ASSIGN_OR_RETURN(const std::string public_pem, auth::PublicKeyOf(options_.private_pem));
  service::Config config{.dsn = dsn,
                         .pool_size = options_.pool_size,
                         .threads = options_.threads,
                         .queue_limit = options_.queue_limit,
                         .clock = &clock_,
                         .verifier = nullptr,
                         .metrics = &registry_};
  ASSIGN_OR_RETURN(config.verifier, auth::TokenVerifier::Create({public_pem}, clock_));
  return config;
}

absl::Status Composition::Open() {
  std::vector<rpc::Server::Hosted> hosted;
  for (const Member& member : members_) {
    for (rpc::Server::Hosted& one : member.service->hosted()) hosted.push_back(std::move(one));
  }
  outer_ = std::make_unique<rpc::Server>(rpc::ServerOptions{.address = options_.listen,
                                                            .tls = options_.tls,
                                                            .access_log = options_.access_log,
                                                            .timers = &rpcs_},
                                         std::move(hosted));
  ASSIGN_OR_RETURN(port_, outer_->Start());
  if (!options_.metrics_listen.empty()) {
    ASSIGN_OR_RETURN(exposer_, metrics::Exposer::Start(options_.metrics_listen, registry_));
  }
  for (const Member& member : members_) {
    member.service->Start([this, &member](bool serving) { NoteServing(*member.service, serving); });
  }
  return absl::OkStatus();
}

void Composition::NoteServing(service::HostedService& service, bool serving) {
  service::SetServing(*outer_, service, serving);
  {
    std::lock_guard lock(mu_);
    if (serving) {
      serving_.insert(&service);
    } else {
      serving_.erase(&service);
    }
    if (told_ || serving_.size() < members_.size()) return;
    told_ = true;
  }
  if (options_.on_serving) options_.on_serving();
}

bool Composition::serving() const {
  std::lock_guard lock(mu_);
  return !members_.empty() && serving_.size() == members_.size();
}

void Composition::Stop() {
  if (std::exchange(stopped_, true)) return;
  // Followers before those whom they follow, and all of them before the servers that wait for their streams.
  for (auto member = members_.rbegin(); member != members_.rend(); ++member) member->service->Stop();
  if (outer_ != nullptr) outer_->Shutdown(kGrace);
  for (auto member = members_.rbegin(); member != members_.rend(); ++member) member->inner->Shutdown(kGrace);
  exposer_.reset();
  while (!members_.empty()) {
    members_.back().service.reset();
    members_.back().inner.reset();
    members_.pop_back();
  }
  db::SetStatementObserver({});
}

}  // namespace zhenhui::standalone

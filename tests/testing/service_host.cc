#include "tests/testing/service_host.h"

#include <chrono>
#include <future>
#include <stdexcept>

#include "tests/testing/test_tokens.h"

namespace zhenhui::testing {
namespace {

template <typename T>
T OrThrow(absl::StatusOr<T> value) {
  if (!value.ok()) throw std::runtime_error(value.status().ToString());
  return *std::move(value);
}

TestDatabase MakeDatabase(const service::Schema& schema) {
  return TestDatabase::Create(schema.name, [&](const std::string& dsn) {
    return service::Migrate(dsn, schema, /*role=*/"").status();
  });
}

}  // namespace

ServiceHost::ServiceHost(const service::Schema& schema, const Create& create, const Clock& clock)
    : database_(MakeDatabase(schema)), dsn_(OrThrow(service::ServiceDsn(database_.dsn(), schema))) {
  service::Config config;
  config.dsn = dsn_;
  config.clock = &clock;
  config.verifier = TestVerifier();
  config.metrics = &metrics_;
  service_ = OrThrow(create(config));
  rpc::ServerOptions options;
  options.access_log = rpc::AccessLog::kProblems;
  server_ = std::make_unique<rpc::Server>(options, service_->hosted());
  OrThrow(server_->Start());
  auto serving = std::make_shared<std::promise<void>>();
  auto ready = serving->get_future();
  service_->Start([this, serving, told = false](bool ok) mutable {
    service::SetServing(*server_, *service_, ok);
    if (ok && !std::exchange(told, true)) serving->set_value();
  });
  if (ready.wait_for(std::chrono::seconds(30)) != std::future_status::ready) {
    throw std::runtime_error("the service does not serve");
  }
}

ServiceHost::~ServiceHost() {
  service_->Stop();
  server_->Shutdown(absl::Seconds(5));
}

std::shared_ptr<grpc::Channel> ServiceHost::Channel(auth::Role role, const std::string& scope) {
  return server_->InProcessChannel(
      [role, scope] { return scope.empty() ? std::string() : Token(role, scope); });
}

std::shared_ptr<grpc::Channel> ServiceHost::ChannelWith(const std::string& token) {
  return server_->InProcessChannel([token] { return token; });
}

}  // namespace zhenhui::testing

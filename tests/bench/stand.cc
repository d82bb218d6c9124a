#include "tests/bench/stand.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "services/standalone/bootstrap.h"
#include "tests/bench/must.h"

namespace zhenhui::bench {

Stand::Stand(absl::Duration flush_interval) : flush_interval_(flush_interval) {
  const char* level = std::getenv("ZHENHUI_BENCH_LOG");
  Must(log::SetLevelByName(level == nullptr ? "warning" : level));
  const char* base = std::getenv("ZHENHUI_BENCH_DIR");
  std::string folder = absl::StrCat(base == nullptr ? "/tmp" : base, "/zhenhui-bench-XXXXXX");
  Must(mkdtemp(folder.data()) != nullptr, "cannot make " + folder);
  folder_ = folder;
  Must(chmod(folder_.c_str(), 0755) == 0, "chmod");  // PostgreSQL's account has to enter
  account_ = Must(standalone::FindServerAccount());
  dir_.emplace(Must(standalone::DataDir::Open(folder_ + "/data", account_)));
  const standalone::Keys keys = Must(standalone::LoadOrMakeKeys(dir_->keys(), absl::Now()));
  std::ifstream(keys.admin_token) >> keys_.token;
  keys_.private_pem = keys.private_pem;
  keys_.public_pem = keys.public_pem;
  StartDatabase();
  Must(standalone::PrepareDatabase(postgres_->dsn()));
  StartServices();
}

Stand::~Stand() {
  StopServices();
  StopDatabase();
  dir_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Stand::StartDatabase() { postgres_ = Must(standalone::PrivatePostgres::Start(*dir_, account_)); }

void Stand::StopDatabase() { postgres_.reset(); }

void Stand::StartServices() {
  std::promise<void> serving;
  standalone::CompositionOptions options;
  options.dsns = Must(standalone::DsnsOf(postgres_->dsn(), standalone::RoleBy::kLogin));
  options.private_pem = keys_.private_pem;
  options.flush_interval = flush_interval_;
  options.verify_interval = absl::ZeroDuration();
  if (const char* sessions = std::getenv("ZHENHUI_BENCH_SESSIONS"); sessions != nullptr)
    options.threads = options.pool_size = std::atoi(sessions);
  options.on_serving = [&serving] { serving.set_value(); };
  services_ = Must(standalone::Composition::Start(std::move(options)));
  Must(serving.get_future().wait_for(std::chrono::seconds(60)) == std::future_status::ready,
       "the services do not serve");
}

void Stand::StopServices() { services_.reset(); }

std::shared_ptr<grpc::Channel> Stand::Connect(int port) const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(64 << 20);
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials(), arguments,
      rpc::TokenInterceptors([token = token()] { return token; }));
}

std::shared_ptr<grpc::Channel> Stand::InProcess() const {
  return services_->Channel([token = token()] { return token; });
}

}  // namespace zhenhui::bench

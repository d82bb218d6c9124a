#include "services/standalone/standalone.h"

#include <cstdio>
#include <fstream>
#include <future>
#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/process/secrets.h"
#include "common/process/signals.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/standalone/bootstrap.h"
#include "services/standalone/composition.h"
#include "services/standalone/data_dir.h"
#include "services/standalone/preparation.h"
#include "services/standalone/private_postgres.h"

namespace zhenhui::standalone {
namespace {

// The listening address with the port that was picked.
std::string AddressOf(const std::string& listen, int port) {
  const size_t colon = listen.rfind(':');
  if (listen.starts_with("unix:") || colon == std::string::npos) return listen;
  return absl::StrCat(listen.substr(0, colon + 1), port);
}

void WriteReadyFile(const std::string& path, int port) {
  if (path.empty()) return;
  std::ofstream(path + ".new") << port << "\n";
  if (std::rename((path + ".new").c_str(), path.c_str()) != 0)
    log::Error("cannot write the ready file", {{"file", path}});
}

void TellReady(const Flags& flags, const std::string& address, const Keys& keys) {
  std::cout << "镇汇已就绪 / Zhenhui is ready: " << address
            << "  管理员令牌 / administrator's token: " << keys.admin_token.string() << "  "
            << (flags.tls.certificate_file.empty() ? "" : "TLS  ") << "停止 / stop: Ctrl-C" << std::endl;
}

void TellHttp(const HttpFlags& flags, const HttpFront& front) {
  const std::string& link = front.sign_in_link();
  std::cout << "浏览器打开（一次性登录链接）/ open in a browser (signs in once): "
            << (link.empty() ? front.gateway().url() : link) << std::endl;
  WriteReadyFile(flags.ready_file, front.gateway().port());
}

// The gateway in front of the services, which listen already; null if none is wanted.
absl::StatusOr<std::unique_ptr<HttpFront>> OpenHttp(const Flags& flags, const Keys& keys,
                                                    Composition& composition) {
  const std::string address = HttpAddress(flags.http.listen, flags.listen);
  if (address.empty()) return std::unique_ptr<HttpFront>();
  return HttpFront::Start(flags.http, address, flags.tls, keys, composition);
}

// Where the process listens, for those who announce it.
struct Listening {
  int port = 0;
  const HttpFront* http = nullptr;
};

// Listens, serves and waits for the signal.
absl::Status Serve(const Flags& flags, const sigset_t& stop, const ServiceDsns& dsns, const Keys& keys) {
  // The first service may tell before all is listening.
  std::promise<Listening> promise;
  const std::shared_future<Listening> listening = promise.get_future().share();
  CompositionOptions options{
      .dsns = dsns, .private_pem = keys.private_pem, .listen = flags.listen, .tls = flags.tls};
  if (flags.metrics_port >= 0) options.metrics_listen = absl::StrCat("127.0.0.1:", flags.metrics_port);
  options.on_serving = [&] {
    const Listening where = listening.get();
    if (where.port == 0) return;  // the gateway did not start, and all ends
    TellReady(flags, AddressOf(flags.listen, where.port), keys);
    if (where.http != nullptr) TellHttp(flags.http, *where.http);
    WriteReadyFile(flags.ready_file, where.port);
  };
  ASSIGN_OR_RETURN(const std::unique_ptr<Composition> composition, Composition::Start(std::move(options)));
  log::Info("listening", {{"program", "zhenhui-standalone"}, {"port", composition->port()}});
  const auto http = OpenHttp(flags, keys, *composition);
  promise.set_value(http.ok() ? Listening{composition->port(), http->get()} : Listening());
  if (!http.ok()) {
    composition->Stop();
    return http.status();
  }
  if (!IsLoopback(flags.listen) && flags.tls.certificate_file.empty()) {
    log::Warning("listening beyond this machine without TLS: tokens can be read on the way",
                 {{"listen", flags.listen}});
  }
  const int signal = process::WaitForStop(stop);
  log::Info("stopping", {{"program", "zhenhui-standalone"}, {"signal", signal}});
  if (*http != nullptr) (*http)->Stop();
  composition->Stop();
  return absl::OkStatus();
}

absl::Status RunPrivate(const Flags& flags, const sigset_t& stop) {
  ASSIGN_OR_RETURN(const Account account, FindServerAccount());
  ASSIGN_OR_RETURN(const DataDir dir, DataDir::Open(flags.data_dir, account));
  ASSIGN_OR_RETURN(const Keys keys, LoadOrMakeKeys(dir.keys(), absl::Now()));
  ASSIGN_OR_RETURN(const std::unique_ptr<PrivatePostgres> postgres, PrivatePostgres::Start(dir, account));
  RETURN_IF_ERROR(PrepareDatabase(postgres->dsn()));
  ASSIGN_OR_RETURN(const ServiceDsns dsns, DsnsOf(postgres->dsn(), RoleBy::kLogin));
  const absl::Status served = Serve(flags, stop, dsns, keys);
  postgres->Stop();
  return served;
}

absl::Status RunOver(const Flags& flags, const sigset_t& stop) {
  ASSIGN_OR_RETURN(const Keys keys, LoadOrMakeKeys(flags.keys_dir, absl::Now()));
  ASSIGN_OR_RETURN(const std::string dsn, process::ResolveSecret(flags.dsn));
  ASSIGN_OR_RETURN(const ServiceDsns dsns, DsnsOf(dsn, RoleBy::kSetRole));
  const Preparation preparation(dsn);
  return Serve(flags, stop, dsns, keys);
}

}  // namespace

absl::Status Run(const Flags& flags, const sigset_t& stop) {
  RETURN_IF_ERROR(log::SetLevelByName(flags.log_level));
  return flags.dsn.empty() ? RunPrivate(flags, stop) : RunOver(flags, stop);
}

}  // namespace zhenhui::standalone

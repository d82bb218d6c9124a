#include "common/db/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/db/libpq.h"
#include "common/log/log.h"

namespace zhenhui::db {
namespace {

constexpr int kFirstPauseMs = 100;
constexpr int kLongestPauseMs = 2000;

// A peer that vanished without a word is noticed by asking it something.
constexpr int kProbeMs = 30'000;

bool Execute(PGconn* connection, const std::string& sql) {
  const PgResult result(PQexec(connection, sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace

Listener::Listener(std::string dsn, std::string channel, Callbacks callbacks)
    : dsn_(std::move(dsn)),
      channel_(std::move(channel)),
      callbacks_(std::move(callbacks)),
      stop_fd_(eventfd(0, EFD_CLOEXEC)),
      thread_([this] { Run(); }) {}

Listener::~Listener() {
  const uint64_t one = 1;
  if (write(stop_fd_, &one, sizeof(one)) != sizeof(one)) log::Error("cannot stop a listener", {});
  thread_.join();
  close(stop_fd_);
}

bool Listener::WaitForStop(int milliseconds) const {
  pollfd stop{stop_fd_, POLLIN, 0};
  return poll(&stop, 1, milliseconds) > 0;
}

void Listener::Run() {
  int pause = kFirstPauseMs;
  while (!WaitForStop(0)) {
    if (ListenOnce()) pause = kFirstPauseMs;
    if (WaitForStop(pause)) return;
    pause = std::min(2 * pause, kLongestPauseMs);
  }
}

bool Listener::ListenOnce() {
  const PgConnection connection = Connect(dsn_, "listen");
  if (connection == nullptr || !Execute(connection.get(), absl::StrCat("LISTEN \"", channel_, "\"")))
    return false;
  if (callbacks_.on_connected) callbacks_.on_connected();
  for (;;) {
    while (const std::unique_ptr<PGnotify, void (*)(PGnotify*)> notify{PQnotifies(connection.get()),
                                                                       [](PGnotify* n) { PQfreemem(n); }}) {
      callbacks_.on_payload(notify->extra);
    }
    pollfd sources[] = {{stop_fd_, POLLIN, 0}, {PQsocket(connection.get()), POLLIN, 0}};
    const int ready = poll(sources, 2, kProbeMs);
    if (sources[0].revents != 0) return true;
    const bool alive =
        ready == 0 ? Execute(connection.get(), "SELECT 1") : PQconsumeInput(connection.get()) == 1;
    if (!alive || PQstatus(connection.get()) == CONNECTION_BAD) {
      log::Warning("a listener lost its database connection", {{"channel", channel_}});
      return true;
    }
  }
}

}  // namespace zhenhui::db

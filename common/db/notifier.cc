#include "common/db/notifier.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/db/libpq.h"
#include "common/log/log.h"

namespace zhenhui::db {
namespace {

constexpr absl::Duration kPauseAfterFailure = absl::Milliseconds(200);

// While the database is away the set must not grow without end; readers sweep anyway.
constexpr size_t kMostPending = 100'000;

// A text array in PostgreSQL's input syntax: {"a","b"}.
std::string ToArray(const std::set<std::string, std::less<>>& payloads) {
  std::string array = "{";
  for (const std::string& payload : payloads) {
    if (array.size() > 1) array.push_back(',');
    array.push_back('"');
    for (const char c : payload) {
      if (c == '"' || c == '\\') array.push_back('\\');
      array.push_back(c);
    }
    array.push_back('"');
  }
  array.push_back('}');
  return array;
}

// Sends all in one transaction, connecting first when needed. On failure the connection is closed.
bool Send(PgConnection& connection, const std::string& dsn, const std::string& channel,
          const std::set<std::string, std::less<>>& payloads) {
  if (connection == nullptr) connection = Connect(dsn, "notify");
  if (connection == nullptr) return false;
  const std::string array = ToArray(payloads);
  const char* const values[] = {channel.c_str(), array.c_str()};
  const PgResult result(PQexecParams(connection.get(),
                                     "SELECT count(pg_notify($1, p)) FROM unnest($2::text[]) p", 2, nullptr,
                                     values, nullptr, nullptr, 0));
  if (PQresultStatus(result.get()) == PGRES_TUPLES_OK) return true;
  log::Warning("cannot notify", {{"channel", channel}, {"error", PQerrorMessage(connection.get())}});
  connection.reset();
  return false;
}

}  // namespace

Notifier::Notifier(std::string dsn, std::string channel, absl::Duration interval)
    : dsn_(std::move(dsn)), channel_(std::move(channel)), interval_(interval), thread_([this] { Run(); }) {}

Notifier::~Notifier() {
  {
    std::lock_guard lock(mu_);
    stopped_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Notifier::Notify(std::string_view payload) {
  {
    std::lock_guard lock(mu_);
    if (pending_.size() >= kMostPending || pending_.contains(payload)) return;
    pending_.emplace(payload);
    if (pending_.size() > 1) return;  // the thread knows already
  }
  wake_.notify_one();
}

int64_t Notifier::sent() const {
  std::lock_guard lock(mu_);
  return sent_;
}

void Notifier::Run() {
  PgConnection connection;
  std::unique_lock lock(mu_);
  for (;;) {
    wake_.wait(lock, [this] { return stopped_ || !pending_.empty(); });
    if (pending_.empty()) return;
    std::set<std::string, std::less<>> batch = std::exchange(pending_, {});
    const bool last = stopped_;
    lock.unlock();
    const bool ok = Send(connection, dsn_, channel_, batch);
    lock.lock();
    if (ok) {
      sent_ += static_cast<int64_t>(batch.size());
    } else {
      pending_.merge(batch);
    }
    if (last && (!ok || pending_.empty())) return;
    wake_.wait_for(lock, absl::ToChronoMilliseconds(ok ? interval_ : kPauseAfterFailure),
                   [this] { return stopped_; });
  }
}

}  // namespace zhenhui::db

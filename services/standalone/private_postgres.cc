#include "services/standalone/private_postgres.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/dsn.h"
#include "common/db/sql_error.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/standalone/cluster.h"

namespace zhenhui::standalone {
namespace {

constexpr absl::Duration kFirstAnswer = absl::Seconds(60);  // after a crash it replays its log first
constexpr absl::Duration kFastStop = absl::Seconds(30);
constexpr absl::Duration kShortestPause = absl::Milliseconds(100);  // between an end and the next start
constexpr absl::Duration kLongestPause = absl::Seconds(5);
constexpr absl::Duration kHealthyAfter = absl::Seconds(10);
constexpr int kFirstFailures = 5;  // ends in a row before the first answer that mean: it cannot work

absl::StatusOr<std::string> OwnerDsn(const DataDir& dir, const std::string& database) {
  ASSIGN_OR_RETURN(std::string dsn, db::WithKey("port=5432", "host", dir.sockets().string()));
  ASSIGN_OR_RETURN(dsn, db::WithKey(dsn, "user", kClusterOwner));
  return db::WithKey(dsn, "dbname", database);
}

// Whether a server accepts sessions; unlike a connection pool it stays quiet about a server that is starting.
bool Answers(const std::string& dsn) {
  try {
    pqxx::connection connection(dsn);
    return connection.is_open();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PrivatePostgres>> PrivatePostgres::Start(const DataDir& dir,
                                                                        const Account& account) {
  ASSIGN_OR_RETURN(std::string bin, FindPrograms(dir.cluster()));
  RETURN_IF_ERROR(MakeCluster(dir, account, bin, kClusterOwner));
  RETURN_IF_ERROR(EndStaleServer(dir.cluster()));
  ASSIGN_OR_RETURN(std::string dsn, OwnerDsn(dir, kDatabase));
  std::unique_ptr<PrivatePostgres> server(new PrivatePostgres(dir, account, std::move(bin), std::move(dsn)));
  server->supervisor_ = std::thread([raw = server.get()] { raw->Supervise(); });
  RETURN_IF_ERROR(server->AwaitAnswer(absl::Now() + kFirstAnswer));
  RETURN_IF_ERROR(server->CreateDatabase());
  return server;
}

PrivatePostgres::PrivatePostgres(const DataDir& dir, Account account, std::string bin, std::string dsn)
    : dir_(dir), account_(std::move(account)), bin_(std::move(bin)), dsn_(std::move(dsn)) {}

PrivatePostgres::~PrivatePostgres() { Stop(); }

void PrivatePostgres::Stop() {
  {
    std::lock_guard lock(mu_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (supervisor_.joinable()) supervisor_.join();
}

int64_t PrivatePostgres::restarts() const {
  std::lock_guard lock(mu_);
  return restarts_;
}

std::string PrivatePostgres::Log() const {
  return (dir_.keys().parent_path() / "postgres-start.log").string();
}

absl::Status PrivatePostgres::AwaitAnswer(absl::Time deadline) {
  ASSIGN_OR_RETURN(const std::string probe, OwnerDsn(dir_, "postgres"));
  while (!Answers(probe)) {
    std::unique_lock lock(mu_);
    if (!failure_.ok()) return failure_;
    if (absl::Now() > deadline) {
      return Error(absl::StatusCode::kFailedPrecondition, "POSTGRES_FAILED",
                   absl::StrCat("PostgreSQL does not answer: ", Tail(Log())));
    }
    changed_.wait_for(lock, std::chrono::milliseconds(20));
  }
  std::lock_guard lock(mu_);
  answered_ = true;
  return absl::OkStatus();
}

absl::Status PrivatePostgres::CreateDatabase() {
  ASSIGN_OR_RETURN(const std::string dsn, OwnerDsn(dir_, "postgres"));
  try {
    pqxx::connection connection(dsn);
    pqxx::nontransaction tx(connection);
    const std::string name = tx.quote(std::string(kDatabase));
    if (!tx.exec(absl::StrCat("SELECT 1 FROM pg_database WHERE datname = ", name)).empty())
      return absl::OkStatus();
    tx.exec0(absl::StrCat("CREATE DATABASE ", tx.quote_name(kDatabase)));
    return absl::OkStatus();
  } catch (...) {
    return db::Classify().status;
  }
}

void PrivatePostgres::Supervise() {
  absl::Duration pause = kShortestPause;
  for (int failures = 0;;) {
    const absl::Time launched = absl::Now();
    const absl::StatusOr<pid_t> server = SpawnAs(account_, ServerCommand(dir_, bin_), Log(), SIGINT);
    const std::string why = server.ok() ? WatchOver(*server) : std::string(server.status().message());
    if (absl::Now() - launched > kHealthyAfter) pause = kShortestPause, failures = 0;

    std::unique_lock lock(mu_);
    if (stopping_) return;
    if (!answered_ && ++failures == kFirstFailures) {
      failure_ = Error(absl::StatusCode::kFailedPrecondition, "POSTGRES_FAILED",
                       absl::StrCat("PostgreSQL ended with ", why, ": ", Tail(Log())));
      changed_.notify_all();
      return;
    }
    ++restarts_;
    log::Warning("PostgreSQL ended; starting it again", {{"why", why}, {"restarts", restarts_}});
    // After a kill its old backends may hold the shared memory for a moment, and the new server then gives
    // up.
    if (changed_.wait_for(lock, absl::ToChronoNanoseconds(pause), [this] { return stopping_; })) return;
    pause = std::min(pause * 2, kLongestPause);
  }
}

std::string PrivatePostgres::WatchOver(pid_t server) {
  int status = 0;
  for (;;) {
    if (waitpid(server, &status, WNOHANG) == server) return DescribeExit(status);
    std::unique_lock lock(mu_);
    if (changed_.wait_for(lock, std::chrono::milliseconds(100), [this] { return stopping_; })) break;
  }
  kill(server, SIGINT);
  const absl::Time give_up = absl::Now() + kFastStop;
  while (waitpid(server, &status, WNOHANG) == 0) {
    if (absl::Now() > give_up) {
      log::Warning(
          "PostgreSQL does not stop in time: stopping it at once; it will recover at the next start");
      kill(server, SIGQUIT);
      waitpid(server, &status, 0);
      break;
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
  return DescribeExit(status);
}

}  // namespace zhenhui::standalone

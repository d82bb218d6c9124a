#pragma once
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"

namespace zhenhui::testing {

// A PostgreSQL server of the test's own: in a temporary folder, over a Unix socket, removed when the object
// or the process ends, however it ends (a guard process watches it). Runs as the user `postgres` when the
// test runs as root. All failures throw std::runtime_error, which fails the test. Not thread-safe.
class PrivatePostgres {
 public:
  struct Options {
    bool durable =
        false;  // fsync and synchronous_commit; off is faster and enough unless the machine itself crashes
    int max_connections = 200;
  };
  explicit PrivatePostgres(const Options& options);
  PrivatePostgres() : PrivatePostgres(Options{}) {}
  ~PrivatePostgres();
  PrivatePostgres(const PrivatePostgres&) = delete;
  PrivatePostgres& operator=(const PrivatePostgres&) = delete;

  // The superuser's DSN for a database.
  std::string Dsn(const std::string& database = "postgres") const;

  // kill -9 of the server and all of its backends. Start() brings it back, with crash recovery.
  void Kill();
  // An orderly stop that ends open sessions.
  void Stop();
  // Starts a stopped or killed server; returns when it answers.
  void Start();

 private:
  const Options options_;
  std::string folder_;
  int guard_fd_ = -1;  // the guard cleans up when this end of its pipe closes
  int server_ = -1;    // process id; -1 when stopped
};

// A database for one test, dropped at its end. Lives on the server of the DSN in $ZHENHUI_TEST_PG if that is
// set, else on one PrivatePostgres that all tests of this process share.
class TestDatabase {
 public:
  // Clones the template, which `migrate` fills on its first use in this process: it gets the DSN of an empty
  // database. Thread-safe. Throws std::runtime_error.
  static TestDatabase Create(const std::string& template_name,
                             const std::function<absl::Status(const std::string& dsn)>& migrate);
  // An empty database.
  static TestDatabase Create();

  TestDatabase(TestDatabase&& other) noexcept;
  TestDatabase& operator=(TestDatabase&&) = delete;
  ~TestDatabase();

  const std::string& dsn() const { return dsn_; }

 private:
  TestDatabase(std::string name, std::string dsn);
  std::string name_;
  std::string dsn_;
};

}  // namespace zhenhui::testing

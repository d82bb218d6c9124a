#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <pqxx/pqxx>
#include <stdexcept>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/db/dsn.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::testing {
namespace {

[[noreturn]] void DatabaseFails(const std::string& what) {
  throw std::runtime_error("test database: " + what);
}

// Where the test databases live. Keeps the templates of this process and drops them at its end.
class Host {
 public:
  static Host& Get() {
    static Host host;
    return host;
  }

  std::string Dsn(const std::string& database) const {
    if (own_ != nullptr) return own_->Dsn(database);
    const absl::StatusOr<std::string> dsn = db::WithKey(shared_, "dbname", database);
    if (!dsn.ok()) DatabaseFails(std::string(dsn.status().message()));
    return *dsn;
  }

  // Names carry the process id, so that processes on a shared server do not meet.
  std::string NewName() { return absl::StrCat("zh_test_", getpid(), "_", ++counter_); }

  std::string TemplateFor(const std::string& name,
                          const std::function<absl::Status(const std::string&)>& migrate) {
    std::lock_guard lock(mu_);
    if (const auto found = templates_.find(name); found != templates_.end()) return found->second;
    const std::string database = NewName() + "_template";
    Execute(absl::StrCat("CREATE DATABASE ", database, " TEMPLATE template0"));
    const absl::Status status = migrate(Dsn(database));
    if (!status.ok()) DatabaseFails("cannot migrate the template " + name + ": " + status.ToString());
    templates_[name] = database;
    return database;
  }

  void Execute(const std::string& sql) {
    pqxx::connection connection(maintenance_);
    pqxx::nontransaction tx(connection);
    tx.exec0(sql);
  }

 private:
  Host() {
    if (const char* dsn = std::getenv("ZHENHUI_TEST_PG"); dsn != nullptr && *dsn != '\0') {
      shared_ = maintenance_ = dsn;
    } else {
      own_ = std::make_unique<PrivatePostgres>();
      maintenance_ = own_->Dsn("postgres");
    }
  }
  ~Host() {
    if (own_ != nullptr) return;  // everything goes with the server
    for (const auto& [name, database] : templates_) {
      try {
        Execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
      } catch (const std::exception&) {  // the server has gone, and the database with it
        return;
      }
    }
  }

  std::unique_ptr<PrivatePostgres> own_;
  std::string shared_;
  std::string maintenance_;
  std::mutex mu_;
  std::map<std::string, std::string> templates_;  // guarded by mu_
  std::atomic<int> counter_ = 0;
};

}  // namespace

TestDatabase TestDatabase::Create(const std::string& template_name,
                                  const std::function<absl::Status(const std::string& dsn)>& migrate) {
  Host& host = Host::Get();
  const std::string from = host.TemplateFor(template_name, migrate);
  std::string name = host.NewName();
  host.Execute(absl::StrCat("CREATE DATABASE ", name, " TEMPLATE ", from));
  std::string dsn = host.Dsn(name);
  return TestDatabase(std::move(name), std::move(dsn));
}

TestDatabase TestDatabase::Create() {
  Host& host = Host::Get();
  std::string name = host.NewName();
  host.Execute(absl::StrCat("CREATE DATABASE ", name, " TEMPLATE template0"));
  std::string dsn = host.Dsn(name);
  return TestDatabase(std::move(name), std::move(dsn));
}

TestDatabase::TestDatabase(std::string name, std::string dsn)
    : name_(std::move(name)), dsn_(std::move(dsn)) {}

TestDatabase::TestDatabase(TestDatabase&& other) noexcept
    : name_(std::exchange(other.name_, {})), dsn_(std::move(other.dsn_)) {}

TestDatabase::~TestDatabase() {
  if (name_.empty()) return;
  try {
    Host::Get().Execute("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {  // the test has killed the server: nothing is left to drop
  }
}

}  // namespace zhenhui::testing

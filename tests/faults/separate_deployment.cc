#include <signal.h>

#include <cstdlib>
#include <map>
#include <pqxx/pqxx>
#include <stdexcept>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/e2e/program.h"
#include "tests/faults/deployment.h"
#include "tests/testing/private_postgres.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::faults {
namespace {

constexpr char kPostgres[] = "postgres";
constexpr char kDatabase[] = "zhenhui";
constexpr char kBackend[] = "backend";
constexpr size_t kLogTail = 3000;

class SeparateDeployment final : public Deployment {
 public:
  SeparateDeployment() {
    e2e::WriteFile(folder_ / "public.pem", testing::TestKeys().public_pem);
    e2e::WriteFile(folder_ / "job.token", testing::Token(auth::Role::kJob, "*"));
    Execute(kPostgres, "CREATE DATABASE zhenhui");
    for (const char* service : {"townships", "activities", "reporting"}) {
      Prepare(service);
      Start(service);
    }
  }

  std::vector<std::string> victims() const override {
    return {"townships", "activities", "reporting", kBackend, kPostgres};
  }

  void Kill(const std::string& victim, Random& random) override {
    if (victim == kPostgres) return postgres_.Kill();
    if (victim == kBackend) return KillOneBackend(OwnerDsn(kDatabase), random);
    programs_.at(victim)->Signal(SIGKILL);
    programs_.at(victim)->AwaitEnd();
  }

  void Restore(const std::string& victim) override {
    if (victim == kPostgres) return postgres_.Start();
    if (victim != kBackend) Start(victim);  // PostgreSQL replaces its sessions itself
  }

  std::string Logs() const override {
    std::string all;
    for (const auto& [service, program] : programs_) {
      const std::string log = e2e::ReadFile(LogOf(service));
      absl::StrAppend(&all, "--- ", service, "\n",
                      log.substr(log.size() > kLogTail ? log.size() - kLogTail : 0));
    }
    return all;
  }

  std::string OwnerDsn(const std::string& database) const override { return postgres_.Dsn(database); }

 protected:
  int PortOf(const std::string& service) const override { return ports_.at(service); }
  std::string SigningKey() const override { return testing::TestKeys().private_pem; }

 private:
  std::string LogOf(const std::string& service) const { return folder_ / (service + ".log"); }
  std::string Address(const std::string& service) const {
    return absl::StrCat("127.0.0.1:", PortOf(service));
  }

  void Execute(const std::string& database, const std::string& sql) {
    pqxx::connection connection(postgres_.Dsn(database));
    pqxx::nontransaction tx(connection);
    tx.exec(sql);
  }

  void Prepare(const std::string& service) {
    const std::string role = "zhenhui_" + service;
    Execute(kPostgres, "CREATE ROLE " + role + " LOGIN");
    const e2e::Outcome outcome =
        e2e::RunProgram("zhenhui-" + service, {"migrate", "--dsn", OwnerDsn(kDatabase), "--grant-to", role});
    if (outcome.code != 0) throw std::runtime_error("migrate of " + service + " failed: " + outcome.err);
  }

  std::vector<std::string> ArgumentsOf(const std::string& service) const {
    const std::string port = ports_.contains(service) ? std::to_string(PortOf(service)) : "0";
    std::vector<std::string> arguments = {"serve",
                                          "--dsn",
                                          absl::StrCat(OwnerDsn(kDatabase), " user=zhenhui_", service),
                                          "--listen",
                                          "127.0.0.1:" + port,
                                          "--auth-public-key",
                                          folder_ / "public.pem",
                                          "--ready-file",
                                          folder_ / (service + ".ready")};
    const std::string token = "@" + (folder_ / "job.token");
    const auto add = [&](std::vector<std::string> more) {
      arguments.insert(arguments.end(), more.begin(), more.end());
    };
    if (service == "activities") add({"--townships", Address("townships"), "--townships-token", token});
    if (service == "reporting") {
      add({"--activities", Address("activities"), "--townships", Address("townships"), "--token", token,
           "--flush-interval-ms", "100", "--verify-interval-ms", "500"});
    }
    return arguments;
  }

  void Start(const std::string& service) {
    const std::string ready = folder_ / (service + ".ready");
    std::remove(ready.c_str());
    programs_[service] =
        std::make_unique<e2e::Program>("zhenhui-" + service, ArgumentsOf(service), LogOf(service));
    const absl::Time give_up = absl::Now() + absl::Seconds(60);
    int port = 0;
    while ((port = std::atoi(e2e::ReadFile(ready).c_str())) == 0) {
      if (!programs_[service]->running() || absl::Now() > give_up) {
        throw std::runtime_error(service + " does not start: " + e2e::ReadFile(LogOf(service)));
      }
      absl::SleepFor(absl::Milliseconds(10));
    }
    ports_[service] = port;
  }

  e2e::TempFolder folder_;
  testing::PrivatePostgres postgres_{{.durable = true}};
  std::map<std::string, int> ports_;
  std::map<std::string, std::unique_ptr<e2e::Program>> programs_;
};

}  // namespace

std::unique_ptr<Deployment> MakeSeparateDeployment() { return std::make_unique<SeparateDeployment>(); }

}  // namespace zhenhui::faults

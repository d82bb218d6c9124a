#include <signal.h>

#include <cstdlib>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/e2e/program.h"
#include "tests/e2e/standalone_process.h"
#include "tests/faults/deployment.h"

namespace zhenhui::faults {
namespace {

constexpr char kStandalone[] = "standalone";
constexpr char kBackendOfStandalone[] = "backend";
constexpr char kPostmaster[] = "postmaster";
constexpr size_t kStandaloneLogTail = 6000;

class StandaloneDeployment final : public Deployment {
 public:
  StandaloneDeployment() { Start(); }

  std::vector<std::string> victims() const override {
    return {kStandalone, kBackendOfStandalone, kPostmaster};
  }

  void Kill(const std::string& victim, Random& random) override {
    if (victim == kBackendOfStandalone) return KillOneBackend(OwnerDsn("zhenhui"), random);
    if (victim == kPostmaster) {
      // Its sessions live on for a moment and may still commit: the worst time to start another server.
      if (const pid_t postmaster = e2e::PostgresOf(data_); postmaster > 0) kill(postmaster, SIGKILL);
      return;
    }
    program_->Signal(SIGKILL);
    program_->AwaitEnd();
  }

  void Restore(const std::string& victim) override {
    if (victim == kStandalone) Start();  // which looks after its PostgreSQL itself
  }

  std::string Logs() const override {
    const std::string log = e2e::ReadFile(log_);
    return log.substr(log.size() > kStandaloneLogTail ? log.size() - kStandaloneLogTail : 0);
  }

  std::string OwnerDsn(const std::string& database) const override {
    return absl::StrCat("host='", data_, "/run' port=5432 user=zhenhui dbname=", database);
  }

 protected:
  int PortOf(const std::string&) const override { return port_; }
  std::string SigningKey() const override { return e2e::ReadFile(data_ + "/keys/signing-key.pem"); }

 private:
  void Start() {
    const std::string ready = folder_ / "ready";
    std::remove(ready.c_str());
    program_ = std::make_unique<e2e::Program>(
        "zhenhui-standalone",
        std::vector<std::string>{"--data-dir", data_, "--listen", absl::StrCat("127.0.0.1:", port_),
                                 "--ready-file", ready},
        log_);
    const absl::Time give_up = absl::Now() + absl::Seconds(60);
    int port = 0;
    while ((port = std::atoi(e2e::ReadFile(ready).c_str())) == 0) {
      if (!program_->running() || absl::Now() > give_up) {
        throw std::runtime_error("the standalone does not start: " + Logs());
      }
      absl::SleepFor(absl::Milliseconds(10));
    }
    port_ = port;
  }

  e2e::TempFolder folder_;
  const std::string data_ = folder_ / "data";
  const std::string log_ = folder_ / "standalone.log";
  int port_ = 0;
  std::unique_ptr<e2e::Program> program_;
};

}  // namespace

std::unique_ptr<Deployment> MakeStandaloneDeployment() { return std::make_unique<StandaloneDeployment>(); }

}  // namespace zhenhui::faults

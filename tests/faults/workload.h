#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "tests/faults/deployment.h"
#include "tests/faults/ledger.h"

namespace zhenhui::faults {

// One who works against the product over and over: a town's reporter, the district's registrar.
class Actor {
 public:
  virtual ~Actor() = default;
  // One piece of work, begun and sent again until it is acknowledged. `give_up` is when the product has
  // failed.
  virtual void Work(absl::Time give_up) = 0;
};

// Towns of the sample district, and what the setup stores in each.
inline const std::vector<std::string>& Towns() {
  static const std::vector<std::string> towns = {"630106101", "630106102", "630106103"};
  return towns;
}
inline constexpr int kVillagesPerTown = 4;
std::string VillageOf(const std::string& town, int index);

// Creates the district, its towns and villages, and enters them into the ledger. Throws std::runtime_error.
void SetUpPlaces(const Deployment& deployment, Ledger& ledger);

// Several reporters of several towns and a registrar, each on a thread of its own.
class Workload {
 public:
  Workload(const Deployment& deployment, Ledger& ledger, uint64_t seed);
  ~Workload();
  Workload(const Workload&) = delete;
  Workload& operator=(const Workload&) = delete;

  // Waits until every actor has finished a piece of work that it began after now. Names one that has not.
  std::string AwaitProgress(absl::Duration patience);
  // Lets everyone finish.
  void Stop();

  // Figures that were read with a freshness token and compared with the reader's own sums.
  int exact_reads() const { return exact_reads_; }

 private:
  struct Member {
    std::string name;
    std::unique_ptr<Actor> actor;
    std::atomic<int> rounds = 0;
    std::thread thread;
  };
  void Add(std::string name, std::unique_ptr<Actor> actor);

  std::atomic<bool> stopping_ = false;
  std::atomic<int> exact_reads_ = 0;
  std::vector<std::unique_ptr<Member>> members_;
};

// Errors after which the same call may be sent again, as the protos say. Others break the contract.
bool MayRepeat(grpc::StatusCode code);

}  // namespace zhenhui::faults

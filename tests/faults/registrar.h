#pragma once
#include <map>
#include <memory>
#include <string>

#include "tests/faults/workload.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::faults {

// The district's program: imports new, repeated and corrected roster entries.
class Registrar final : public Actor {
 public:
  Registrar(const Deployment& deployment, Ledger& ledger, uint64_t seed);
  void Work(absl::Time give_up) override;

 private:
  townships::v1::ImportRosterEntriesRequest MakeImport();

  Ledger& ledger_;
  Random random_;
  std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
  std::map<std::string, townships::v1::RosterEntry> mine_;  // by name, as acknowledged
  int next_id_ = 0;
};

}  // namespace zhenhui::faults

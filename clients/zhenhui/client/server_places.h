#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clients/zhenhui/client/connection.h"
#include "clients/zhenhui/input/places.h"

namespace zhenhui::cli {

// Asks the townships service, once for each district and township, and remembers the answers. Not
// thread-safe.
class ServerPlaces final : public Places {
 public:
  // `scope` is the caller's (ScopeOfToken): which townships may be meant. `connection` must outlive it.
  ServerPlaces(Connection* connection, std::string scope)
      : connection_(connection), scope_(std::move(scope)) {}

  absl::StatusOr<std::string> Township(const std::string& name) override;
  absl::StatusOr<std::string> Village(const std::string& township, const std::string& name,
                                      const std::string& date) override;

  // Chinese names of a township's villages by code, for print.
  absl::StatusOr<std::map<std::string, std::string>> VillageNames(const std::string& township);

 private:
  absl::Status LoadTownships();
  absl::Status LoadDistrict(const std::string& district);
  absl::StatusOr<const std::vector<townships::v1::Village>*> Villages(const std::string& township);

  Connection* connection_;
  const std::string scope_;
  std::optional<std::vector<townships::v1::Township>> townships_;
  std::map<std::string, std::vector<townships::v1::Village>> villages_;
};

}  // namespace zhenhui::cli

#pragma once
#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/standalone/data_dir.h"

// The files of a private cluster: programs that fit, first making, what a killed predecessor has left.
namespace zhenhui::standalone {

// The folder with PostgreSQL's programs: $ZHENHUI_PG_BIN, else that of the cluster's own version, or the
// newest for a cluster that is still to be made. FAILED_PRECONDITION, reason POSTGRES_NOT_FOUND.
absl::StatusOr<std::string> FindPrograms(const std::filesystem::path& cluster);

// Makes the cluster if it is not there. One that was interrupted half-way begins anew.
absl::Status MakeCluster(const DataDir& dir, const Account& account, const std::string& bin,
                         const std::string& owner);

// Ends the server of this cluster that still runs, if any. FAILED_PRECONDITION, reason POSTGRES_STILL_RUNS,
// when it does not end.
absl::Status EndStaleServer(const std::filesystem::path& cluster);

// The command line of the server.
std::vector<std::string> ServerCommand(const DataDir& dir, const std::string& bin);

// The last lines of a text file, for messages.
std::string Tail(const std::filesystem::path& file);

}  // namespace zhenhui::standalone

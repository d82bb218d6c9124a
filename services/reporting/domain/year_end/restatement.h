#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/year_end/changes.h"

// Late changes of a closed year: the certified figures stay, and what moved since is told beside them.
namespace zhenhui::reporting {

// A record that moved a figure.
struct RecordChange {
  std::string name;  // resource name
  Feed feed = Feed::kActivities;
  int64_t revision = 0;  // its newest
  std::string reason;
  std::string by;
  std::string title;
  friend bool operator==(const RecordChange&, const RecordChange&) = default;
};

inline constexpr size_t kMostRestatedRecords = 1000;

struct Restatement {
  Applied from;                       // exclusive
  Applied to;                         // inclusive
  std::vector<FigureChange> figures;  // by metric and period; never empty
  std::vector<RecordChange> records;  // by feed and revision; at most kMostRestatedRecords
  friend bool operator==(const Restatement&, const Restatement&) = default;
};

// Canonical text, and back. INVALID_ARGUMENT, CERTIFICATE_INVALID.
std::string RestatementText(const Restatement& restatement);
absl::StatusOr<Restatement> ParseRestatement(std::string_view text);

// A town's figures after a restatement.
void ApplyRestatement(const Restatement& restatement, TownFigures& figures);

}  // namespace zhenhui::reporting

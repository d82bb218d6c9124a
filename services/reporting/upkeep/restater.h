#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/reporting/domain/year_end/restatement.h"
#include "services/reporting/domain/year_end/year_ends.h"
#include "services/reporting/upkeep/feed_source.h"

namespace zhenhui::reporting {

// Looks at closed years in the background: where a town's figures are no longer those that were closed (or
// restated last), it appends a restatement with the records that moved them. Each difference once, also with
// several processes: an event's number is taken once, and figures older than the last restatement are not
// looked at. Closed figures stay. A town that the register got later, as one that existed in the closed year,
// is restated from "not applicable": it stays out of the certificate, and what it adds is told.
class Restater {
 public:
  struct Options {
    FeedSource activities;
    FeedSource townships;
    absl::Duration interval = absl::Seconds(2);  // between two looks
    // Whether this process should work; others would only lose the race for the number.
    std::function<bool()> leading;
    const Clock* clock = nullptr;
  };

  // All outlive it. Begins to work.
  Restater(Cube& cube, const MetricPlans& plans, YearEnds& year_ends, YearEndStore& store, Options options);
  ~Restater();
  Restater(const Restater&) = delete;
  Restater& operator=(const Restater&) = delete;

 private:
  // What a town's figures were said to be last.
  struct Baseline {
    TownFigures figures;
    Applied revisions;
  };
  // A closed year as it was read last.
  struct Closed {
    int64_t last_number = -1;  // that was read; -1: none yet
    int64_t previous_seen = 0;
    std::map<std::string, Baseline> towns;
    TownFigures absent;                        // what a town has that was not there when the year was closed
    std::map<std::string, Applied> looked_at;  // without a difference
  };

  void Run();
  absl::Status Round();
  absl::Status LookAt(const YearKey& key);
  void AddLateTowns(const YearKey& key, Closed& closed) const;
  absl::Status Refresh(const YearKey& key, Closed& closed);
  absl::Status LookAtTown(const YearKey& key, Closed& closed, const std::string& township);
  absl::Status Restate(const YearKey& key, Closed& closed, const std::string& township,
                       const Baseline& before, const TownView& now, const DistrictYear& built);
  absl::Status ReadRecords(const YearKey& key, const std::string& township, Restatement& restatement);
  bool stopped();

  Cube& cube_;
  const MetricPlans& plans_;
  YearEnds& year_ends_;
  YearEndStore& store_;
  const Options options_;
  std::map<std::pair<std::string, int>, Closed> closed_;  // only the thread uses it
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace zhenhui::reporting

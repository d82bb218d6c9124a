#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/year_end/certificate.h"
#include "services/reporting/domain/year_end/district_year.h"
#include "services/reporting/domain/year_end/year_end.h"
#include "services/reporting/domain/year_end/year_end_store.h"

namespace zhenhui::reporting {

// A year end as it stands, with the figures: of a closed year those of its certificate, else those of now.
struct YearEndView {
  YearKey key;
  YearEndState state;
  YearFacts facts;
  DistrictYear figures;
  std::vector<Blocking> blockers;
  std::shared_ptr<const Certificate> certificate;  // of a closed year, else null
  int64_t previous_seen = 0;                       // number of the last event of the year before
  std::string previous_certificate;                // its digest; empty where it was never closed
};

// Year ends of the districts of this process: reads, decides, writes, and again if another was faster. Blocks
// on the store. Thread-safe.
class YearEnds {
 public:
  struct Dependencies {
    const Cube* cube = nullptr;
    const MetricPlans* plans = nullptr;
    YearEndStore* store = nullptr;
    const Clock* clock = nullptr;
    std::function<bool()> following;  // whether both feeds are connected
    // A district's Chinese name; an error keeps a year from being closed, and nothing else.
    std::function<absl::StatusOr<std::string>(const std::string& district, absl::Time deadline)>
        district_name;
  };
  explicit YearEnds(Dependencies dependencies) : deps_(std::move(dependencies)) {}

  // NOT_FOUND, DISTRICT_NOT_FOUND; UNAVAILABLE, REBUILDING; the store's errors.
  absl::StatusOr<YearEndView> View(const YearKey& key, absl::Time deadline);
  // Without figures, facts and blockers: what the events alone say.
  absl::StatusOr<YearEndState> State(const YearKey& key, absl::Time deadline);

  // Decides and writes; the year end afterwards. What has happened already changes nothing. Errors: Decide's,
  // View's, ABORTED EVENT_CONFLICT where others were faster each time.
  absl::StatusOr<YearEndView> Do(const YearKey& key, const YearCommand& command, const std::string& by,
                                 absl::Time deadline);

  // The certificate of a generation (0: the newest), read and checked; kept in memory, for it never changes.
  absl::StatusOr<std::shared_ptr<const Certificate>> ReadCertificate(const YearKey& key, int generation,
                                                                     absl::Time deadline);

  // Which figures of the year a town's void signature does not hold for: "law_lectures: 6 -> 7".
  absl::StatusOr<std::vector<std::string>> ChangesSinceSigned(const YearEndView& view,
                                                              const std::string& township,
                                                              absl::Time deadline);

 private:
  absl::StatusOr<YearEndView> ViewOf(const YearKey& key, const StoredYear& stored, absl::Time deadline);
  absl::Status ReadFigures(YearEndView& view, absl::Time store_time, absl::Time deadline);
  absl::Status AddCertificate(const YearEndView& view, YearAppend& append, absl::Time deadline);
  absl::Status Write(const YearEndView& view, const YearCommand& command, std::vector<YearEvent> events,
                     absl::Time deadline);

  std::shared_ptr<const Certificate> Kept(const std::string& digest);

  const Dependencies deps_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Certificate>> certificates_;  // guarded by mutex_; by digest
};

}  // namespace zhenhui::reporting

#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/metric_plan.h"

// Figures that want a look.
namespace zhenhui::reporting {

// The numbers are those of the public AlarmType.
enum class AlarmType {
  kJump = 1,  // differs from last year's by more than 30%; last year's is above 0
  kOneVillage =
      2,  // one of several villages has more than half of the town's cases, of which there are 4 or more
  kSameEveryMonth = 3,  // a flow has the same value, not 0, in 3 or more months on end
  kPartAndWhole = 4,    // a part is greater than its whole
};

struct Alarm {
  AlarmType type = AlarmType::kJump;
  std::string township;
  std::string id;                     // unique in the town, stable: "2024.jump.law_lectures"
  const MetricPlan* plan = nullptr;   // lives as long as the catalogue, as `whole`
  Figure figure;                      // the town's in `period`; of kPartAndWhole the part's
  Figure other;                       // last year's; the village's; the single month's; the whole's
  const MetricPlan* whole = nullptr;  // of kPartAndWhole
  std::string village;                // code, of kOneVillage
  std::string village_name;
  Period period;   // of `figure`
  int months = 0;  // of `period`
};

// The alarms of one town in a year, by type, then by the metric's place in the catalogue. In a running year
// only the months that are over count, and are compared with the same months of the year before. Empty
// `types` is all. OUT_OF_RANGE, FIGURE_TOO_LARGE.
absl::StatusOr<std::vector<Alarm>> AlarmsOf(const Vocabulary& vocabulary, const MetricPlans& plans,
                                            const TownView& town, int year, Date today,
                                            const std::set<AlarmType>& types);

// The rules by themselves, for figures that come from elsewhere (a closed year's certificate).
// Whether |now - before| is over 30% of `before`, exactly; `ratio`: both are value over denominator.
bool IsJump(bool ratio, const Figure& now, const Figure& before);
struct SameRun {
  int first = 1;  // month
  int length = 0;
};
// The longest run of 3 or more months with the same value other than 0, the last one of several; `months`
// begin in January.
std::optional<SameRun> LongestSameRun(std::span<const int64_t> months);

// What an explanation explains: changes when the figures do, so that the new figure wants a new explanation.
std::string FingerprintOf(const Alarm& alarm);

// What the alarm says, with the figures.
std::string MessageZh(const Alarm& alarm);
std::string MessageEn(const Alarm& alarm);

}  // namespace zhenhui::reporting

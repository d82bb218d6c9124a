#include "samples/synthetic.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "samples/random.h"

namespace zhenhui::samples {
namespace {

void FillPublicity(Record& record, Random& random) {
  record.kind = "publicity_event";
  record.audiences = {random.Percent(70) ? "villagers" : "students"};
  if (random.Percent(30)) record.audiences.push_back("elderly");
  record.channels = {random.Percent(50) ? "on_the_spot" : "wechat_forward"};
  record.measures = {{"attendances", random.Between(10, 200)},
                     {"copies", random.Between(0, 300)},
                     {"consultations", random.Between(0, 5)}};
}

void FillMediation(Record& record, Random& random) {
  const int64_t cases = random.Between(1, 4);
  const int64_t success = random.Between(0, cases);
  const int64_t oral = random.Between(0, success);
  record.kind = "mediation";
  record.audiences = {"villagers"};
  record.channels = {"on_the_spot"};
  record.measures = {{"cases", cases}, {"success", success}, {"oral", oral}, {"written", success - oral}};
}

void FillVisit(Record& record, Random& random) {
  record.kind = "counsel_visit";
  record.audiences = {"villagers"};
  record.channels = {"one_to_one"};
  record.measures = {{"hours", random.Between(1, 4)}, {"consultations", random.Between(0, 6)}};
}

void FillCount(Record& record, Random& random) {
  static constexpr const char* kKinds[] = {"study_center_group", "study_collective", "law_lecture",
                                           "law_training", "administrative_inspection"};
  record.kind = kKinds[random.Below(std::size(kKinds))];
  record.audiences = {"cadres"};
  record.channels = {"meeting"};
  record.measures = {{"attendances", random.Between(5, 60)}};
}

}  // namespace

std::string SyntheticTownship(int town, const SyntheticOptions& options) {
  return absl::StrCat(options.district, 100 + town);
}

std::string SyntheticVillage(const std::string& township, int village) {
  return absl::StrFormat("%s%03d", township, village + 1);
}

Record Synthetic(uint64_t index, const SyntheticOptions& options) {
  Random random(SeedOf("synthetic", index + 1) ^ options.seed);
  Record record;
  record.id = absl::StrCat("synthetic-", options.seed, "-", index);
  record.township = SyntheticTownship(static_cast<int>(index % options.towns), options);
  record.date = options.first_day + static_cast<int64_t>(random.Below(options.days));
  if (random.Percent(80)) {
    record.village =
        SyntheticVillage(record.township, static_cast<int>(random.Below(options.villages_per_town)));
  }
  record.title = absl::StrCat(kInvented, "合成记录", index);
  const uint64_t mix = random.Below(100);
  if (mix < 45) {
    FillPublicity(record, random);
  } else if (mix < 65) {
    FillMediation(record, random);
  } else if (mix < 80) {
    FillVisit(record, random);
  } else {
    FillCount(record, random);
  }
  return record;
}

}  // namespace zhenhui::samples

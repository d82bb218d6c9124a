#include "samples/activities.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "samples/places.h"

namespace zhenhui::samples {
namespace {

constexpr const char* kPartners[] = {"示例派出所", "示例司法所", "示例中心校", "示例律师事务所"};

int64_t Draw(const MeasurePlan& plan, const Record& record, Random& random) {
  switch (plan.draw) {
    case MeasurePlan::Draw::kRange:
      return random.Between(plan.low, plan.high);
    case MeasurePlan::Draw::kShareOf:
      return (MeasureOf(record, plan.of) * random.Between(plan.low, plan.high) + 50) / 100;
    case MeasurePlan::Draw::kRestOf:
      return MeasureOf(record, plan.of) - MeasureOf(record, plan.minus);
  }
  return 0;
}

// One or two different codes of a plan's list, or none of an empty one.
std::vector<std::string> PickSome(const std::vector<const char*>& from, Random& random) {
  if (from.empty()) return {};
  std::vector<std::string> picked = {random.Pick(from)};
  const std::string second = random.Pick(from);
  if (second != picked[0] && random.Percent(30)) picked.push_back(second);
  return picked;
}

}  // namespace

void SetMeasure(Record& record, const std::string& code, int64_t value) {
  for (auto& [known, old_value] : record.measures) {
    if (known == code) {
      old_value = value;
      return;
    }
  }
  record.measures.emplace_back(code, value);
}

int64_t MeasureOf(const Record& record, const std::string& code) {
  for (const auto& [known, value] : record.measures) {
    if (known == code) return value;
  }
  return 0;
}

Date WorkingDay(int year, int index, int parts, Random& random) {
  constexpr int kFirst = 4;  // the days that a weekend may move a date by stay inside the year
  constexpr int kDays = 356;
  const int64_t begin = static_cast<int64_t>(kDays) * index / parts;
  const int64_t end = std::max<int64_t>(begin, static_cast<int64_t>(kDays) * (index + 1) / parts - 1);
  const Date date = Date(year, 1, 1) + kFirst + random.Between(begin, end);
  const absl::Weekday weekday = absl::GetWeekday(date);
  if (weekday == absl::Weekday::saturday) return date - 1;
  return weekday == absl::Weekday::sunday ? date + 1 : date;
}

ActivityMaker::ActivityMaker(const std::string& township, int year)
    : township_(township),
      year_(year),
      villages_(VillagesOf(township)),
      random_(SeedOf(absl::StrCat("activities ", township), year)),
      zeal_percent_(Random(SeedOf(absl::StrCat("zeal ", township))).Between(60, 140)) {}

std::vector<Record> ActivityMaker::Make(const KindPlan& plan, int count) {
  std::vector<Record> records;
  records.reserve(count);
  for (int i = 0; i < count; ++i) {
    records.push_back(MakeOne(plan, WorkingDay(year_, i, count, random_)));
  }
  return records;
}

std::vector<Record> ActivityMaker::MakeByPlan(const KindPlan& plan) {
  const int64_t count = random_.Between(plan.low, plan.high) * zeal_percent_ / 100;
  return Make(plan, static_cast<int>(count));
}

Record ActivityMaker::MakeOne(const KindPlan& plan, Date date) {
  Record record;
  record.id = absl::StrFormat("sample-%d-%04d", year_, next_id_++);
  record.township = township_;
  record.kind = plan.kind;
  record.date = date;
  if (random_.Percent(plan.village_percent)) record.village = random_.Pick(villages_).code;
  record.title = absl::StrCat(kInvented, random_.Pick(plan.topics));
  record.audiences = PickSome(plan.audiences, random_);
  record.channels = PickSome(plan.channels, random_);
  if (random_.Percent(20)) record.partners = {kPartners[random_.Below(std::size(kPartners))]};
  for (const MeasurePlan& measure : plan.measures) {
    record.measures.emplace_back(measure.code, Draw(measure, record, random_));
  }
  return record;
}

std::vector<Record> ActivitiesByPlan(const std::string& township, int year) {
  ActivityMaker maker(township, year);
  std::vector<Record> all;
  for (const KindPlan& plan : KindPlans()) {
    std::vector<Record> records = maker.MakeByPlan(plan);
    std::move(records.begin(), records.end(), std::back_inserter(all));
  }
  SortByDate(all);
  return all;
}

void SortByDate(std::vector<Record>& records) {
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
}

}  // namespace zhenhui::samples

#pragma once
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "services/reporting/domain/cube.h"
#include "tests/testing/reporting/small_catalogue.h"
#include "tests/unit/reporting/naive_model.h"

// Two towns with a random history, made of rapidcheck's choices: for property tests only.
namespace zhenhui::reporting {

inline constexpr const char* kTowns[] = {"630106101", "630106102"};
inline const std::vector<std::string> kEntries = {"lc-1", "lc-2"};
inline const Date kFirst(2023, 1, 1);
inline const Date kToday(2024, 12, 31);

// One township: its current records, and the changes of both feeds that led to them.
struct Town {
  Records records;
  std::vector<Change> feeds[2];
};

class World {
 public:
  void Step() {
    Town& town = towns_[*rc::gen::inRange(0, 2)];
    const int what = *rc::gen::weightedElement<int>({{8, 0}, {2, 1}, {1, 2}, {3, 3}, {1, 4}, {1, 5}, {3, 6}});
    const std::string id =
        std::to_string(what == 6 ? 0 : what) + "-" + std::to_string(*rc::gen::inRange(0, 8));
    switch (what) {
      case 0:
        return Write(town, Feed::kActivities, id, Activity());
      case 1:
        return Confirm(town);
      case 2:
        return Write(town, Feed::kTownships, "township",
                     TownshipFacts{"示例镇", *rc::gen::inRange(1, 5), {}});
      case 3:
        return Write(town, Feed::kTownships, id, small_.Counsel(Codes({"101", "102", "103"}), Valid()));
      case 4: {
        const std::string code = *rc::gen::element<std::string>("101", "102", "103");
        return Write(town, Feed::kTownships, "village-" + code, small_.Village(code, Valid()));
      }
      case 5: {
        const int year = *rc::gen::inRange(2023, 2026);
        return Write(town, Feed::kTownships, "population-" + std::to_string(year),
                     PopulationFacts{year, *rc::gen::inRange<int64_t>(1, 90'000)});
      }
      default:
        return Delete(town, id);
    }
  }

  // Tells the cube everything: feeds of towns in any order, in batches that may begin again with what was
  // told before.
  void Deliver(Cube& cube) const {
    std::vector<std::tuple<int, Feed, size_t>> open;  // town, feed, changes told so far
    for (int town = 0; town < 2; ++town) {
      for (const Feed feed : kFeeds) open.emplace_back(town, feed, 0);
    }
    while (!open.empty()) {
      const size_t at = *rc::gen::inRange<size_t>(0, open.size());
      auto& [town, feed, told] = open[at];
      const std::vector<Change>& changes = towns_[town].feeds[static_cast<size_t>(feed)];
      const size_t from = *rc::gen::inRange<size_t>(0, told + 1);
      // At least one new change each time: a shrunk case must come to an end too.
      const size_t to = *rc::gen::inRange<size_t>(std::min(told + 1, changes.size()), changes.size() + 1);
      const std::span<const Change> batch(changes.data() + from, to - from);
      RC_ASSERT(cube.Apply(kTowns[town], feed, batch, absl::UnixEpoch()).ok());
      told = to;
      if (told == changes.size()) open.erase(open.begin() + static_cast<ptrdiff_t>(at));
    }
  }

  TownStatePtr Recompute(int town) {
    TownBuilder builder(small_.vocabulary);
    for (const auto& [id, record] : towns_[town].records) builder.Add(record);
    for (const Feed feed : kFeeds) {
      builder.SetApplied(feed, static_cast<int64_t>(towns_[town].feeds[static_cast<size_t>(feed)].size()));
    }
    return builder.Build();
  }

  const Records& records(int town) const { return towns_[town].records; }
  testing::SmallCatalogue& small() { return small_; }

 private:
  static Date Day() { return kFirst + *rc::gen::inRange(0, 731); }
  static Validity Valid() {
    Validity valid;
    if (*rc::gen::arbitrary<bool>()) valid.from = Day();
    if (*rc::gen::arbitrary<bool>()) valid.to = valid.from.value_or(kFirst) + *rc::gen::inRange(0, 400);
    return valid;
  }
  static std::vector<std::string> Codes(const std::vector<std::string>& all) {
    std::vector<std::string> some;
    for (const std::string& code : all) {
      if (*rc::gen::arbitrary<bool>()) some.push_back(code);
    }
    return some;
  }
  Facts Activity() {
    const std::string village = *rc::gen::element<std::string>("", "101", "102", "103");
    const std::vector<std::string> audiences = Codes({"women", "students"});
    const std::vector<std::string> entries = Codes(kEntries);
    const auto with_entries = [&](Facts facts) {
      for (const std::string& entry : entries) {
        std::get<ActivityFacts>(facts).roster_entries.push_back(small_.Member(entry));
      }
      return facts;
    };
    if (*rc::gen::arbitrary<bool>()) {
      return with_entries(small_.Activity(
          "lecture", Day(), village,
          {{"attendances", *rc::gen::inRange(0, 4)}, {"occurrences", *rc::gen::inRange(0, 3)}}, audiences));
    }
    const int cases = *rc::gen::inRange(0, 5);
    return with_entries(small_.Activity("mediation", Day(), village,
                                        {{"cases", cases}, {"success", *rc::gen::inRange(0, cases + 1)}},
                                        audiences));
  }

  static void Log(Town& town, Feed feed, Facts before, Facts after) {
    auto& changes = town.feeds[static_cast<size_t>(feed)];
    changes.push_back({static_cast<int64_t>(changes.size()) + 1, std::move(before), std::move(after)});
  }
  static void Write(Town& town, Feed feed, const std::string& id, Facts content) {
    const auto held = town.records.find(id);
    Log(town, feed, held == town.records.end() ? Facts() : held->second, content);
    town.records[id] = std::move(content);
  }
  static void Confirm(Town& town) {
    const Date month(2023 + *rc::gen::inRange(0, 2), *rc::gen::inRange(1, 13), 1);
    const MonthConfirmed confirmed{month};
    Log(town, Feed::kActivities, Facts(),
        confirmed);  // the feed gives no old content, even where there is one
    town.records["month-" + FormatDate(month)] = confirmed;
  }
  static void Delete(Town& town, const std::string& id) {
    const auto held = town.records.find(id);
    if (held == town.records.end()) return;
    ActivityFacts deleted = std::get<ActivityFacts>(held->second);
    deleted.active = false;
    Write(town, Feed::kActivities, id, deleted);
  }

  testing::SmallCatalogue small_;
  Town towns_[2];
};

inline void Fill(World& world) {
  const int steps = *rc::gen::inRange(0, 60);
  for (int i = 0; i < steps; ++i) world.Step();
}

}  // namespace zhenhui::reporting

#include "services/reporting/domain/town_state.h"

#include <algorithm>

namespace zhenhui::reporting {

const SumTable TownState::kEmpty;
const std::shared_ptr<const Places> TownState::kNoPlaces = std::make_shared<const Places>();

SeriesId TownState::series_end() const {
  size_t end = 0;
  for (const auto& tables : grains_) end = std::max(end, tables.size());
  return static_cast<SeriesId>(end);
}

size_t TownState::CellCount() const {
  size_t count = 0;
  for (const auto& tables : grains_) {
    for (const TablePtr& table : tables) count += table == nullptr ? 0 : table->size();
  }
  return count;
}

void TownBuilder::AddTo(const CellKey& key, int64_t amount) {
  auto& by_series = sums_[static_cast<size_t>(key.grain) - 1];
  if (key.series >= by_series.size()) by_series.resize(key.series + 1);
  int64_t& sum = by_series[key.series][SumTable::MakeKey(key.member, key.bucket)];
  sum = static_cast<int64_t>(static_cast<uint64_t>(sum) + static_cast<uint64_t>(amount));
}

void TownBuilder::Add(const Facts& facts) {
  if (const auto* confirmed = std::get_if<MonthConfirmed>(&facts)) {
    const SeriesId series = vocabulary_.confirmed();
    AddTo({Grain::kTown, series, kNoMember, MonthBucket(confirmed->month)}, 0);
    sums_[0][series][SumTable::MakeKey(kNoMember, MonthBucket(confirmed->month))] = 1;
    return;
  }
  ForEachContribution(vocabulary_, facts, [this](const CellKey& key, int64_t amount) { AddTo(key, amount); });
  if (const auto* township = std::get_if<TownshipFacts>(&facts)) SetTownship(*township);
  if (const auto* village = std::get_if<VillageFacts>(&facts)) AddVillage(*village);
}

void TownBuilder::AddCell(const CellRow& row) {
  AddTo({row.grain, vocabulary_.Series(row.series), vocabulary_.Member(row.member), ToEpochDays(row.bucket)},
        row.value);
}

void TownBuilder::AddVillage(VillageFacts facts) {
  const MemberId village = facts.village;
  places_.villages.insert_or_assign(village, std::move(facts));
}

TownStatePtr TownBuilder::Build() {
  auto state = std::make_shared<TownState>();
  std::vector<SumTable::Delta> cells;
  for (size_t grain = 0; grain < sums_.size(); ++grain) {
    state->grains_[grain].resize(sums_[grain].size());
    for (size_t series = 0; series < sums_[grain].size(); ++series) {
      cells.assign(sums_[grain][series].begin(), sums_[grain][series].end());
      std::sort(cells.begin(), cells.end());
      SumTable table(cells);
      if (!table.empty()) state->grains_[grain][series] = std::make_shared<const SumTable>(std::move(table));
    }
    sums_[grain].clear();
  }
  state->applied_ = applied_;
  state->places_ = std::make_shared<const Places>(std::move(places_));
  applied_ = {};
  places_ = {};
  return state;
}

TownStatePtr TownBuilder::Combine(const Vocabulary& vocabulary, const TownState& activities,
                                  const TownState& townships) {
  auto state = std::make_shared<TownState>();
  for (size_t grain = 0; grain < state->grains_.size(); ++grain) {
    auto& tables = state->grains_[grain];
    tables.resize(std::max(activities.grains_[grain].size(), townships.grains_[grain].size()));
    for (SeriesId series = 0; series < tables.size(); ++series) {
      const bool of_activities = vocabulary.FeedOf(series) == Feed::kActivities;
      const auto& source = of_activities ? activities.grains_[grain] : townships.grains_[grain];
      if (series < source.size()) tables[series] = source[series];
    }
  }
  for (const Feed feed : kFeeds) {
    state->applied_[feed] = (feed == Feed::kActivities ? activities : townships).applied()[feed];
  }
  state->places_ = townships.places_;
  return state;
}

void Dirty::Merge(const Dirty& other) {
  cells.insert(other.cells.begin(), other.cells.end());
  places = places || other.places;
  all = all || other.all;
}

}  // namespace zhenhui::reporting

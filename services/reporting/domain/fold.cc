#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/town_state.h"

namespace zhenhui::reporting {
namespace {

struct CellDelta {
  uint32_t table;  // see TableOf
  SumTable::Key key;
  int64_t amount;
};

// Grain and series in one number: grains are below kTables.
constexpr uint32_t kTables = 8;
uint32_t TableOf(const CellKey& key) { return key.series * kTables + static_cast<uint32_t>(key.grain); }

// What a batch of changes adds to the cells and the places of a state.
class Batch {
 public:
  Batch(const Vocabulary& vocabulary, const TownState& state) : vocabulary_(vocabulary), state_(state) {}

  void Add(const Change& change) {
    if (std::holds_alternative<MonthConfirmed>(change.before) ||
        std::holds_alternative<MonthConfirmed>(change.after)) {
      // The one record that is set and not summed: whoever confirms again confirms the same.
      Confirm(change.before, 0);
      Confirm(change.after, 1);
      return;
    }
    AddCells(change.before, -1);
    AddCells(change.after, 1);
    UpdatePlaces(change);
  }

  // In ascending order of table and key.
  std::vector<CellDelta>& SortedDeltas() {
    std::sort(deltas_.begin(), deltas_.end(), [](const CellDelta& a, const CellDelta& b) {
      return a.table != b.table ? a.table < b.table : a.key < b.key;
    });
    return deltas_;
  }
  // Null if the places stay as they are.
  std::shared_ptr<const Places> places() const { return places_; }

 private:
  void AddCells(const Facts& facts, int64_t sign) {
    ForEachContribution(vocabulary_, facts, [&](const CellKey& key, int64_t amount) {
      deltas_.push_back({TableOf(key), SumTable::MakeKey(key.member, key.bucket), sign * amount});
    });
  }

  void Confirm(const Facts& facts, int64_t wanted) {
    const auto* confirmed = std::get_if<MonthConfirmed>(&facts);
    if (confirmed == nullptr) return;
    const CellKey key{Grain::kTown, vocabulary_.confirmed(), kNoMember, MonthBucket(confirmed->month)};
    int64_t& held = confirmed_.try_emplace(key.bucket, state_.Value(key)).first->second;
    deltas_.push_back({TableOf(key), SumTable::MakeKey(kNoMember, key.bucket), wanted - held});
    held = wanted;
  }

  void UpdatePlaces(const Change& change) {
    const auto* township = std::get_if<TownshipFacts>(&change.after);
    const auto* village = std::get_if<VillageFacts>(&change.after);
    const auto* old_village = std::get_if<VillageFacts>(&change.before);
    if (township == nullptr && village == nullptr && old_village == nullptr) return;
    if (places_ == nullptr) places_ = std::make_shared<Places>(state_.places());
    if (township != nullptr) places_->township = *township;
    if (old_village != nullptr) places_->villages.erase(old_village->village);
    if (village != nullptr) places_->villages.insert_or_assign(village->village, *village);
  }

  const Vocabulary& vocabulary_;
  const TownState& state_;
  std::vector<CellDelta> deltas_;
  absl::flat_hash_map<int32_t, int64_t> confirmed_;
  std::shared_ptr<Places> places_;
};

// The deltas of one table with repeats added up and zeros left out; these are the cells that change.
void CollectTable(const std::vector<CellDelta>& deltas, size_t& i, std::vector<SumTable::Delta>& table) {
  table.clear();
  const uint32_t id = deltas[i].table;
  while (i < deltas.size() && deltas[i].table == id) {
    const SumTable::Key key = deltas[i].key;
    uint64_t sum = 0;
    for (; i < deltas.size() && deltas[i].table == id && deltas[i].key == key; ++i) {
      sum += static_cast<uint64_t>(deltas[i].amount);
    }
    if (sum != 0) table.push_back({key, static_cast<int64_t>(sum)});
  }
}

// The changes that `applied` does not include yet.
absl::StatusOr<std::span<const Change>> NewOnes(Feed feed, int64_t applied, std::span<const Change> changes) {
  while (!changes.empty() && changes.front().revision <= applied) changes = changes.subspan(1);
  int64_t expected = applied;
  for (const Change& change : changes) {
    if (change.revision != ++expected) {
      return Error(
          absl::StatusCode::kFailedPrecondition, "FEED_GAP",
          absl::StrCat("the ", feed == Feed::kActivities ? "activities" : "townships", " feed gave revision ",
                       change.revision, " where ", expected, " comes next; read it again from ", applied));
    }
  }
  return changes;
}

}  // namespace

absl::StatusOr<TownStatePtr> Fold::Apply(const TownStatePtr& state, Feed feed,
                                         std::span<const Change> changes, Dirty& dirty) const {
  ASSIGN_OR_RETURN(const auto fresh, NewOnes(feed, state->applied()[feed], changes));
  if (fresh.empty()) return state;
  Batch batch(vocabulary_, *state);
  for (const Change& change : fresh) batch.Add(change);

  auto next = std::make_shared<TownState>(*state);
  next->applied_[feed] = fresh.back().revision;
  const std::vector<CellDelta>& deltas = batch.SortedDeltas();
  std::vector<SumTable::Delta> table;
  for (size_t i = 0; i < deltas.size();) {
    const Grain grain = static_cast<Grain>(deltas[i].table % kTables);
    const SeriesId series = deltas[i].table / kTables;
    CollectTable(deltas, i, table);
    if (table.empty()) continue;
    auto& tables = next->grains_[static_cast<size_t>(grain) - 1];
    if (series >= tables.size()) tables.resize(series + 1);
    SumTable sum = state->Cells(grain, series).Plus(table);
    tables[series] = sum.empty() ? nullptr : std::make_shared<const SumTable>(std::move(sum));
    for (const auto& [key, amount] : table) {
      dirty.cells.insert(CellKey{grain, series, SumTable::MemberOf(key), SumTable::DayOf(key)});
    }
  }
  if (auto places = batch.places()) {
    next->places_ = std::move(places);
    dirty.places = true;
  }
  return next;
}

}  // namespace zhenhui::reporting

#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "services/reporting/domain/contribution.h"
#include "services/reporting/domain/series.h"
#include "services/reporting/domain/sum_table.h"

namespace zhenhui::reporting {

// The last revision of each feed that is included; 0 is before the first.
struct Applied {
  std::array<int64_t, 2> revisions{};

  int64_t& operator[](Feed feed) { return revisions[static_cast<size_t>(feed)]; }
  int64_t operator[](Feed feed) const { return revisions[static_cast<size_t>(feed)]; }
  friend bool operator==(const Applied&, const Applied&) = default;
};

// What the register says of a town; stored beside the cells, because names are no sums.
struct Places {
  std::optional<TownshipFacts> township;  // nothing until the register told of it
  std::map<MemberId, VillageFacts> villages;
  friend bool operator==(const Places&, const Places&) = default;
};

// A cell with its names, as it is stored and compared. Views: copy what is to be kept. Of one process's
// states the texts live as long as its vocabulary, except `series`, which lives as long as the call that
// hands the row out.
struct CellRow {
  Grain grain = Grain::kTown;
  std::string_view series;
  std::string_view member;
  Date bucket;
  int64_t value = 0;
};

// All figures of one town: state = f(revisions <= applied). Immutable once published, so it is thread-safe
// and a reader keeps his copy as long as he likes; a change makes a new state that shares every series that
// it does not touch.
class TownState {
 public:
  using TablePtr = std::shared_ptr<const SumTable>;

  const Applied& applied() const { return applied_; }
  const Places& places() const { return *places_; }
  // False if the register says that the town did not exist on any day of the period.
  bool ExistsIn(const Period& period) const {
    return !places_->township || places_->township->valid.Overlaps(period);
  }

  // The cells of a series; an empty table if there are none.
  const SumTable& Cells(Grain grain, SeriesId series) const {
    const auto& tables = grains_[static_cast<size_t>(grain) - 1];
    return series < tables.size() && tables[series] != nullptr ? *tables[series] : kEmpty;
  }
  int64_t Value(const CellKey& key) const { return Cells(key.grain, key.series).At(key.member, key.bucket); }
  // One past the highest series that has cells.
  SeriesId series_end() const;

  // Every cell that is not 0, by grain, series, member and bucket in the order of their numbers.
  template <typename Visit>  // visit(const CellKey&, int64_t value)
  void ForEachCell(Visit&& visit) const {
    for (const Grain grain : kGrains) {
      for (SeriesId series = 0; series < series_end(); ++series) {
        const SumTable& table = Cells(grain, series);
        for (size_t i = 0; i < table.size(); ++i) {
          visit(CellKey{grain, series, SumTable::MemberOf(table.key(i)), SumTable::DayOf(table.key(i))},
                table.value(i));
        }
      }
    }
  }
  size_t CellCount() const;

 private:
  friend class Fold;
  friend class TownBuilder;
  static const SumTable kEmpty;
  static const std::shared_ptr<const Places> kNoPlaces;

  Applied applied_;
  std::array<std::vector<TablePtr>, kGrainCount>
      grains_;  // [grain - 1][series]; null where there are no cells
  std::shared_ptr<const Places> places_ = kNoPlaces;
};
using TownStatePtr = std::shared_ptr<const TownState>;

// Hands out every cell with its names: visit(const CellRow&). The one form for flush, load and comparison.
template <typename Visit>
void ExportCells(const Vocabulary& vocabulary, const TownState& state, Visit&& visit) {
  SeriesId named = 0;
  std::string name = vocabulary.SeriesName(0);
  state.ForEachCell([&](const CellKey& key, int64_t value) {
    if (key.series != named) name = vocabulary.SeriesName(named = key.series);
    visit(CellRow{key.grain, name, vocabulary.MemberCode(key.member), FromEpochDays(key.bucket), value});
  });
}

// Makes a state from scratch: from current records (a rebuild), or from stored cells (a start). Not
// thread-safe.
class TownBuilder {
 public:
  explicit TownBuilder(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // One current record.
  void Add(const Facts& facts);
  // One stored cell; cells of the same key add up.
  void AddCell(const CellRow& row);
  // One stored place.
  void SetTownship(TownshipFacts facts) { places_.township = std::move(facts); }
  void AddVillage(VillageFacts facts);
  // The revision at which the records or cells of a feed were read; 0 where it is not said.
  void SetApplied(Feed feed, int64_t revision) { applied_[feed] = revision; }
  // The state; the builder is empty afterwards.
  TownStatePtr Build();

  // A state with the cells and the revision of the activities feed from one state; and those of the townships
  // feed, and the places, from another.
  static TownStatePtr Combine(const Vocabulary& vocabulary, const TownState& activities,
                              const TownState& townships);

 private:
  using Sums = absl::flat_hash_map<SumTable::Key, int64_t>;
  void AddTo(const CellKey& key, int64_t amount);

  Vocabulary& vocabulary_;
  Applied applied_;
  Places places_;
  std::array<std::vector<Sums>, kGrainCount> sums_;  // [grain - 1][series]
};

// What changed since the last flush.
struct Dirty {
  absl::flat_hash_set<CellKey> cells;
  bool places = false;
  bool all = false;  // everything, that is, what is stored of the town is to be thrown away first

  bool empty() const { return cells.empty() && !places && !all; }
  void Merge(const Dirty& other);
};

// Applies changes to states. Thread-safe (it holds nothing but the vocabulary).
class Fold {
 public:
  explicit Fold(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  // The state after `changes`, which are in ascending order of their revisions; touched cells are added to
  // `dirty`. Revisions that `state` already includes are ignored; if all are, `state` itself is returned.
  // FAILED_PRECONDITION, FEED_GAP: a revision is missing; nothing of the batch is applied.
  absl::StatusOr<TownStatePtr> Apply(const TownStatePtr& state, Feed feed, std::span<const Change> changes,
                                     Dirty& dirty) const;

 private:
  const Vocabulary& vocabulary_;
};

}  // namespace zhenhui::reporting

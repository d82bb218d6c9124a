#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/freshness.h"
#include "services/reporting/domain/town_state.h"

namespace zhenhui::reporting {

// A town's state as a query reads it.
struct TownView {
  std::string code;
  TownStatePtr state;  // never null
};

// What is to be written of one town in one transaction: `applied` moves from `from` to `to`, only if it is
// `from`; `cells` hold absolute values as of `to` (0: delete the row).
struct FlushBatch {
  std::string township;
  Applied from;
  Applied to;
  Dirty dirty;
  TownStatePtr state;  // as of `to`; the places to be stored are its places()

  // visit(const CellRow&) for each cell to write. With dirty.all: for each cell of the state, after deleting
  // all.
  template <typename Visit>
  void ForEachRow(const Vocabulary& vocabulary, Visit&& visit) const;
};

// How far a town's figures are.
struct TownFreshness {
  Applied applied;
  Applied head;     // the newest that the feeds have told of, never below `applied`
  Applied flushed;  // stored; a restart replays from here
  std::array<std::optional<absl::Time>, 2> applied_time;  // by feed: of the last change since the start
  std::optional<absl::Time> verified_equal_time;
};

// The towns of one process, in memory. Thread-safe; readers never wait for a fold. Towns do not wait for each
// other, and the changes of one town are applied one batch at a time, whoever brings them.
class Cube {
 public:
  explicit Cube(Vocabulary& vocabulary);  // must outlive the cube
  ~Cube();

  // --- Writers ---
  // Puts a town in place from stored cells: everything in `state` counts as flushed. Replaces what is there.
  void Load(std::string_view township, TownStatePtr state);
  // Says that the town exists and its cells are being rebuilt for the first time: until Load or ReplaceFeed,
  // changes and queries get REBUILDING. Does nothing if it has a state.
  void AnnounceRebuild(std::string_view township);
  // Puts the rebuilt cells of one feed in place; those of the other feed stay as they are now, or come from
  // `rebuilt` too if the town has no state yet: so a first rebuild holds both feeds. All is flushed anew.
  void ReplaceFeed(std::string_view township, Feed feed, const TownState& rebuilt, absl::Time now);
  // Folds changes in; a town that is not known begins empty, at revision 0. Errors of Fold::Apply, and
  // UNAVAILABLE (REBUILDING) while only announced. On success waiters and listeners have been called when it
  // returns.
  absl::Status Apply(std::string_view township, Feed feed, std::span<const Change> changes, absl::Time now);
  // The feed told of its newest revision.
  void SetHead(std::string_view township, Feed feed, int64_t revision);
  void SetVerifiedEqual(std::string_view township, absl::Time when);

  // --- Flush: one flusher for each town at a time ---
  // What changed since the last flush; nothing if nothing did. The changes are then out: report back with one
  // of:
  std::optional<FlushBatch> TakeDirty(std::string_view township);
  void Flushed(const FlushBatch& batch);
  void FlushFailed(const FlushBatch& batch);  // they will be in the next batch
  // What the store says is stored, read by a process that takes the flushing over; what it does not yet
  // include is flushed from there. Nothing is flushed while the town's state is behind the store.
  void SetFlushed(std::string_view township, const Applied& stored);
  // The towns that have something to flush, by code.
  std::vector<std::string> DirtyTowns() const;

  // --- Readers ---
  // NOT_FOUND, TOWNSHIP_NOT_FOUND: no feed told of it. UNAVAILABLE, REBUILDING: told of, but without figures
  // yet.
  absl::StatusOr<TownStatePtr> Snapshot(std::string_view township) const;
  // In the order given. The first error of Snapshot.
  absl::StatusOr<std::vector<TownView>> Snapshots(std::span<const std::string> townships) const;
  // Every town whose code begins with `prefix` and that exists in the period, by code; "" is every town.
  // UNAVAILABLE, REBUILDING if one of them has no state yet.
  absl::StatusOr<std::vector<TownView>> SnapshotsUnder(std::string_view prefix, const Period& period) const;
  // Codes of all known towns under the prefix, by code.
  std::vector<std::string> TownshipsUnder(std::string_view prefix) const;
  absl::StatusOr<TownFreshness> Freshness(std::string_view township) const;

  // --- Waiting and watching ---
  // Calls `done` once all positions are included: at once on this thread, or later on the thread that applied
  // the last missing change; so `done` must be short and hand heavy work on. A position of an unknown town
  // waits too.
  WaitId WhenAtLeast(std::vector<Position> positions, std::function<void()> done);
  // True: `done` was not called and never will be. False: it was, or is being called just now.
  bool CancelWait(WaitId id) { return waiters_.Cancel(id); }

  // Calls `listener(township)` after each change of a town's state, on the applying thread; it must be short.
  // A call may still be under way when Unlisten returns.
  ListenerId Listen(std::function<void(const std::string&)> listener) {
    return listeners_.Add(std::move(listener));
  }
  void Unlisten(ListenerId id) { listeners_.Remove(id); }

  Vocabulary& vocabulary() const { return vocabulary_; }

 private:
  struct Slot;
  Slot& SlotFor(std::string_view township);
  Slot* FindSlot(std::string_view township) const;
  bool Includes(const Position& position) const;
  static void Publish(Slot& slot, TownStatePtr state);
  void Announce(const Slot& slot);

  Vocabulary& vocabulary_;
  Fold fold_;
  mutable std::shared_mutex mutex_;  // of the map; slots are never removed
  std::map<std::string, std::unique_ptr<Slot>, std::less<>> slots_;
  FreshnessWaiters waiters_;
  ChangeListeners listeners_;
};

template <typename Visit>
void FlushBatch::ForEachRow(const Vocabulary& vocabulary, Visit&& visit) const {
  if (dirty.all) return ExportCells(vocabulary, *state, visit);
  for (const CellKey& key : dirty.cells) {
    const std::string series = vocabulary.SeriesName(key.series);
    visit(CellRow{key.grain, series, vocabulary.MemberCode(key.member), FromEpochDays(key.bucket),
                  state->Value(key)});
  }
}

}  // namespace zhenhui::reporting

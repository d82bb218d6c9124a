#include "services/reporting/domain/cube.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {

// Locks are taken in the order Cube::mutex_, Slot::write_mutex, Slot::state_mutex; no callback runs under any
// of them.
struct Cube::Slot {
  explicit Slot(std::string_view township) : code(township) {}

  TownStatePtr State() const {
    std::shared_lock lock(state_mutex);
    return state;
  }

  const std::string code;
  // Held for the copy of a pointer only. Shared, because every query goes through many slots in the same
  // order: with a plain mutex two of them would block each other at slot after slot.
  mutable std::shared_mutex state_mutex;
  TownStatePtr state;  // null before the first change, load or rebuild

  mutable std::mutex write_mutex;  // held while a batch is folded
  bool rebuilding = false;         // for the first time: changes have to wait
  Dirty dirty;
  Applied head;
  Applied flushed;
  std::array<std::optional<absl::Time>, 2> applied_time;
  std::optional<absl::Time> verified_equal_time;
};

namespace {

absl::Status NotFound(std::string_view township) {
  return WithMetadata(
      Error(absl::StatusCode::kNotFound, "TOWNSHIP_NOT_FOUND",
            absl::StrCat("no township ", std::string(township), "; check its code, or import it first")),
      "township", township);
}

absl::Status Rebuilding(std::string_view township) {
  return WithRetryDelay(WithMetadata(Error(absl::StatusCode::kUnavailable, "REBUILDING",
                                           absl::StrCat("the figures of ", std::string(township),
                                                        " are being computed; ask again shortly")),
                                     "township", township),
                        absl::Seconds(1));
}

bool Reaches(const Applied& applied, const Applied& wanted) {
  return std::all_of(std::begin(kFeeds), std::end(kFeeds),
                     [&](Feed feed) { return applied[feed] >= wanted[feed]; });
}

}  // namespace

Cube::Cube(Vocabulary& vocabulary) : vocabulary_(vocabulary), fold_(vocabulary) {}
Cube::~Cube() = default;

Cube::Slot& Cube::SlotFor(std::string_view township) {
  std::lock_guard lock(mutex_);
  auto found = slots_.find(township);
  if (found == slots_.end()) {
    found = slots_.emplace(std::string(township), std::make_unique<Slot>(township)).first;
  }
  return *found->second;
}

Cube::Slot* Cube::FindSlot(std::string_view township) const {
  std::shared_lock lock(mutex_);
  const auto found = slots_.find(township);
  return found == slots_.end() ? nullptr : found->second.get();
}

bool Cube::Includes(const Position& position) const {
  const Slot* slot = FindSlot(position.township);
  const TownStatePtr state = slot == nullptr ? nullptr : slot->State();
  return state != nullptr && state->applied()[position.feed] >= position.revision;
}

void Cube::Publish(Slot& slot, TownStatePtr state) {
  std::lock_guard lock(slot.state_mutex);
  slot.state.swap(state);  // the old state, if nobody reads it any more, is destroyed by the caller's copy
}

void Cube::Announce(const Slot& slot) {
  waiters_.Wake(slot.code, [this](const Position& position) { return Includes(position); });
  listeners_.Call(slot.code);
}

void Cube::Load(std::string_view township, TownStatePtr state) {
  Slot& slot = SlotFor(township);
  {
    std::lock_guard lock(slot.write_mutex);
    slot.flushed = state->applied();
    slot.dirty = {};
    slot.rebuilding = false;
    Publish(slot, std::move(state));
  }
  Announce(slot);
}

void Cube::AnnounceRebuild(std::string_view township) {
  Slot& slot = SlotFor(township);
  std::lock_guard lock(slot.write_mutex);
  slot.rebuilding = slot.State() == nullptr;
}

void Cube::ReplaceFeed(std::string_view township, Feed feed, const TownState& rebuilt, absl::Time now) {
  Slot& slot = SlotFor(township);
  {
    std::lock_guard lock(slot.write_mutex);
    const TownStatePtr held = slot.State();
    const TownState& other = held == nullptr ? rebuilt : *held;
    Publish(slot, feed == Feed::kActivities ? TownBuilder::Combine(vocabulary_, rebuilt, other)
                                            : TownBuilder::Combine(vocabulary_, other, rebuilt));
    slot.rebuilding = false;
    slot.dirty = {};
    slot.dirty.all = true;
    slot.applied_time[static_cast<size_t>(feed)] = now;
  }
  Announce(slot);
}

absl::Status Cube::Apply(std::string_view township, Feed feed, std::span<const Change> changes,
                         absl::Time now) {
  Slot& slot = SlotFor(township);
  {
    std::lock_guard lock(slot.write_mutex);
    if (slot.rebuilding) return Rebuilding(township);
    const TownStatePtr held = slot.State();
    ASSIGN_OR_RETURN(
        TownStatePtr next,
        fold_.Apply(held == nullptr ? std::make_shared<const TownState>() : held, feed, changes, slot.dirty));
    if (next == held) return absl::OkStatus();
    slot.applied_time[static_cast<size_t>(feed)] = now;
    Publish(slot, std::move(next));
  }
  Announce(slot);
  return absl::OkStatus();
}

void Cube::SetHead(std::string_view township, Feed feed, int64_t revision) {
  Slot& slot = SlotFor(township);
  std::lock_guard lock(slot.write_mutex);
  slot.head[feed] = std::max(slot.head[feed], revision);
}

void Cube::SetVerifiedEqual(std::string_view township, absl::Time when) {
  Slot& slot = SlotFor(township);
  std::lock_guard lock(slot.write_mutex);
  slot.verified_equal_time = when;
}

std::optional<FlushBatch> Cube::TakeDirty(std::string_view township) {
  Slot* slot = FindSlot(township);
  if (slot == nullptr) return std::nullopt;
  std::lock_guard lock(slot->write_mutex);
  const TownStatePtr state = slot->State();
  if (state == nullptr || !Reaches(state->applied(), slot->flushed)) return std::nullopt;
  if (slot->dirty.empty() && state->applied() == slot->flushed) return std::nullopt;
  return FlushBatch{slot->code, slot->flushed, state->applied(), std::exchange(slot->dirty, {}), state};
}

void Cube::Flushed(const FlushBatch& batch) { SetFlushed(batch.township, batch.to); }

void Cube::FlushFailed(const FlushBatch& batch) {
  Slot& slot = SlotFor(batch.township);
  std::lock_guard lock(slot.write_mutex);
  slot.dirty.Merge(batch.dirty);
}

void Cube::SetFlushed(std::string_view township, const Applied& stored) {
  Slot& slot = SlotFor(township);
  std::lock_guard lock(slot.write_mutex);
  slot.flushed = stored;
}

std::vector<std::string> Cube::DirtyTowns() const {
  std::vector<Slot*> slots;
  {
    std::shared_lock lock(mutex_);
    for (const auto& [code, slot] : slots_) slots.push_back(slot.get());
  }
  std::vector<std::string> codes;
  for (const Slot* slot : slots) {
    std::lock_guard lock(slot->write_mutex);
    const TownStatePtr state = slot->State();
    if (state == nullptr || !Reaches(state->applied(), slot->flushed)) continue;
    if (!slot->dirty.empty() || !(state->applied() == slot->flushed)) codes.push_back(slot->code);
  }
  return codes;
}

absl::StatusOr<TownStatePtr> Cube::Snapshot(std::string_view township) const {
  const Slot* slot = FindSlot(township);
  if (slot == nullptr) return NotFound(township);
  TownStatePtr state = slot->State();
  if (state == nullptr) return Rebuilding(township);
  return state;
}

absl::StatusOr<std::vector<TownView>> Cube::Snapshots(std::span<const std::string> townships) const {
  std::vector<TownView> views;
  views.reserve(townships.size());
  std::shared_lock lock(mutex_);
  for (const std::string& township : townships) {
    const auto found = slots_.find(township);
    if (found == slots_.end()) return NotFound(township);
    views.push_back({township, found->second->State()});
    if (views.back().state == nullptr) return Rebuilding(township);
  }
  return views;
}

absl::StatusOr<std::vector<TownView>> Cube::SnapshotsUnder(std::string_view prefix,
                                                           const Period& period) const {
  std::vector<TownView> views;
  views.reserve(32);  // a district, mostly
  std::shared_lock lock(mutex_);
  for (auto it = slots_.lower_bound(prefix); it != slots_.end() && it->first.starts_with(prefix); ++it) {
    TownStatePtr state = it->second->State();
    if (state == nullptr) return Rebuilding(it->first);
    if (state->ExistsIn(period)) views.push_back({it->first, std::move(state)});
  }
  return views;
}

std::vector<std::string> Cube::TownshipsUnder(std::string_view prefix) const {
  std::vector<std::string> codes;
  std::shared_lock lock(mutex_);
  for (auto it = slots_.lower_bound(prefix); it != slots_.end() && it->first.starts_with(prefix); ++it) {
    codes.push_back(it->first);
  }
  return codes;
}

absl::StatusOr<TownFreshness> Cube::Freshness(std::string_view township) const {
  const Slot* slot = FindSlot(township);
  if (slot == nullptr) return NotFound(township);
  std::lock_guard lock(slot->write_mutex);
  const TownStatePtr state = slot->State();
  TownFreshness freshness;
  if (state != nullptr) freshness.applied = state->applied();
  for (const Feed feed : kFeeds) freshness.head[feed] = std::max(slot->head[feed], freshness.applied[feed]);
  freshness.flushed = slot->flushed;
  freshness.applied_time = slot->applied_time;
  freshness.verified_equal_time = slot->verified_equal_time;
  return freshness;
}

WaitId Cube::WhenAtLeast(std::vector<Position> positions, std::function<void()> done) {
  return waiters_.Add(std::move(positions), std::move(done),
                      [this](const Position& position) { return Includes(position); });
}

}  // namespace zhenhui::reporting

#include "tests/testing/reporting/fake_cell_store.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/reason.h"

namespace zhenhui::testing {

using reporting::Applied;
using reporting::CellRow;
using reporting::Feed;
using reporting::FlushBatch;
using reporting::RebuildRequest;
using reporting::TownBuilder;
using reporting::TownView;
using reporting::Vocabulary;

FakeCellStore::~FakeCellStore() {
  std::lock_guard lock(shared_->mutex);
  if (shared_->leader == this) shared_->leader = nullptr;
}

absl::StatusOr<std::vector<TownView>> FakeCellStore::Load(Vocabulary& vocabulary, absl::Time) {
  std::lock_guard lock(shared_->mutex);
  std::vector<TownView> towns;
  for (const auto& [code, town] : shared_->towns) {
    TownBuilder builder(vocabulary);
    for (const auto& [key, value] : town.cells) {
      const std::vector<std::string> parts = absl::StrSplit(key, '|');
      int grain = 0;
      int day = 0;
      if (!absl::SimpleAtoi(parts[0], &grain) || !absl::SimpleAtoi(parts[3], &day))
        return absl::InternalError(key);
      builder.AddCell({static_cast<reporting::Grain>(grain), parts[1], parts[2], FromEpochDays(day), value});
    }
    if (town.places.township) builder.SetTownship(*town.places.township);
    for (const auto& [member, village] : town.places.villages) builder.AddVillage(village);
    for (const Feed feed : reporting::kFeeds) builder.SetApplied(feed, town.applied[feed]);
    towns.push_back({code, builder.Build()});
  }
  return towns;
}

absl::StatusOr<bool> FakeCellStore::TryLead(absl::Time) {
  std::lock_guard lock(shared_->mutex);
  if (shared_->leader == nullptr) shared_->leader = this;
  return shared_->leader == this;
}

absl::StatusOr<std::map<std::string, Applied>> FakeCellStore::ReadApplied(absl::Time) {
  std::lock_guard lock(shared_->mutex);
  std::map<std::string, Applied> applied;
  for (const auto& [code, town] : shared_->towns) applied[code] = town.applied;
  return applied;
}

absl::Status FakeCellStore::Flush(Vocabulary& vocabulary, const FlushBatch& batch, absl::Time) {
  std::lock_guard lock(shared_->mutex);
  if (shared_->leader != this)
    return Error(absl::StatusCode::kFailedPrecondition, "NOT_LEADING", "not the leader");
  const auto held = shared_->towns.find(batch.township);
  Shared::Town town = held == shared_->towns.end() ? Shared::Town() : held->second;
  for (const Feed feed : reporting::kFeeds) {
    if (!batch.dirty.all && batch.from[feed] != batch.to[feed] && town.applied[feed] != batch.from[feed]) {
      return Error(absl::StatusCode::kFailedPrecondition, "FLUSH_CONFLICT", "stored at another revision");
    }
    if (batch.dirty.all || batch.from[feed] != batch.to[feed]) town.applied[feed] = batch.to[feed];
  }
  if (batch.dirty.all) town.cells.clear();
  batch.ForEachRow(vocabulary, [&](const CellRow& row) {
    const std::string key = absl::StrCat(static_cast<int>(row.grain), "|", std::string(row.series), "|",
                                         std::string(row.member), "|", ToEpochDays(row.bucket));
    if (row.value == 0) {
      town.cells.erase(key);
    } else {
      town.cells[key] = row.value;
    }
  });
  if (batch.dirty.all || batch.dirty.places) town.places = batch.state->places();
  shared_->towns[batch.township] = std::move(town);
  return absl::OkStatus();
}

absl::StatusOr<std::map<std::string, RebuildRequest>> FakeCellStore::ReadRebuildRequests(absl::Time) {
  std::lock_guard lock(shared_->mutex);
  return shared_->rebuilds;
}

absl::Status FakeCellStore::RebuildsDone(const std::map<std::string, int64_t>& done, absl::Time) {
  std::lock_guard lock(shared_->mutex);
  for (const auto& [town, request] : done) {
    RebuildRequest& held = shared_->rebuilds[town];
    held.done = std::max(held.done, request);
  }
  return absl::OkStatus();
}

absl::StatusOr<int64_t> FakeCellStore::RequestRebuilds(const std::string& prefix, absl::Time) {
  std::lock_guard lock(shared_->mutex);
  int64_t count = 0;
  for (const auto& [code, town] : shared_->towns) {
    if (!absl::StartsWith(code, prefix)) continue;
    ++shared_->rebuilds[code].requested;
    ++count;
  }
  return count;
}

}  // namespace zhenhui::testing

#include "tests/testing/townships/fake_repository.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/status/status_macros.h"

namespace zhenhui::townships::testing {
namespace {

bool Matches(const ListQuery& query, const Record& record) {
  if (!absl::StartsWith(TownshipOf(record), query.township) || IdOf(record) <= query.after) return false;
  const auto valid = [&](const Validity& validity) {
    return !query.as_of || validity.Contains(*query.as_of);
  };
  if (const auto* township = std::get_if<Township>(&record)) return valid(township->validity);
  if (const auto* village = std::get_if<Village>(&record)) return valid(village->validity);
  if (const auto* entry = std::get_if<RosterEntry>(&record)) {
    return valid(entry->validity) && (query.role == RosterRole::kUnspecified || entry->role == query.role) &&
           (query.village.empty() ||
            std::count(entry->villages.begin(), entry->villages.end(), query.village) > 0);
  }
  return true;
}

}  // namespace

absl::StatusOr<StoredDistrict> FakeRepository::GetDistrict(const std::string& code, absl::Time) {
  std::lock_guard lock(mu_);
  const auto found = districts_.find(code);
  if (found == districts_.end()) return DistrictNotFound(code);
  return found->second;
}

absl::StatusOr<std::vector<StoredDistrict>> FakeRepository::ListDistricts(const std::string& prefix,
                                                                          const std::string& after,
                                                                          size_t limit, absl::Time) {
  std::lock_guard lock(mu_);
  std::vector<StoredDistrict> out;
  for (auto at = districts_.upper_bound(after); at != districts_.end() && out.size() < limit; ++at) {
    if (absl::StartsWith(at->first, prefix) || absl::StartsWith(prefix, at->first)) out.push_back(at->second);
  }
  return out;
}

absl::StatusOr<StoredDistrict> FakeRepository::WriteDistrict(const std::string& code, DecideDistrict decide,
                                                             absl::Time) {
  std::lock_guard lock(mu_);
  std::optional<StoredDistrict> existing;
  if (const auto found = districts_.find(code); found != districts_.end()) existing = found->second;
  ASSIGN_OR_RETURN(District next, decide(existing));
  if (existing && existing->district == next) return *existing;
  return districts_[code] = {std::move(next), existing ? existing->version + 1 : 1};
}

absl::StatusOr<Stored> FakeRepository::Get(const std::string& township, RecordType type,
                                           const std::string& id, absl::Time) {
  std::lock_guard lock(mu_);
  const auto found = history_.find({township, type, id});
  if (found == history_.end()) return RecordNotFound(type, id);
  return found->second.back();
}

absl::StatusOr<std::vector<Stored>> FakeRepository::List(const ListQuery& query, absl::Time) {
  std::lock_guard lock(mu_);
  std::vector<Stored> out;
  for (const auto& [key, revisions] : history_) {
    if (std::get<RecordType>(key) != query.type) continue;
    const Stored* as_of = nullptr;
    for (const Stored& stored : revisions) {
      if (query.read_revision == 0 || stored.revision <= query.read_revision) as_of = &stored;
    }
    if (as_of != nullptr && Matches(query, as_of->record)) out.push_back(*as_of);
  }
  std::sort(out.begin(), out.end(),
            [](const Stored& a, const Stored& b) { return IdOf(a.record) < IdOf(b.record); });
  if (out.size() > query.limit) out.erase(out.begin() + static_cast<ptrdiff_t>(query.limit), out.end());
  return out;
}

absl::StatusOr<Repository::Outcome> FakeRepository::WriteRecords(const std::string& township, RecordType type,
                                                                 const std::vector<std::string>& ids,
                                                                 Decide decide, const std::string& by,
                                                                 absl::Time) {
  std::lock_guard lock(mu_);
  Existing existing;
  for (const std::string& id : ids) {
    if (const auto found = history_.find({township, type, id}); found != history_.end()) {
      existing.emplace(id, found->second.back());
    }
  }
  ASSIGN_OR_RETURN(std::vector<Write> writes, decide(existing));
  Outcome outcome;
  for (Write& write : writes) {
    Stored stored{std::move(write.record), ++heads_[township], std::move(write.reason), by,
                  absl::UnixEpoch()};
    history_[{township, type, IdOf(stored.record)}].push_back(stored);
    outcome.written.push_back(std::move(stored));
  }
  outcome.last_revision = heads_[township];
  return outcome;
}

absl::StatusOr<int64_t> FakeRepository::RevisionAt(const std::string& township, absl::Time time, absl::Time) {
  std::lock_guard lock(mu_);
  int64_t newest = 0;
  for (const auto& [key, revisions] : history_) {
    if (std::get<0>(key) != township) continue;
    for (const Stored& stored : revisions) {
      if (stored.at <= time) newest = std::max(newest, stored.revision);
    }
  }
  return newest;
}

}  // namespace zhenhui::townships::testing

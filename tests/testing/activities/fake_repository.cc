#include "tests/testing/activities/fake_repository.h"

#include <algorithm>

#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::activities::testing {

std::vector<std::optional<StoredActivity>> FakeRepository::LookUp(const Town& town,
                                                                  std::span<const std::string> ids) const {
  std::vector<std::optional<StoredActivity>> found;
  for (const std::string& id : ids) {
    const auto it = town.histories.find(id);
    found.push_back(it == town.histories.end() ? std::nullopt : std::optional(it->second.back()));
  }
  return found;
}

absl::StatusOr<int64_t> FakeRepository::Write(std::string_view township, std::span<const std::string> ids,
                                              Decide decide, const WriteStamp& stamp, absl::Time) {
  std::lock_guard lock(mu_);
  Town& town = towns_[std::string(township)];
  const std::set<absl::CivilMonth> confirmed = town.Confirmed();
  const auto found = LookUp(town, ids);
  // Twice, as a transaction that runs again would: a decision with a memory of its own is found out.
  RETURN_IF_ERROR(decide({found, confirmed}, town.head + 7).status());
  ASSIGN_OR_RETURN(const std::vector<PlannedWrite> plan, decide({found, confirmed}, town.head));
  for (const PlannedWrite& write : plan) {
    std::vector<StoredActivity>& history = town.histories[ids[write.index]];
    const bool keep = !history.empty() || write.keep_reason;
    history.push_back({*write.content, ++town.head, stamp.at, stamp.by, keep ? stamp.reason : ""});
  }
  return town.head;
}

absl::StatusOr<int64_t> FakeRepository::Inspect(std::string_view township, std::span<const std::string> ids,
                                                Decide decide, absl::Time) {
  std::lock_guard lock(mu_);
  Town& town = towns_[std::string(township)];
  const std::set<absl::CivilMonth> confirmed = town.Confirmed();
  const auto found = LookUp(town, ids);
  RETURN_IF_ERROR(decide({found, confirmed}, town.head).status());
  return town.head;
}

absl::StatusOr<StoredActivity> FakeRepository::Get(std::string_view township, const std::string& id,
                                                   absl::Time) {
  std::lock_guard lock(mu_);
  std::optional<StoredActivity> found = LookUp(towns_[std::string(township)], {&id, 1})[0];
  if (!found) return ActivityNotFound(id);
  return *found;
}

absl::StatusOr<ListPage> FakeRepository::List(std::string_view township, const ActivityQuery& query,
                                              const std::optional<ListPosition>& after, size_t limit,
                                              absl::Time) {
  std::lock_guard lock(mu_);
  const Town& town = towns_[std::string(township)];
  if (query.read_revision > town.head) return Error(absl::StatusCode::kOutOfRange, "CURSOR_AHEAD", "ahead");
  ListPage page;
  page.read_revision = query.read_revision == 0 ? town.head : query.read_revision;
  for (const auto& [id, history] : town.histories) {
    const auto seen = std::find_if(history.rbegin(), history.rend(), [&](const StoredActivity& stored) {
      return stored.revision <= page.read_revision;
    });
    if (seen == history.rend() || !Matches(query, seen->content)) continue;
    if (!after || Precedes(query, *after, PositionOf(seen->content))) page.activities.push_back(*seen);
  }
  std::sort(page.activities.begin(), page.activities.end(),
            [&](const StoredActivity& a, const StoredActivity& b) {
              return Precedes(query, PositionOf(a.content), PositionOf(b.content));
            });
  if (page.activities.size() > limit) {
    page.activities.resize(limit);
    page.next = PositionOf(page.activities.back().content);
  }
  return page;
}

absl::StatusOr<std::vector<StoredActivity>> FakeRepository::History(std::string_view township,
                                                                    const std::string& id, int64_t before,
                                                                    size_t limit, absl::Time) {
  std::lock_guard lock(mu_);
  const Town& town = towns_[std::string(township)];
  const auto found = town.histories.find(id);
  if (found == town.histories.end()) return ActivityNotFound(id);
  std::vector<StoredActivity> history;
  for (auto it = found->second.rbegin(); it != found->second.rend() && history.size() < limit; ++it) {
    if (before == 0 || it->revision < before) history.push_back(*it);
  }
  return history;
}

absl::StatusOr<ConfirmedMonth> FakeRepository::Confirm(std::string_view township,
                                                       const MonthConfirmation& confirmation,
                                                       const WriteStamp& stamp, absl::Time) {
  std::lock_guard lock(mu_);
  Town& town = towns_[std::string(township)];
  if (!town.months.contains(confirmation.month)) {
    MonthConfirmation& stored = town.months[confirmation.month] = confirmation;
    stored.revision = ++town.head;
    stored.confirm_time = stamp.at;
    stored.confirmed_by = stamp.by;
  }
  return ConfirmedMonth{town.months[confirmation.month], town.head};
}

absl::StatusOr<std::vector<MonthConfirmation>> FakeRepository::ListMonths(std::string_view township, int year,
                                                                          absl::Time) {
  std::lock_guard lock(mu_);
  std::vector<MonthConfirmation> months;
  for (const auto& [month, confirmation] : towns_[std::string(township)].months) {
    if (year == 0 || month.year() == year) months.push_back(confirmation);
  }
  return months;
}

std::set<absl::CivilMonth> FakeRepository::Town::Confirmed() const {
  std::set<absl::CivilMonth> confirmed;
  for (const auto& [month, confirmation] : months) confirmed.insert(month);
  return confirmed;
}

absl::StatusOr<std::vector<MonthSummary>> FakeRepository::SummariseMonths(std::string_view prefix, int year,
                                                                          absl::Time) {
  std::lock_guard lock(mu_);
  std::vector<MonthSummary> summaries;
  for (const auto& [code, town] : towns_) {
    if (code.substr(0, prefix.size()) != prefix) continue;
    for (int number = 1; number <= 12; ++number) {
      MonthSummary summary{.township = code, .month = absl::CivilMonth(year, number), .confirmation = {}};
      const auto confirmed = town.months.find(summary.month);
      if (confirmed != town.months.end()) summary.confirmation = confirmed->second;
      std::set<std::string> villages;
      for (const auto& [id, history] : town.histories) {
        const StoredActivity& stored = history.back();
        if (stored.content.state == ActivityState::kDeleted) continue;
        if (absl::CivilMonth(stored.content.date) != summary.month) continue;
        ++summary.activities;
        if (summary.confirmation && stored.revision > summary.confirmation->revision) {
          ++summary.changed_after_confirmation;
        }
        if (!stored.content.village.empty()) villages.insert(stored.content.village);
      }
      summary.villages_active = static_cast<int32_t>(villages.size());
      if (summary.activities > 0 || summary.confirmation) summaries.push_back(std::move(summary));
    }
  }
  return summaries;
}

absl::StatusOr<int64_t> FakeRepository::RevisionAt(std::string_view township, absl::Time time, absl::Time) {
  std::lock_guard lock(mu_);
  int64_t newest = 0;
  const Town& town = towns_[std::string(township)];
  for (const auto& [id, history] : town.histories) {
    for (const StoredActivity& stored : history) {
      if (stored.update_time <= time) newest = std::max(newest, stored.revision);
    }
  }
  for (const auto& [month, confirmation] : town.months) {
    if (confirmation.confirm_time <= time) newest = std::max(newest, confirmation.revision);
  }
  return newest;
}

}  // namespace zhenhui::activities::testing

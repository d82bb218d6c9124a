#include "tests/testing/reporting/fake_year_end_store.h"

#include <algorithm>

#include "common/status/reason.h"

namespace zhenhui::testing {

using reporting::CertificateText;
using reporting::StoredYear;
using reporting::YearAppend;
using reporting::YearEvent;
using reporting::YearEventType;
using reporting::YearKey;

int64_t FakeYearEndStore::Last(const Key& key) const {
  const auto found = events_.find(key);
  return found == events_.end() || found->second.empty() ? 0 : found->second.back().number;
}

absl::StatusOr<StoredYear> FakeYearEndStore::Read(const YearKey& key, bool with_contents, absl::Time) {
  std::lock_guard lock(mutex_);
  StoredYear stored;
  stored.events = events_[{key.district, key.year}];
  stored.previous_events = events_[{key.district, key.year - 1}];
  stored.store_time = clock_();
  if (!with_contents) {
    for (YearEvent& event : stored.events) event.content.clear();
  }
  for (YearEvent& event : stored.previous_events) event.content.clear();
  return stored;
}

absl::StatusOr<std::vector<int>> FakeYearEndStore::Years(const std::string& district, absl::Time) {
  std::lock_guard lock(mutex_);
  std::vector<int> years;
  for (const auto& [key, events] : events_) {
    if (key.first == district && !events.empty()) years.push_back(key.second);
  }
  std::reverse(years.begin(), years.end());
  return years;
}

absl::StatusOr<std::vector<YearKey>> FakeYearEndStore::ClosedYears(absl::Time) {
  std::lock_guard lock(mutex_);
  std::vector<YearKey> closed;
  for (const auto& [key, events] : events_) {
    const auto last = std::find_if(events.rbegin(), events.rend(), [](const YearEvent& event) {
      return event.type == YearEventType::kClosed || event.type == YearEventType::kReopened;
    });
    if (last != events.rend() && last->type == YearEventType::kClosed)
      closed.push_back({key.first, key.second});
  }
  return closed;
}

absl::Status FakeYearEndStore::Append(const YearAppend& append, absl::Time) {
  if (before_append) std::exchange(before_append, nullptr)();
  std::lock_guard lock(mutex_);
  const Key key{append.key.district, append.key.year};
  if (Last(key) != append.seen || Last({key.first, key.second - 1}) != append.previous_seen)
    return Error(absl::StatusCode::kAborted, "EVENT_CONFLICT", "read again");
  auto& events = events_[key];
  events.insert(events.end(), append.events.begin(), append.events.end());
  if (append.certificate) certificates_[key].push_back(*append.certificate);
  if (append.figures)
    signed_.emplace(std::tuple(key, append.figures->township, append.figures->digest), append.figures->text);
  if (!std::exchange(lose_the_next_answer, false)) return absl::OkStatus();
  return Error(absl::StatusCode::kUnknown, "COMMIT_UNKNOWN", "stored or not");
}

absl::StatusOr<CertificateText> FakeYearEndStore::ReadCertificate(const YearKey& key, int generation,
                                                                  absl::Time) {
  std::lock_guard lock(mutex_);
  const auto& all = certificates_[{key.district, key.year}];
  const auto found = std::find_if(all.rbegin(), all.rend(), [&](const CertificateText& text) {
    return generation == 0 || text.generation == generation;
  });
  if (found != all.rend()) return *found;
  return Error(absl::StatusCode::kNotFound, "CERTIFICATE_NOT_FOUND", "no such certificate");
}

absl::StatusOr<std::string> FakeYearEndStore::ReadSigned(const YearKey& key, const std::string& township,
                                                         const std::string& digest, absl::Time) {
  std::lock_guard lock(mutex_);
  const auto found = signed_.find({{key.district, key.year}, township, digest});
  if (found != signed_.end()) return found->second;
  return Error(absl::StatusCode::kNotFound, "SIGNED_FIGURES_NOT_FOUND", "nothing was signed so");
}

}  // namespace zhenhui::testing

#include "tests/faults/ledger.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace zhenhui::faults {

std::string NameOf(const RecordKey& key) { return absl::StrCat(key.feed, "/", key.town, "/", key.id); }

void Ledger::Acknowledge(const RecordKey& key, const Content& content, int64_t revision) {
  std::lock_guard lock(mutex_);
  std::vector<Version>& versions = entries_.records[key];
  if (versions.empty() || versions.back().content.text != content.text) {
    versions.push_back({content, revision});
  } else if (versions.back().revision != revision) {
    entries_.complaints.push_back(absl::StrCat("the content of ", NameOf(key),
                                               " was acknowledged at revision ", versions.back().revision,
                                               " and later at ", revision));
  }
}

void Ledger::Abandon(AbandonedBatch batch) {
  std::lock_guard lock(mutex_);
  entries_.abandoned.push_back(std::move(batch));
}

void Ledger::Complain(const std::string& what) {
  std::lock_guard lock(mutex_);
  entries_.complaints.push_back(what);
}

Version Ledger::Newest(const RecordKey& key) const {
  std::lock_guard lock(mutex_);
  return entries_.records.at(key).back();
}

Ledger::Entries Ledger::Copy() const {
  std::lock_guard lock(mutex_);
  return entries_;
}

}  // namespace zhenhui::faults

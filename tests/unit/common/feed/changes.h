#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/feed/change.h"

namespace zhenhui::feed {

// New records with the revisions first .. last, whose contents take `bytes` each.
inline SharedChanges MakeChanges(int64_t first, int64_t last, size_t bytes = 10) {
  SharedChanges changes;
  for (int64_t revision = first; revision <= last; ++revision) {
    auto change = std::make_shared<StoredChange>();
    change->revision = revision;
    change->record_type = 1;
    change->record_id = absl::StrCat("r", revision);
    change->record = std::string(bytes, 'x');
    changes.push_back(std::move(change));
  }
  return changes;
}

inline std::vector<int64_t> RevisionsOf(const SharedChanges& changes) {
  std::vector<int64_t> revisions;
  for (const SharedChange& change : changes) revisions.push_back(change->revision);
  return revisions;
}

}  // namespace zhenhui::feed

#include "tests/faults/checker.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace zhenhui::faults {
namespace {

using Chain = std::vector<const StoredRevision*>;

class Checker {
 public:
  Checker(const Ledger::Entries& ledger, const Stored& stored) : ledger_(ledger), stored_(stored) {
    for (const auto& [feed, log] : stored.logs) {
      for (const StoredRevision& row : log) chains_[row.key].push_back(&row);
    }
  }

  std::vector<std::string> Run() {
    findings_ = ledger_.complaints;
    for (const auto& [feed, head] : stored_.heads) CheckFeed(feed, head);
    for (const auto& [key, versions] : ledger_.records) CheckRecord(key, versions);
    for (const AbandonedBatch& batch : ledger_.abandoned) CheckAbandoned(batch);
    CheckNothingElse();
    for (const auto& [key, chain] : chains_) CheckChain(key, chain);
    for (const auto& [key, revision] : stored_.current) {
      if (!chains_.contains(key)) Find("a current row without a revision: ", NameOf(key));
    }
    CheckCells();
    return std::move(findings_);
  }

 private:
  template <typename... Parts>
  void Find(const Parts&... parts) {
    findings_.push_back(absl::StrCat(parts...));
  }

  void CheckFeed(const Stored::Feed& feed, int64_t head) {
    const std::string name = absl::StrCat(feed.first, "/", feed.second);
    int64_t last = 0;
    if (const auto log = stored_.logs.find(feed); log != stored_.logs.end()) {
      for (const StoredRevision& row : log->second) {
        if (row.revision != last + 1) Find("a gap in ", name, ": revision ", row.revision, " follows ", last);
        last = row.revision;
      }
    }
    if (last != head) Find("the head of ", name, " is ", head, ", its last revision ", last);
    const auto applied = stored_.applied.find(feed);
    const int64_t counted = applied == stored_.applied.end() ? 0 : applied->second;
    if (counted != head) Find("the cells include ", name, " up to ", counted, " of ", head);
  }

  void CheckRecord(const RecordKey& key, const std::vector<Version>& versions) {
    const Chain& chain = chains_[key];
    if (chain.size() != versions.size()) {
      Find(NameOf(key), " was acknowledged ", versions.size(), " times and is stored ", chain.size(),
           " times");
    }
    for (size_t i = 0; i < chain.size() && i < versions.size(); ++i) {
      const StoredRevision& row = *chain[i];
      const Version& version = versions[i];
      if (row.content.text != version.content.text) {
        Find("other content in ", NameOf(key), " at revision ", row.revision, ": ", row.content.text,
             "; acknowledged ", version.content.text);
      }
      if (row.revision != version.revision) {
        Find(NameOf(key), " is stored at revision ", row.revision, " and was acknowledged at ",
             version.revision);
      }
    }
  }

  void CheckAbandoned(const AbandonedBatch& batch) {
    size_t found = 0;
    for (const auto& [key, content] : batch) {
      abandoned_[key] = true;
      const auto chain = chains_.find(key);
      if (chain == chains_.end()) continue;
      ++found;
      if (chain->second.size() != 1)
        Find(NameOf(key), " was sent once and is stored ", chain->second.size(), " times");
      if (chain->second[0]->content.text != content.text)
        Find("other content in ", NameOf(key), " than was sent");
    }
    if (found != 0 && found != batch.size()) {
      Find("a batch is stored in part: ", found, " of ", batch.size(), " with ",
           NameOf(batch.begin()->first));
    }
  }

  void CheckNothingElse() {
    for (const auto& [key, chain] : chains_) {
      if (!ledger_.records.contains(key) && !abandoned_.contains(key)) Find("nobody sent ", NameOf(key));
    }
  }

  void CheckChain(const RecordKey& key, const Chain& chain) {
    if (chain.empty()) return;  // acknowledged and not stored: found before
    int64_t previous = 0;
    for (const StoredRevision* row : chain) {
      if (row->previous != previous) {
        Find(NameOf(key), " at revision ", row->revision, " replaces ", row->previous, " instead of ",
             previous);
      }
      previous = row->revision;
    }
    const auto current = stored_.current.find(key);
    if (current == stored_.current.end()) {
      Find("no current row of ", NameOf(key));
    } else if (current->second != previous) {
      Find("the current row of ", NameOf(key), " is revision ", current->second, " instead of ", previous);
    }
    if (const auto row = stored_.activity_rows.find(key); row != stored_.activity_rows.end()) {
      if (!absl::StartsWith(chain.back()->content.text, row->second + " ")) {
        Find("the columns of ", NameOf(key), " say ", row->second, " and its content ",
             chain.back()->content.text);
      }
    }
  }

  // The naive sum: of what the clients know, and of what was stored although nobody waited for the answer.
  void CheckCells() {
    Cells expected;
    for (const auto& [key, versions] : ledger_.records) AddTo(expected, versions.back().content.cells);
    for (const AbandonedBatch& batch : ledger_.abandoned) {
      for (const auto& [key, content] : batch) {
        if (chains_.contains(key)) AddTo(expected, content.cells);
      }
    }
    for (const auto& [key, value] : expected) {
      const auto held = stored_.cells.find(key);
      if (held == stored_.cells.end()) {
        FindCell(key, value, 0);
      } else if (held->second != value) {
        FindCell(key, value, held->second);
      }
    }
    for (const auto& [key, value] : stored_.cells) {
      if (!expected.contains(key)) FindCell(key, 0, value);
    }
  }

  void FindCell(const CellKey& key, int64_t expected, int64_t held) {
    Find("cell ", key.town, " ", key.series, " ", key.grain, " '", key.member, "' ", key.bucket, " holds ",
         held, ", its records sum to ", expected);
  }

  const Ledger::Entries& ledger_;
  const Stored& stored_;
  std::map<RecordKey, Chain> chains_;
  std::map<RecordKey, bool> abandoned_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> Check(const Ledger::Entries& ledger, const Stored& stored) {
  return Checker(ledger, stored).Run();
}

}  // namespace zhenhui::faults

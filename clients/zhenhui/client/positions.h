#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "zhenhui/common/v1/feed_position.pb.h"

// Freshness tokens: what a push returns, and a query may ask to include.
namespace zhenhui::cli {

// "activities:630106101:42", as printed after a push.
std::string FormatPosition(const common::v1::FeedPosition& position);
std::optional<common::v1::FeedPosition> ParsePosition(const std::string& text);

// The newest position of each feed and township. Not thread-safe.
class Positions {
 public:
  // Keeps the larger revision. A position without a township or with revision 0 says nothing and is left out.
  void Add(const common::v1::FeedPosition& position);
  std::vector<common::v1::FeedPosition> All() const;
  bool empty() const { return revisions_.empty(); }

 private:
  std::map<std::pair<int, std::string>, int64_t> revisions_;
};

// The positions of the last writes to a server, kept in $ZHENHUI_STATE_DIR, $XDG_STATE_HOME/zhenhui or
// ~/.local/state/zhenhui, one file for each server, so that `rollup --fresh` includes what was just pushed.
// Without a home folder nothing is kept. Never fails: a lost position costs only freshness, and the push has
// printed it.
void StorePositions(const std::string& server, const Positions& positions);
std::vector<common::v1::FeedPosition> LoadPositions(const std::string& server);

}  // namespace zhenhui::cli

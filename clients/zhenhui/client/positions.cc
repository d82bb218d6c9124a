#include "clients/zhenhui/client/positions.h"

#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_split.h"
#include "clients/zhenhui/input/row_id.h"

namespace zhenhui::cli {
namespace {

constexpr char kTownships[] = "townships/";

std::optional<std::filesystem::path> StateFile(const std::string& server) {
  const char* own = std::getenv("ZHENHUI_STATE_DIR");
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  if (own != nullptr && *own != '\0') {
    folder = own;
  } else if (state != nullptr && *state != '\0') {
    folder = std::filesystem::path(state) / "zhenhui";
  } else if (home != nullptr && *home != '\0') {
    folder = std::filesystem::path(home) / ".local/state/zhenhui";
  } else {
    return std::nullopt;
  }
  // An address may hold characters that a file name cannot.
  return folder / ("positions-" + TextId(server));
}

}  // namespace

std::string FormatPosition(const common::v1::FeedPosition& position) {
  const std::string feed = position.feed() == common::v1::FEED_TOWNSHIPS ? "townships" : "activities";
  std::string township = position.township();
  if (township.compare(0, sizeof(kTownships) - 1, kTownships) == 0) township.erase(0, sizeof(kTownships) - 1);
  return feed + ":" + township + ":" + std::to_string(position.revision());
}

std::optional<common::v1::FeedPosition> ParsePosition(const std::string& text) {
  const std::vector<std::string> parts = absl::StrSplit(text, ':');
  if (parts.size() != 3 || parts[1].empty()) return std::nullopt;
  common::v1::FeedPosition position;
  if (parts[0] == "activities") {
    position.set_feed(common::v1::FEED_ACTIVITIES);
  } else if (parts[0] == "townships") {
    position.set_feed(common::v1::FEED_TOWNSHIPS);
  } else {
    return std::nullopt;
  }
  int64_t revision = 0;
  const auto end = parts[2].data() + parts[2].size();
  const auto read = std::from_chars(parts[2].data(), end, revision);
  if (read.ec != std::errc() || read.ptr != end || revision < 0) return std::nullopt;
  position.set_township(kTownships + parts[1]);
  position.set_revision(revision);
  return position;
}

void Positions::Add(const common::v1::FeedPosition& position) {
  if (position.township().empty() || position.revision() == 0) return;
  int64_t& revision = revisions_[{position.feed(), position.township()}];
  revision = std::max(revision, position.revision());
}

std::vector<common::v1::FeedPosition> Positions::All() const {
  std::vector<common::v1::FeedPosition> all;
  for (const auto& [key, revision] : revisions_) {
    common::v1::FeedPosition position;
    position.set_feed(static_cast<common::v1::Feed>(key.first));
    position.set_township(key.second);
    position.set_revision(revision);
    all.push_back(std::move(position));
  }
  return all;
}

void StorePositions(const std::string& server, const Positions& positions) {
  const auto file = StateFile(server);
  if (!file.has_value() || positions.empty()) return;
  // Only the newest write matters for "show me what I just pushed"; older towns stay for the next query. A
  // server that was set up anew has smaller revisions, so what is new replaces what is kept even when it is
  // smaller.
  std::map<std::pair<int, std::string>, common::v1::FeedPosition> merged;
  for (const auto& position : LoadPositions(server))
    merged[{position.feed(), position.township()}] = position;
  for (const auto& position : positions.All()) merged[{position.feed(), position.township()}] = position;
  std::error_code ignored;
  std::filesystem::create_directories(file->parent_path(), ignored);
  // A name of our own until it is whole: two pushes at once must not mix their lines.
  const std::filesystem::path fresh = file->string() + "." + std::to_string(getpid());
  std::ofstream out(fresh);
  for (const auto& [key, position] : merged) out << FormatPosition(position) << '\n';
  out.close();
  if (out) std::filesystem::rename(fresh, *file, ignored);
}

std::vector<common::v1::FeedPosition> LoadPositions(const std::string& server) {
  std::vector<common::v1::FeedPosition> positions;
  const auto file = StateFile(server);
  if (!file.has_value()) return positions;
  std::ifstream in(*file);
  for (std::string line; std::getline(in, line);) {
    if (const auto position = ParsePosition(line); position.has_value()) positions.push_back(*position);
  }
  return positions;
}

}  // namespace zhenhui::cli

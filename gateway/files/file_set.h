#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gateway/http/exchange.h"

namespace zhenhui::gateway::files {

// Files of a single-page application, kept in memory with their compressed forms. What is asked for is looked
// up in a table of the files that were there at start, so no path can lead out of the folder. Immutable;
// thread-safe.
class FileSet {
 public:
  // No files: the start page says that the dashboard is not there.
  FileSet();
  // All files below `folder`, which must hold an index.html: else NOT_FOUND, reason DASHBOARD_MISSING. At
  // most 2,000 files and 64 MiB: else INVALID_ARGUMENT, reason DASHBOARD_TOO_LARGE. Links are followed if
  // they lead to files; hidden files and source maps are left out.
  static absl::StatusOr<FileSet> Load(const std::filesystem::path& folder);

  // The answer to GET or HEAD of a path: the file; index.html for a path without a dot in its last part,
  // which is a page of the application; else 404. 405 for other methods, 304 where the client has the file.
  // What lies in assets/ has its content's digest in its name and is never asked for again.
  http::Response Answer(const http::Request& request) const;

  std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::string content_type = {};
    std::string etag = {};
    std::string cache_control = {};
    std::shared_ptr<const std::string> plain = nullptr;
    std::shared_ptr<const std::string> gzip = nullptr;  // null if it is not smaller
  };
  const File* Find(std::string_view path) const;
  static File Keep(const std::string& name, std::string bytes);

  std::map<std::string, File, std::less<>> files_;  // by path: "/assets/index-3f2a.js"
};

}  // namespace zhenhui::gateway::files

#include "gateway/files/file_set.h"

#include <array>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "common/process/secrets.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "gateway/http/content.h"
#include "gateway/http/errors.h"

namespace zhenhui::gateway::files {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 2000;
constexpr std::size_t kMaxBytes = 64 << 20;

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".wasm", "application/wasm"},
    {".csv", "text/csv; charset=utf-8"},
    {".xml", "application/xml"},
}};

constexpr http::Problem kUnknownPath = {404, "NOT_FOUND", "PATH_UNKNOWN", "没有这个页面，请检查网址",
                                        "there is no such page; check the address"};
constexpr http::Problem kMethod = {405, "UNIMPLEMENTED", "METHOD_NOT_ALLOWED", "此地址只能读取",
                                   "this address can only be read"};

std::string_view TypeOf(std::string_view name) {
  for (const auto& [suffix, type] : kTypes) {
    if (absl::EndsWithIgnoreCase(Absl(name), Absl(suffix))) return type;
  }
  return "application/octet-stream";
}

absl::Status Missing(const fs::path& folder) {
  return Error(absl::StatusCode::kNotFound, "DASHBOARD_MISSING",
               absl::StrCat("there is no index.html in ", folder.string(),
                            "; build the dashboard, or give its folder"));
}

bool IsServed(const fs::directory_entry& entry, const fs::path& folder) {
  std::error_code error;
  if (!entry.is_regular_file(error) || entry.path().extension() == ".map") return false;
  for (const fs::path& part : entry.path().lexically_relative(folder)) {
    if (part.native().starts_with('.')) return false;
  }
  return true;
}

// Behind the last slash: "index.html".
std::string_view LastPart(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

FileSet::FileSet() {
  File page = Keep("index.html",
                   "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>镇汇</title>"
                   "<h1>镇汇</h1><p>看板尚未安装。接口说明见 <a href=\"/api\">/api</a>。</p>"
                   "<p lang=\"en\">The dashboard is not installed. The API is described at <a "
                   "href=\"/api\">/api</a>.</p></html>");
  files_.emplace("/index.html", std::move(page));
}

absl::StatusOr<FileSet> FileSet::Load(const fs::path& folder) {
  FileSet set;
  set.files_.clear();
  std::error_code error;
  std::size_t bytes = 0;
  fs::recursive_directory_iterator entries(folder, error);
  if (error) return Missing(folder);
  for (const fs::directory_entry& entry : entries) {
    if (!IsServed(entry, folder)) continue;
    const std::size_t size = entry.file_size(error);
    bytes += size;
    if (bytes > kMaxBytes || set.files_.size() >= kMaxFiles) {
      return Error(absl::StatusCode::kInvalidArgument, "DASHBOARD_TOO_LARGE",
                   absl::StrCat(folder.string(), " holds more than a dashboard; is it the right folder?"));
    }
    ASSIGN_OR_RETURN(std::string text, process::ReadSmallFile(entry.path().string(), size));
    const std::string name = entry.path().lexically_relative(folder).generic_string();
    set.files_.emplace("/" + name, Keep(name, std::move(text)));
  }
  if (!set.files_.contains("/index.html")) return Missing(folder);
  return set;
}

FileSet::File FileSet::Keep(const std::string& name, std::string bytes) {
  File file{.content_type = std::string(TypeOf(name))};
  // Weak, because the compressed form goes by the same name.
  file.etag = absl::StrCat("W/\"", Sha256Hex(bytes).substr(0, 32), "\"");
  file.cache_control = name.starts_with("assets/") ? "public, max-age=31536000, immutable"
                       : name.ends_with(".html")   ? "no-cache"
                                                   : "public, max-age=3600";
  if (http::IsCompressible(file.content_type) && bytes.size() > http::kMinCompressedBytes) {
    std::string compressed = http::Gzip(bytes, http::kBestGzip);
    if (compressed.size() < bytes.size())
      file.gzip = std::make_shared<const std::string>(std::move(compressed));
  }
  file.plain = std::make_shared<const std::string>(std::move(bytes));
  return file;
}

const FileSet::File* FileSet::Find(std::string_view path) const {
  const auto found = files_.find(path);
  if (found != files_.end()) return &found->second;
  if (path.starts_with("/assets/") || LastPart(path).find('.') != std::string_view::npos) return nullptr;
  return &files_.find("/index.html")->second;
}

http::Response FileSet::Answer(const http::Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response refused = http::ErrorAnswer(kMethod);
    refused.headers.Add("allow", "GET, HEAD");
    return refused;
  }
  const File* file = Find(request.path);
  if (file == nullptr) return http::ErrorAnswer(kUnknownPath);
  http::Response response{.headers = {{"etag", file->etag}, {"cache-control", file->cache_control}},
                          .compress = false};
  if (file->gzip) response.headers.Add("vary", "accept-encoding");
  if (http::ETagMatches(request.headers, file->etag)) {
    response.status = 304;
    return response;
  }
  response.headers.Add("content-type", file->content_type);
  const bool gzip = file->gzip && http::AcceptsGzip(request.headers);
  if (gzip) response.headers.Add("content-encoding", "gzip");
  response.stored = gzip ? file->gzip : file->plain;
  return response;
}

}  // namespace zhenhui::gateway::files

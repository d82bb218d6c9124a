#include "gateway/files/file_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/testing/gateway/http_client.h"
#include "tests/testing/matchers.h"

namespace zhenhui::gateway::files {
namespace {

using http::Request;
using http::Response;
using testing::HasReason;

class FileSetTest : public ::testing::Test {
 protected:
  FileSetTest() {
    char name[] = "/tmp/zhenhui-files-XXXXXX";
    folder_ = ::mkdtemp(name);
    Write("index.html", "<!doctype html>" + std::string(2000, 'i'));
    Write("assets/app-1a2b.js", script_);
    Write("assets/app-1a2b.js.map", "{}");
    Write("logo.png", "png");
    Write(".secret", "s");
    Write(".git/config", "s");
  }
  ~FileSetTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  FileSet Load() { return *FileSet::Load(folder_); }
  static Response Get(const FileSet& files, std::string path, http::Headers headers = {}) {
    return files.Answer({.method = "GET", .path = std::move(path), .headers = std::move(headers)});
  }

  const std::string script_ = "console.log('" + std::string(5000, 'x') + "')";
  std::filesystem::path folder_;
};

TEST_F(FileSetTest, AFileIsAnsweredWithItsType) {
  const FileSet files = Load();
  EXPECT_EQ(files.size(), 3u) << "no maps and nothing hidden";
  const Response script = Get(files, "/assets/app-1a2b.js");
  EXPECT_EQ(script.status, 200);
  EXPECT_EQ(script.headers.Find("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(*script.stored, script_);
  EXPECT_EQ(Get(files, "/logo.png").headers.Find("content-type"), "image/png");
}

TEST_F(FileSetTest, HashedFilesStayForEverAndPagesAreAskedForAgain) {
  const FileSet files = Load();
  EXPECT_EQ(Get(files, "/assets/app-1a2b.js").headers.Find("cache-control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(Get(files, "/").headers.Find("cache-control"), "no-cache");
  EXPECT_EQ(Get(files, "/logo.png").headers.Find("cache-control"), "public, max-age=3600");
}

TEST_F(FileSetTest, ThePagesOfTheApplicationAreItsIndex) {
  const FileSet files = Load();
  for (const char* path :
       {"/", "/index.html", "/compare", "/towns/630106101", "/sign-in", "/v1", "/assets"}) {
    const Response page = Get(files, path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_THAT(*page.stored, ::testing::StartsWith("<!doctype html>")) << path;
  }
}

TEST_F(FileSetTest, WhatIsNotThereIsNotFoundAndNoPathLeadsOut) {
  const FileSet files = Load();
  for (const char* path : {"/nope.js", "/assets/nope", "/assets/app-1a2b.js.map", "/.secret", "/.git/config",
                           "/assets/../index.html", "/../etc/hosts.conf", "/%2e%2e/x",
                           "/assets/..%2flogo.png", "//etc/x.conf", "/logo.png/", "/LOGO.png"}) {
    const Response answer = Get(files, path);
    if (answer.status == 200) {
      EXPECT_THAT(*answer.stored, ::testing::StartsWith("<!doctype html>")) << path;
    } else {
      EXPECT_EQ(answer.status, 404) << path;
    }
  }
  EXPECT_EQ(Get(files, "/nope.js").status, 404);
  EXPECT_EQ(Get(files, "/assets/nope").status, 404);
  EXPECT_EQ(Get(files, "/.secret").status, 404);
}

TEST_F(FileSetTest, WhoHasTheFileIsToldSo) {
  const FileSet files = Load();
  const std::string etag(Get(files, "/").headers.Find("etag"));
  const Response same = Get(files, "/compare", {{"if-none-match", etag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.headers.Find("etag"), etag);
  EXPECT_EQ(Get(files, "/", {{"if-none-match", "\"old\""}}).status, 200);
  Write("index.html", "changed");
  EXPECT_NE(Get(Load(), "/").headers.Find("etag"), etag);
}

TEST_F(FileSetTest, TheCompressedFormIsKept) {
  const FileSet files = Load();
  const Response packed = Get(files, "/assets/app-1a2b.js", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(packed.headers.Find("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.Find("vary"), "accept-encoding");
  EXPECT_FALSE(packed.compress);
  EXPECT_EQ(testing::Gunzip(*packed.stored), script_);
  EXPECT_FALSE(Get(files, "/logo.png", {{"accept-encoding", "gzip"}}).headers.Has("content-encoding"));
}

TEST_F(FileSetTest, FilesCanOnlyBeRead) {
  const FileSet files = Load();
  EXPECT_EQ(files.Answer({.method = "HEAD", .path = "/"}).status, 200);
  const Response refused = files.Answer({.method = "POST", .path = "/"});
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.headers.Find("allow"), "GET, HEAD");
}

TEST_F(FileSetTest, AFolderThatIsNoDashboardIsRefused) {
  EXPECT_THAT(FileSet::Load("/nowhere"), HasReason("DASHBOARD_MISSING"));
  std::filesystem::remove(folder_ / "index.html");
  EXPECT_THAT(FileSet::Load(folder_), HasReason("DASHBOARD_MISSING"));
  for (int i = 0; i < 2001; ++i) Write("f" + std::to_string(i), "");
  EXPECT_THAT(FileSet::Load(folder_), HasReason("DASHBOARD_TOO_LARGE"));
}

TEST(NoFiles, TheStartPageSaysThatTheDashboardIsMissing) {
  const Response page = FileSet().Answer({.method = "GET", .path = "/"});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(*page.stored, ::testing::HasSubstr("/api"));
}

}  // namespace
}  // namespace zhenhui::gateway::files

#include "tests/integration/reporting/report/office.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace zhenhui::testing {
namespace {

namespace fs = std::filesystem;

// Runs a shell command and gives what it prints; fails the test if the command does.
std::string Shell(const std::string& command) {
  FILE* pipe = popen(absl::StrCat(command, " 2>&1").c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "no shell";
    return "";
  }
  std::string printed;
  char buffer[4096];
  for (size_t got = fread(buffer, 1, sizeof buffer, pipe); got > 0;
       got = fread(buffer, 1, sizeof buffer, pipe)) {
    printed.append(buffer, got);
  }
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << printed;
  return printed;
}

std::string Quoted(const std::string& text) {
  return absl::StrCat("'", text, "'");
}  // our names have no quotes

// Per cent of the bytes of a binary greyscale picture that are darker than paper.
double InkOf(const fs::path& picture) {
  std::ifstream file(picture, std::ios::binary);
  std::string format;
  size_t width = 0, height = 0, depth = 0;
  file >> format >> width >> height >> depth;
  file.get();
  const std::string pixels(std::istreambuf_iterator<char>(file), {});
  if (format != "P5" || pixels.size() != width * height || pixels.empty()) {
    ADD_FAILURE() << picture << " is no picture";
    return 0;
  }
  const auto dark =
      std::count_if(pixels.begin(), pixels.end(), [](char c) { return static_cast<unsigned char>(c) < 200; });
  return 100.0 * static_cast<double>(dark) / static_cast<double>(pixels.size());
}

}  // namespace

bool OfficeIsInstalled() {
  for (const char* program : {"soffice", "pdftotext", "pdftoppm", "pdfinfo"}) {
    if (std::system(absl::StrCat("command -v ", program, " >/dev/null 2>&1").c_str()) != 0) return false;
  }
  return true;
}

OfficeFolder::OfficeFolder() {
  if (const char* keep = std::getenv("ZHENHUI_KEEP_REPORTS"); keep != nullptr) {
    path_ = keep;
    keep_ = true;
    fs::create_directories(path_);
    return;
  }
  std::string pattern = (fs::temp_directory_path() / "zhenhui-office-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
  path_ = pattern;
}

OfficeFolder::~OfficeFolder() {
  if (!keep_) fs::remove_all(path_);
}

void OfficeFolder::Write(const std::string& name, const std::string& content) const {
  std::ofstream(fs::path(path_) / name, std::ios::binary) << content;
}

void OfficeFolder::Print(const std::vector<std::string>& names) const {
  // A profile of its own, so that another office that runs is not disturbed.
  std::string command = absl::StrCat("timeout 120 soffice -env:UserInstallation=file://", path_,
                                     "/profile --headless --convert-to pdf --outdir ", Quoted(path_));
  for (const std::string& name : names)
    absl::StrAppend(&command, " ", Quoted(absl::StrCat(path_, "/", name)));
  Shell(command);
}

std::string OfficeFolder::Text(const std::string& pdf) const {
  return Shell(absl::StrCat("pdftotext -enc UTF-8 -layout ", Quoted(absl::StrCat(path_, "/", pdf)), " -"));
}

std::string OfficeFolder::Facts(const std::string& pdf) const {
  return Shell(absl::StrCat("pdfinfo ", Quoted(absl::StrCat(path_, "/", pdf))));
}

std::vector<double> OfficeFolder::Ink(const std::string& pdf) const {
  const fs::path pages = fs::path(path_) / (pdf + "-pages");
  fs::create_directories(pages);
  Shell(absl::StrCat("pdftoppm -r 60 -gray ", Quoted(absl::StrCat(path_, "/", pdf)), " ",
                     Quoted((pages / "p").string())));
  std::vector<fs::path> pictures{fs::directory_iterator(pages), fs::directory_iterator()};
  std::sort(pictures.begin(), pictures.end());
  std::vector<double> ink;
  for (const fs::path& picture : pictures) ink.push_back(InkOf(picture));
  return ink;
}

}  // namespace zhenhui::testing

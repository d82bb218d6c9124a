#pragma once
#include <string>
#include <vector>

// LibreOffice without a window, and poppler's tools, as a reader of our files.
namespace zhenhui::testing {

bool OfficeIsInstalled();

// A folder of its own, removed at the end; with ZHENHUI_KEEP_REPORTS=FOLDER it is that one, and stays to be
// looked at.
class OfficeFolder {
 public:
  OfficeFolder();
  ~OfficeFolder();
  OfficeFolder(const OfficeFolder&) = delete;
  OfficeFolder& operator=(const OfficeFolder&) = delete;

  void Write(const std::string& name, const std::string& content) const;
  // Opens the files and prints them as PDF beside them: "town.docx" to "town.pdf".
  void Print(const std::vector<std::string>& names) const;

  // What stands on the pages of a PDF, as text; its facts ("Pages: 9", "Page size: 595.3 x 841.9 pts (A4)").
  std::string Text(const std::string& pdf) const;
  std::string Facts(const std::string& pdf) const;
  // Turns the pages into pictures; how many per cent of each are not white.
  std::vector<double> Ink(const std::string& pdf) const;

 private:
  std::string path_;
  bool keep_ = false;
};

}  // namespace zhenhui::testing

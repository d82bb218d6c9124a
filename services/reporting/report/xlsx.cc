#include "services/reporting/report/xlsx.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/xlsx_pages.h"
#include "services/reporting/report/xlsx_sheet.h"

namespace zhenhui::reporting::report {
namespace {

constexpr off_t kMaxWorkbookBytes = 256 << 20;

absl::Status NoWorkbook(const std::string& why) {
  return Error(absl::StatusCode::kResourceExhausted, "REPORT_NOT_WRITTEN",
               absl::StrCat("the workbook was not written: ", why));
}

// A file in memory, because libxlsxwriter 1.1 writes to a path only.
class MemoryFile {
 public:
  MemoryFile() : fd_(memfd_create("zhenhui-report", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (fd_ >= 0) close(fd_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool ok() const { return fd_ >= 0; }
  std::string path() const { return absl::StrCat("/proc/self/fd/", fd_); }
  absl::StatusOr<std::string> Read() const {
    const off_t size = lseek(fd_, 0, SEEK_END);
    if (size <= 0 || size > kMaxWorkbookBytes) return NoWorkbook("it is empty or too large");
    std::string bytes(static_cast<size_t>(size), '\0');
    for (size_t at = 0; at < bytes.size();) {
      const ssize_t got = pread(fd_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (got <= 0) return NoWorkbook("it cannot be read back");
      at += static_cast<size_t>(got);
    }
    return bytes;
  }

 private:
  const int fd_;
};

void SetProperties(lxw_workbook* workbook, const ReportInput& input) {
  std::string title = absl::StrCat(Subject(input).name(), input.year->year, "年法治政府建设数据");
  lxw_doc_properties properties = {};
  std::string author = "镇汇 Zhenhui";
  properties.title = title.data();
  properties.author = author.data();
  constexpr time_t kDay = 86'400;
  properties.created = ToEpochDays(input.cut_off) * kDay;
  workbook_set_properties(workbook, &properties);
}

}  // namespace

absl::StatusOr<std::string> WriteXlsx(const ReportInput& input, const Templates& templates) {
  const MemoryFile file;
  if (!file.ok()) return NoWorkbook("no memory");
  lxw_workbook* workbook = workbook_new(file.path().c_str());
  if (workbook == nullptr) return NoWorkbook("no memory");
  SetProperties(workbook, input);
  const SheetFormats formats(workbook);
  const WorkbookContext context{workbook, formats, input, templates};
  AddOverview(context);
  AddWorkSheets(context);
  AddComparison(context);
  AddMonths(context);
  AddRecords(context);
  const lxw_error error = workbook_close(workbook);  // writes the file and frees the workbook in any case
  if (error != LXW_NO_ERROR) return NoWorkbook(lxw_strerror(error));
  return file.Read();
}

}  // namespace zhenhui::reporting::report

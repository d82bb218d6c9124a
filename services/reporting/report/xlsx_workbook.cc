#include "services/reporting/report/xlsx_workbook.h"

#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

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

void SetProperties(lxw_workbook* workbook, std::string title, time_t created) {
  lxw_doc_properties properties = {};
  std::string author = "镇汇 Zhenhui";
  properties.title = title.data();
  properties.author = author.data();
  properties.created = created;
  workbook_set_properties(workbook, &properties);
}

}  // namespace

absl::StatusOr<std::string> MakeWorkbook(
    std::string title, time_t created, const std::function<void(lxw_workbook*, const SheetFormats&)>& fill) {
  const MemoryFile file;
  if (!file.ok()) return NoWorkbook("no memory");
  lxw_workbook* workbook = workbook_new(file.path().c_str());
  if (workbook == nullptr) return NoWorkbook("no memory");
  SetProperties(workbook, std::move(title), created);
  const SheetFormats formats(workbook);
  fill(workbook, formats);
  const lxw_error error = workbook_close(workbook);  // writes the file and frees the workbook in any case
  if (error != LXW_NO_ERROR) return NoWorkbook(lxw_strerror(error));
  return file.Read();
}

}  // namespace zhenhui::reporting::report

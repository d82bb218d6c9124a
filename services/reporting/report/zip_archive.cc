#include "services/reporting/report/zip_archive.h"

#include <zip.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::reporting::report {
namespace {

// MS-DOS form of 1980-01-01 00:00: years since 1980 << 9 | month << 5 | day. Set as such, because libzip
// would convert a time_t by the local time zone.
constexpr zip_uint16_t kFirstDosDate = 1 << 5 | 1;

struct DiscardZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FreeSource {
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

absl::Status NotWritten(const char* why) {
  return Error(absl::StatusCode::kResourceExhausted, "REPORT_NOT_WRITTEN",
               absl::StrCat("the file was not written: ", why));
}

// libzip takes over what is added to it, so each failure frees only what it did not take.
bool AddEntry(zip_t* archive, const ZipEntry& entry) {
  zip_source_t* source = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
  if (source == nullptr) return false;
  const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return false;
  }
  const auto at = static_cast<zip_uint64_t>(index);
  return zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 6) == 0 &&
         zip_file_set_dostime(archive, at, 0, kFirstDosDate, 0) == 0;
}

absl::StatusOr<std::string> ReadAll(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return NotWritten("unreadable");
  std::string bytes(stat.size, '\0');
  const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (read != static_cast<zip_int64_t>(bytes.size())) return NotWritten("cut short");
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> WriteZip(const std::vector<ZipEntry>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, FreeSource> memory(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (memory == nullptr) return NotWritten("no memory");
  std::unique_ptr<zip_t, DiscardZip> archive(zip_open_from_source(memory.get(), ZIP_TRUNCATE, &error));
  if (archive == nullptr) return NotWritten("no archive");
  zip_source_keep(memory.get());  // closing the archive gives up its hold on the bytes
  for (const ZipEntry& entry : entries) {
    if (!AddEntry(archive.get(), entry)) return NotWritten(zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) return NotWritten(zip_strerror(archive.get()));
  archive.release();
  return ReadAll(memory.get());
}

}  // namespace zhenhui::reporting::report

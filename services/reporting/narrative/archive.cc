#include "services/reporting/narrative/archive.h"

#include <zip.h>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting::narrative {
namespace {

absl::Status DamagedArchive(const std::string& what) {
  return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_DAMAGED",
               absl::StrCat("the Word file is damaged: ", what));
}

absl::Status TooLargeArchive(const std::string& what) {
  return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE",
               absl::StrCat("the Word file is refused before it is unpacked: ", what));
}

struct CloseEntry {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void Archive::Discard::operator()(zip* archive) const { zip_discard(archive); }

absl::StatusOr<Archive> Archive::Open(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), /*freep=*/0, &error);
  zip_t* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  const std::string why = zip_error_strerror(&error);
  zip_error_fini(&error);
  if (opened == nullptr) {
    if (source != nullptr) zip_source_free(source);  // a successful open takes it over
    return DamagedArchive(why);
  }
  Archive archive(opened);
  RETURN_IF_ERROR(archive.CheckEntries());
  return archive;
}

absl::Status Archive::CheckEntries() const {
  const zip_int64_t count = zip_get_num_entries(zip_.get(), 0);
  if (count > kMaxEntries)
    return TooLargeArchive(absl::StrCat(count, " entries, at most ", kMaxEntries, " are allowed"));
  uint64_t total = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t entry;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(i), 0, &entry) != 0 ||
        (entry.valid & kNeeded) != kNeeded) {
      return DamagedArchive(absl::StrCat("entry ", i + 1, " has no size"));
    }
    const bool known = (entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0;
    if (known && entry.encryption_method != ZIP_EM_NONE)
      return DamagedArchive("it is protected by a password");
    // Each size is below the limit before it is added, so that the sum cannot wrap round.
    if (entry.size > kMaxUnpackedBytes || (total += entry.size) > kMaxUnpackedBytes) {
      return TooLargeArchive(absl::StrCat("it unpacks to more than ", kMaxUnpackedBytes, " bytes"));
    }
    if (entry.size > kFreeBytes && entry.size / kMaxRatio >= entry.comp_size) {
      return TooLargeArchive(
          absl::StrCat("entry ", i + 1, " unpacks to more than ", kMaxRatio, " times its size"));
    }
  }
  return absl::OkStatus();
}

bool Archive::Has(const std::string& name) const { return zip_name_locate(zip_.get(), name.c_str(), 0) >= 0; }

absl::StatusOr<std::string> Archive::Read(const std::string& name, size_t limit) const {
  zip_stat_t entry;
  if (zip_stat(zip_.get(), name.c_str(), 0, &entry) != 0)
    return DamagedArchive(absl::StrCat("it has no ", name));
  if (entry.size > limit)
    return TooLargeArchive(absl::StrCat(name, " has ", entry.size, " bytes, at most ", limit, " are read"));
  const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen_index(zip_.get(), entry.index, 0));
  if (file == nullptr) return DamagedArchive(absl::StrCat(name, ": ", zip_strerror(zip_.get())));
  std::string content(entry.size, '\0');
  size_t read = 0;
  while (read < content.size()) {
    const zip_int64_t got = zip_fread(file.get(), content.data() + read, content.size() - read);
    if (got <= 0) return DamagedArchive(absl::StrCat(name, " ends early or is not what its checksum says"));
    read += static_cast<size_t>(got);
  }
  // The checksum is compared at the end of the data, which only one more read meets; more data is a lie.
  char more = 0;
  if (zip_fread(file.get(), &more, 1) != 0)
    return DamagedArchive(absl::StrCat(name, " is not what its checksum or its size says"));
  return content;
}

}  // namespace zhenhui::reporting::narrative

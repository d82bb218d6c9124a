#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

struct zip;

namespace zhenhui::reporting::narrative {

// A zip archive in memory that comes from strangers: everything that it says of itself is checked before
// anything is unpacked, and unpacking stops at what it said. Not thread-safe.
class Archive {
 public:
  static constexpr int kMaxEntries = 2000;
  static constexpr size_t kMaxUnpackedBytes = 64u << 20;  // of all entries together
  static constexpr size_t kMaxRatio = 200;                // unpacked to packed, of an entry above kFreeBytes
  static constexpr size_t kFreeBytes = 64u << 10;

  // `bytes` outlive the archive. INVALID_ARGUMENT: NARRATIVE_TOO_LARGE for what breaks a limit (a zip bomb),
  // NARRATIVE_DAMAGED for what is no archive or is encrypted.
  static absl::StatusOr<Archive> Open(std::string_view bytes);

  bool Has(const std::string& name) const;
  // INVALID_ARGUMENT: NARRATIVE_DAMAGED, naming the entry, if it is not there, does not unpack, or is not
  // what its checksum says; NARRATIVE_TOO_LARGE above `limit` bytes.
  absl::StatusOr<std::string> Read(const std::string& name, size_t limit) const;

 private:
  struct Discard {
    void operator()(zip* archive) const;
  };
  explicit Archive(zip* archive) : zip_(archive) {}
  absl::Status CheckEntries() const;

  std::unique_ptr<zip, Discard> zip_;
};

}  // namespace zhenhui::reporting::narrative

#pragma once
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace zhenhui::reporting::report {

struct ReportKey {
  std::string district;  // 6 digits
  int year = 0;
  int generation = 0;    // of the closing
  std::string township;  // 9 digits; empty: the district's
  std::string format;    // FormatName
};

struct KeptReport {
  std::string content;
  std::string file_name;
  std::string digest;  // SHA-256 of the content, 64 hex digits
  friend bool operator==(const KeptReport&, const KeptReport&) = default;
};

// Where the reports of closed years are kept, for ever. Thread-safe. Errors: UNAVAILABLE and its like.
class ReportStore {
 public:
  virtual ~ReportStore() = default;

  virtual absl::StatusOr<std::optional<KeptReport>> Find(const ReportKey& key, absl::Time deadline) = 0;
  // Keeps it unless one is kept already; gives what is kept then: who is second gets the first one's.
  virtual absl::StatusOr<KeptReport> Keep(const ReportKey& key, const KeptReport& report,
                                          absl::Time deadline) = 0;
};

}  // namespace zhenhui::reporting::report

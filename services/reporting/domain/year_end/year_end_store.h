#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/year_end/year_end.h"

namespace zhenhui::reporting {

struct YearKey {
  std::string district;  // 6 digits
  int year = 0;
};

// What is stored of a year and of the one before it, as of one moment.
struct StoredYear {
  std::vector<YearEvent> events;
  std::vector<YearEvent> previous_events;  // of the year before; without contents
  absl::Time store_time;                   // by the store's clock
};

// The text of a certificate, kept for ever.
struct CertificateText {
  int generation = 0;
  std::string digest;
  std::string text;
  friend bool operator==(const CertificateText&, const CertificateText&) = default;
};

// A town's figures as they were signed: TownYearText and its digest.
struct SignedFigures {
  std::string township;
  std::string digest;
  std::string text;
};

// What one step writes, all or nothing.
struct YearAppend {
  YearKey key;
  int64_t seen = 0;           // number of the last event that was read; 0: none
  int64_t previous_seen = 0;  // the same of the year before
  std::vector<YearEvent> events;
  std::optional<CertificateText> certificate = {};
  std::optional<SignedFigures> figures = {};
};

// Where year ends are kept: events, certificates and what was signed; nothing of it ever changes.
// Thread-safe. Errors besides those named: UNAVAILABLE and its like while the store cannot be reached.
class YearEndStore {
 public:
  virtual ~YearEndStore() = default;

  // Contents of restatements only if asked for: they can be large.
  virtual absl::StatusOr<StoredYear> Read(const YearKey& key, bool with_contents, absl::Time deadline) = 0;
  // Years of the district that have events, newest first.
  virtual absl::StatusOr<std::vector<int>> Years(const std::string& district, absl::Time deadline) = 0;
  // Districts and years whose last closing has not been reopened.
  virtual absl::StatusOr<std::vector<YearKey>> ClosedYears(absl::Time deadline) = 0;
  // In one transaction, if the last events of both years are those that were seen; appends of one district
  // follow one another. ABORTED, EVENT_CONFLICT otherwise: read and decide again. UNKNOWN, COMMIT_UNKNOWN: so
  // too.
  virtual absl::Status Append(const YearAppend& append, absl::Time deadline) = 0;
  // Generation 0 is the newest. NOT_FOUND, CERTIFICATE_NOT_FOUND.
  virtual absl::StatusOr<CertificateText> ReadCertificate(const YearKey& key, int generation,
                                                          absl::Time deadline) = 0;
  // TownYearText as signed. NOT_FOUND, SIGNED_FIGURES_NOT_FOUND.
  virtual absl::StatusOr<std::string> ReadSigned(const YearKey& key, const std::string& township,
                                                 const std::string& digest, absl::Time deadline) = 0;
};

}  // namespace zhenhui::reporting

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/year_end/district_year.h"
#include "services/reporting/domain/year_end/year_end.h"

// The certificate of a closed year: canonical text, described byte by byte in CERTIFICATE.md. Everything that
// a report prints is in it, so a closed year needs neither the catalogue nor the program of its time.
namespace zhenhui::reporting {

struct Certificate {
  int generation = 1;
  std::string previous;    // digest of the year before's newest certificate; empty where it was never closed
  std::string superseded;  // digest of this year's certificate of the generation before; empty of the first
  absl::Time closed_at;
  std::string closed_by;
  std::string digest;                       // of the district's year: what was approved
  std::vector<DistrictApproved> approvals;  // two, of different persons; each with `digest`
  DistrictYear figures;
  std::vector<TownSigned> signatures;  // one for each town, in the order of figures.towns

  friend bool operator==(const Certificate&, const Certificate&) = default;
};

// SHA-256 of the whole text: how a certificate is referred to.
std::string CertificateDigest(std::string_view text);

// The canonical text. `certificate` is consistent as ParseCertificate demands.
std::string RenderCertificate(const Certificate& certificate);

// Reads a certificate and proves that it is whole: the sum at its end, one way to write it (order, no
// repeats, no other spaces or numbers), towns' and district's digests, definitions' digests, states that fit
// their figures. INVALID_ARGUMENT: CERTIFICATE_INVALID (names the line), CERTIFICATE_DIGEST (a digest is not
// that of its content).
absl::StatusOr<Certificate> ParseCertificate(std::string_view text);

// One thing that a verification looked at.
struct CertificateCheck {
  std::string name_zh;
  std::string name_en;
  int64_t count = 0;     // how many figures, towns or digests were compared
  std::string failure;   // English; empty: in order
  bool warning = false;  // a failure of the records, not of the certificate
};

// All checks of a certificate, offline: ParseCertificate's, quarters against months, the year against its
// quarters, parts against wholes (a warning: the records say so), and the chain to `previous`, the text of
// the certificate of the year before, when it is given. Never an empty list; after a failure to read it is
// only that.
std::vector<CertificateCheck> VerifyCertificate(std::string_view text,
                                                std::optional<std::string_view> previous);

}  // namespace zhenhui::reporting

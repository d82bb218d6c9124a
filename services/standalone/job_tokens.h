#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/jwt.h"
#include "common/time/clock.h"

namespace zhenhui::standalone {

// Mints the tokens with which the services of one process call each other: role job, whole country,
// short-lived, renewed when half of the life has passed. Thread-safe.
class JobTokens {
 public:
  // INVALID_ARGUMENT when `private_pem` is no P-256 key. `clock` outlives the object.
  static absl::StatusOr<std::shared_ptr<JobTokens>> Create(std::string private_pem, std::string subject,
                                                           const Clock& clock,
                                                           absl::Duration life = absl::Minutes(10));

  // A token that is good for half of the life at least.
  std::string Get();

 private:
  JobTokens(auth::TokenSigner signer, std::string subject, const Clock& clock, absl::Duration life);

  const auth::TokenSigner signer_;
  const std::string subject_;
  const Clock& clock_;
  const absl::Duration life_;
  std::mutex mu_;
  std::string token_;                           // guarded by mu_
  absl::Time renew_at_ = absl::InfinitePast();  // guarded by mu_
};

}  // namespace zhenhui::standalone

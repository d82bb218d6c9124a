#include "services/standalone/job_tokens.h"

#include <utility>

#include "common/log/log.h"
#include "common/status/status_macros.h"

namespace zhenhui::standalone {

absl::StatusOr<std::shared_ptr<JobTokens>> JobTokens::Create(std::string private_pem, std::string subject,
                                                             const Clock& clock, absl::Duration life) {
  ASSIGN_OR_RETURN(auth::TokenSigner signer, auth::TokenSigner::Create(std::move(private_pem)));
  return std::shared_ptr<JobTokens>(new JobTokens(std::move(signer), std::move(subject), clock, life));
}

JobTokens::JobTokens(auth::TokenSigner signer, std::string subject, const Clock& clock, absl::Duration life)
    : signer_(std::move(signer)), subject_(std::move(subject)), clock_(clock), life_(life) {}

std::string JobTokens::Get() {
  const absl::Time now = clock_.Now();
  std::lock_guard lock(mu_);
  if (now < renew_at_) return token_;
  absl::StatusOr<std::string> fresh = signer_.Sign({.subject = subject_,
                                                    .role = auth::Role::kJob,
                                                    .scope = std::string(auth::kWholeCountry),
                                                    .expires = now + life_},
                                                   now);
  if (!fresh.ok()) {
    log::Error("cannot mint a token", {{"why", std::string(fresh.status().message())}});
    return token_;
  }
  token_ = *std::move(fresh);
  renew_at_ = now + life_ / 2;
  return token_;
}

}  // namespace zhenhui::standalone

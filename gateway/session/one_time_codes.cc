#include "gateway/session/one_time_codes.h"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "absl/strings/escaping.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::session {
namespace {

std::string NewCode() {
  std::array<unsigned char, 16> bytes;
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) throw std::runtime_error("no random bytes");
  return absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

}  // namespace

std::string OneTimeCodes::Add(std::string token, absl::Duration life) {
  std::string code = NewCode();
  const absl::Time now = clock_.Now();
  std::lock_guard lock(mu_);
  // Dead ones that nobody used go here; those who add are few and trusted.
  absl::erase_if(codes_, [now](const auto& entry) { return entry.second.expires <= now; });
  codes_.emplace(code, Entry{std::move(token), now + life});
  return code;
}

std::optional<std::string> OneTimeCodes::Take(std::string_view code) {
  const absl::Time now = clock_.Now();
  std::lock_guard lock(mu_);
  const auto found = codes_.find(Absl(code));
  if (found == codes_.end()) return std::nullopt;
  Entry entry = std::move(found->second);
  codes_.erase(found);
  if (entry.expires <= now) return std::nullopt;
  return std::move(entry.token);
}

}  // namespace zhenhui::gateway::session

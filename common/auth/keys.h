#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace zhenhui::auth {

// A P-256 key pair in PEM (PKCS #8 and SubjectPublicKeyInfo).
struct KeyPair {
  std::string private_pem;
  std::string public_pem;
};

absl::StatusOr<KeyPair> GenerateKeyPair();

// The public half of a P-256 private key; INVALID_ARGUMENT for anything else.
absl::StatusOr<std::string> PublicKeyOf(const std::string& private_pem);

// Names a P-256 public key: the first 16 hex digits of the SHA-256 of its DER form. INVALID_ARGUMENT for
// other input.
absl::StatusOr<std::string> KeyId(const std::string& public_pem);

// Writes `text` with mode 0600, whole or not at all (through a temporary file beside it). Replaces an older
// file.
absl::Status WriteSecretFile(const std::filesystem::path& path, std::string_view text);

// Reads every file. One file may hold several PEM public keys one after another.
// NOT_FOUND when a file cannot be read, INVALID_ARGUMENT when one holds no P-256 public key.
absl::StatusOr<std::vector<std::string>> LoadPublicKeys(const std::vector<std::filesystem::path>& paths);

}  // namespace zhenhui::auth

#include "common/auth/keys.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::auth {
namespace {

constexpr std::size_t kKeyIdDigits = 16;

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;

absl::Status NotAKey(std::string_view which) {
  return Error(absl::StatusCode::kInvalidArgument, "KEY_INVALID",
               absl::StrCat("this is not a P-256 ", Absl(which), " key in PEM"));
}

bool IsP256(EVP_PKEY* key) {
  char group[32] = "";
  std::size_t length = 0;
  return key != nullptr && EVP_PKEY_get_group_name(key, group, sizeof(group), &length) == 1 &&
         std::string_view(group) == "prime256v1";
}

// The empty password keeps OpenSSL from asking on the terminal for an encrypted key.
int NoPassword(char*, int, int, void*) { return 0; }

std::string Contents(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

absl::StatusOr<std::string> WritePublic(EVP_PKEY* key) {
  const Bio out(BIO_new(BIO_s_mem()));
  if (out == nullptr || PEM_write_bio_PUBKEY(out.get(), key) != 1) {
    return absl::InternalError("OpenSSL could not write the public key");
  }
  return Contents(out.get());
}

absl::Status SystemError(std::string_view what, const std::filesystem::path& path, int error) {
  return absl::InternalError(absl::StrCat(Absl(what), " ", path.string(), ": ", std::strerror(error)));
}

absl::Status WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return absl::InternalError(std::strerror(errno));
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0 ? absl::OkStatus() : absl::InternalError(std::strerror(errno));
}

}  // namespace

absl::StatusOr<KeyPair> GenerateKeyPair() {
  const Key key(EVP_EC_gen("P-256"));
  const Bio out(BIO_new(BIO_s_mem()));
  if (key == nullptr || out == nullptr ||
      PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return absl::InternalError("OpenSSL could not generate a key pair");
  }
  KeyPair pair;
  pair.private_pem = Contents(out.get());
  ASSIGN_OR_RETURN(pair.public_pem, WritePublic(key.get()));
  return pair;
}

absl::StatusOr<std::string> PublicKeyOf(const std::string& private_pem) {
  const Bio in(BIO_new_mem_buf(private_pem.data(), static_cast<int>(private_pem.size())));
  const Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, NoPassword, nullptr));
  if (!IsP256(key.get())) return NotAKey("private");
  return WritePublic(key.get());
}

absl::StatusOr<std::string> KeyId(const std::string& public_pem) {
  const Bio in(BIO_new_mem_buf(public_pem.data(), static_cast<int>(public_pem.size())));
  const Key key(PEM_read_bio_PUBKEY(in.get(), nullptr, NoPassword, nullptr));
  if (!IsP256(key.get())) return NotAKey("public");
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key.get(), &der);
  if (size <= 0) return absl::InternalError("OpenSSL could not encode the public key");
  const std::string digest = Sha256Hex({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return digest.substr(0, kKeyIdDigits);
}

absl::Status WriteSecretFile(const std::filesystem::path& path, std::string_view text) {
  std::string temporary = path.string() + ".XXXXXX";
  const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);  // creates with mode 0600
  if (fd < 0) return SystemError("cannot create a file beside", path, errno);
  const absl::Status written = WriteAll(fd, text);
  ::close(fd);
  if (!written.ok() || ::rename(temporary.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(temporary.c_str());
    return written.ok() ? SystemError("cannot replace", path, error) : written;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> LoadPublicKeys(const std::vector<std::filesystem::path>& paths) {
  constexpr std::string_view kEnd = "-----END PUBLIC KEY-----";
  std::vector<std::string> keys;
  for (const std::filesystem::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      return Error(absl::StatusCode::kNotFound, "KEY_FILE_MISSING",
                   absl::StrCat("cannot read the public key file ", path.string()));
    }
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::size_t before = keys.size();
    std::size_t begin = 0;
    for (std::size_t end = text.find(kEnd); end != std::string::npos; end = text.find(kEnd, begin)) {
      end += kEnd.size();
      keys.push_back(text.substr(begin, end - begin) + "\n");
      RETURN_IF_ERROR(WithMetadata(KeyId(keys.back()).status(), "file", path.string()));
      begin = end;
    }
    if (keys.size() == before) return WithMetadata(NotAKey("public"), "file", path.string());
  }
  return keys;
}

}  // namespace zhenhui::auth

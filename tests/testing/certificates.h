#pragma once
#include <memory>
#include <string>

// Certificates for tests of TLS: a small authority in memory, with keys that exist in this process alone.
namespace zhenhui::testing {

// A certificate and its private key, both PEM.
struct Certificate {
  std::string certificate;
  std::string key;
};

// Issues certificates that are good for an hour. Throws std::runtime_error when OpenSSL fails. Not
// thread-safe.
class CertificateAuthority {
 public:
  explicit CertificateAuthority(const std::string& name);
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  // Its own certificate, PEM: what those who trust it are given.
  const std::string& certificate() const { return pem_; }
  // For a server or a client. `alternative_names` as OpenSSL writes them: "DNS:localhost,IP:127.0.0.1".
  Certificate Issue(const std::string& common_name, const std::string& alternative_names);

 private:
  struct Keys;
  std::unique_ptr<Keys> keys_;
  std::string pem_;
  long next_serial_ = 2;
};

}  // namespace zhenhui::testing

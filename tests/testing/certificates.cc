#include "tests/testing/certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace zhenhui::testing {
namespace {

template <typename T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY, EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Deleter<X509, X509_free>>;

void Must(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

Key NewKey() {
  Key key(EVP_EC_gen("P-256"));
  Must(key != nullptr, "EVP_EC_gen");
  return key;
}

template <typename Write>
std::string Pem(Write write) {
  const std::unique_ptr<BIO, Deleter<BIO, BIO_free_all>> out(BIO_new(BIO_s_mem()));
  Must(out != nullptr && write(out.get()) == 1, "cannot write PEM");
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return std::string(data, static_cast<size_t>(size));
}

std::string PemOf(X509* certificate) {
  return Pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

void Extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  Must(extension != nullptr, "X509V3_EXT_conf_nid");
  const int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  Must(added == 1, "X509_add_ext");
}

X509Ptr NewCertificate(const std::string& common_name, EVP_PKEY* key, long serial) {
  X509Ptr made(X509_new());
  Must(made != nullptr, "X509_new");
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial);
  // Begins a minute ago: a machine's clock may be set while a test runs.
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  Must(
      X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0) == 1,
      "X509_NAME_add_entry_by_txt");
  Must(X509_set_pubkey(made.get(), key) == 1, "X509_set_pubkey");
  return made;
}

}  // namespace

struct CertificateAuthority::Keys {
  Key key = NewKey();
  X509Ptr certificate;
};

CertificateAuthority::CertificateAuthority(const std::string& name) : keys_(std::make_unique<Keys>()) {
  X509Ptr own = NewCertificate(name, keys_->key.get(), 1);
  X509_set_issuer_name(own.get(), X509_get_subject_name(own.get()));
  Extend(own.get(), own.get(), NID_basic_constraints, "critical,CA:TRUE");
  Extend(own.get(), own.get(), NID_key_usage, "critical,keyCertSign");
  Must(X509_sign(own.get(), keys_->key.get(), EVP_sha256()) > 0, "X509_sign");
  pem_ = PemOf(own.get());
  keys_->certificate = std::move(own);
}

CertificateAuthority::~CertificateAuthority() = default;

Certificate CertificateAuthority::Issue(const std::string& common_name,
                                        const std::string& alternative_names) {
  const Key key = NewKey();
  const X509Ptr made = NewCertificate(common_name, key.get(), next_serial_++);
  X509* const issuer = keys_->certificate.get();
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer));
  Extend(made.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  Extend(made.get(), issuer, NID_subject_alt_name, alternative_names);
  Must(X509_sign(made.get(), keys_->key.get(), EVP_sha256()) > 0, "X509_sign");
  return {PemOf(made.get()), Pem([&](BIO* out) {
            return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace zhenhui::testing

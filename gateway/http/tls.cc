#include "gateway/http/tls.h"

#include <array>

#include <openssl/ssl.h>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::gateway::http {
namespace {

// A client that speaks HTTP/2 too must learn that this server does not.
int ChooseProtocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                   unsigned int in_length, void*) {
  static constexpr std::array<unsigned char, 9> kHttp11 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, kHttp11.data(), kHttp11.size(), in, in_length) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

absl::StatusOr<std::unique_ptr<asio::ssl::context>> MakeTlsContext(const TlsFiles& files) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  boost::system::error_code error;
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                           asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                           asio::ssl::context::no_tlsv1_1,
                       error);
  if (!error) context->use_certificate_chain_file(files.certificate, error);
  if (!error) context->use_private_key_file(files.key, asio::ssl::context::pem, error);
  if (error) {
    return Error(absl::StatusCode::kInvalidArgument, "TLS_FILES",
                 absl::StrCat("cannot serve TLS with the certificate \"", files.certificate,
                              "\" and the key \"", files.key, "\": ", error.message()));
  }
  SSL_CTX_set_alpn_select_cb(context->native_handle(), ChooseProtocol, nullptr);
  return context;
}

}  // namespace zhenhui::gateway::http

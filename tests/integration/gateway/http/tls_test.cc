#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "common/status/reason.h"
#include "tests/integration/gateway/http/http_fixture.h"
#include "tests/testing/certificates.h"
#include "tests/testing/matchers.h"

namespace zhenhui::testing {
namespace {

using gateway::http::Exchange;
using gateway::http::Response;
using gateway::http::Server;

class HttpsTest : public HttpFixture {
 protected:
  HttpsTest() {
    char name[] = "/tmp/zhenhui-https-XXXXXX";
    folder_ = ::mkdtemp(name);
    const Certificate issued = authority_.Issue("localhost", "DNS:localhost,IP:127.0.0.1");
    std::ofstream(folder_ + "/certificate.pem") << issued.certificate;
    std::ofstream(folder_ + "/key.pem") << issued.key;
  }
  ~HttpsTest() override { std::filesystem::remove_all(folder_); }

  gateway::http::TlsFiles files() const { return {folder_ + "/certificate.pem", folder_ + "/key.pem"}; }

  CertificateAuthority authority_{"test authority"};
  std::string folder_;
};

TEST_F(HttpsTest, RequestsComeOverTlsAndAreKnownToBeSecure) {
  const auto handler = [](Exchange& exchange) -> boost::asio::awaitable<void> {
    return exchange.Send({.body = exchange.request().secure ? "secure" : "plain"});
  };
  Serve(handler, {.tls = files()});
  HttpClient client(port(), {.tls_ca = authority_.certificate()});
  EXPECT_EQ(client.Get("/").body, "secure");
  EXPECT_EQ(client.Get("/again").body, "secure");
  EXPECT_EQ(client.Get("/", "connection: close\r\n").status, 200);
  EXPECT_TRUE(client.ReadsEnd());
}

TEST_F(HttpsTest, ALargeAnswerComesWhole) {
  const auto handler = [](Exchange& exchange) -> boost::asio::awaitable<void> {
    return exchange.Send({.body = std::string(5'000'000, 'x')});
  };
  Serve(handler, {.tls = files()});
  HttpClient client(port(), {.tls_ca = authority_.certificate()});
  EXPECT_EQ(client.Get("/").body.size(), 5'000'000u);
}

TEST_F(HttpsTest, OneWhoSpeaksNoTlsIsCutAndOthersAreServed) {
  Serve(Echo, {.limits = {.handshake = absl::Milliseconds(50)}, .tls = files()});
  HttpClient silent(port());
  HttpClient plain(port());
  plain.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  EXPECT_NE(plain.Read().status, 200);
  EXPECT_EQ(HttpClient(port(), {.tls_ca = authority_.certificate()}).Get("/").status, 200);
  EXPECT_TRUE(silent.ReadsEnd());
}

TEST_F(HttpsTest, FilesThatDoNotFitAreRefusedAtTheStart) {
  EXPECT_THAT(Server::Start({.tls = {"/nowhere", "/nowhere"}}, Echo), HasReason("TLS_FILES"));
  EXPECT_THAT(Server::Start({.tls = {files().key, files().key}}, Echo), HasReason("TLS_FILES"));
}

}  // namespace
}  // namespace zhenhui::testing

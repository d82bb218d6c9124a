// TLS and mutual TLS over a real port, with certificates made here.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/auth/policy.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "common/rpc/status_to_grpc.h"
#include "tests/testing/certificates.h"
#include "tests/testing/matchers.h"
#include "tests/unit/common/rpc/test_service.h"

namespace zhenhui::rpc {
namespace {

using ::zhenhui::testing::Certificate;
using ::zhenhui::testing::CertificateAuthority;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::StatusIs;

constexpr char kHere[] = "DNS:localhost,IP:127.0.0.1";

// Ends each call with OK.
class Answer final : public grpc::ServerUnaryReactor {
 public:
  Answer() { Finish(grpc::Status::OK); }
  void OnDone() override { delete this; }
};

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    std::filesystem::create_directories(folder_);
    service_.unary = [](grpc::CallbackServerContext*, const Text* request, Text* response) {
      response->set_value(absl::StrCat("echo ", request->value()));
      return new Answer;
    };
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path) << text;
    return path;
  }
  // Who calls in shows a certificate of `client_ca`, unless it is null.
  void Serve(const Certificate& own, const CertificateAuthority* client_ca = nullptr) {
    ServerOptions options;
    options.access_log = AccessLog::kOff;
    options.tls.certificate_file = File("server.pem", own.certificate);
    options.tls.key_file = File("server.key", own.key);
    if (client_ca != nullptr) options.tls.client_ca_file = File("clients.pem", client_ca->certificate());
    server_ = std::make_unique<Server>(options, std::vector<Server::Hosted>{{&service_, "test.Test"}});
    port_ = server_->Start().value();
  }
  ChannelTls Trusting(const CertificateAuthority& ca, const Certificate* own = nullptr) {
    ChannelTls tls;
    tls.enabled = true;
    tls.ca_file = File("trusted.pem", ca.certificate());
    if (own != nullptr) {
      tls.certificate_file = File("client.pem", own->certificate);
      tls.key_file = File("client.key", own->key);
    }
    return tls;
  }
  absl::Status Ask(const ChannelTls& tls, const std::string& host = "localhost") {
    const auto channel = Connect(absl::StrCat(host, ":", port_), {.tls = tls}).value();
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(20));
    std::string answer;
    const grpc::Status status = CallUnary(*channel, &context, "hi", &answer);
    EXPECT_EQ(answer, status.ok() ? "echo hi" : "");
    return FromGrpc(status);
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / absl::StrCat("zhenhui-tls-", getpid());
  CertificateAuthority ours_{"Our authority"};
  CertificateAuthority strange_{"Another authority"};
  TestService service_;
  std::unique_ptr<Server> server_;
  int port_ = 0;
};

TEST_F(TlsTest, AClientThatTrustsTheAuthorityIsServedByNameAndByAddress) {
  Serve(ours_.Issue("server", kHere));
  EXPECT_THAT(Ask(Trusting(ours_)), IsOk());
  EXPECT_THAT(Ask(Trusting(ours_), "127.0.0.1"), IsOk());
}

TEST_F(TlsTest, AServerOfAnotherAuthorityIsNotTrusted) {
  Serve(strange_.Issue("server", kHere));
  EXPECT_THAT(Ask(Trusting(ours_)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Ask(Trusting(strange_)), IsOk());
}

TEST_F(TlsTest, ACertificateForAnotherHostIsRefused) {
  Serve(ours_.Issue("elsewhere", "DNS:elsewhere.example"));
  EXPECT_THAT(Ask(Trusting(ours_)), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, AClientWithoutTlsIsNotServed) {
  Serve(ours_.Issue("server", kHere));
  EXPECT_THAT(Ask(ChannelTls()), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(TlsTest, MutualTlsServesClientsOfItsAuthorityAlone) {
  Serve(ours_.Issue("server", kHere), &ours_);
  const Certificate known = ours_.Issue("client", "DNS:client.example");
  const Certificate unknown = strange_.Issue("client", "DNS:client.example");
  EXPECT_THAT(Ask(Trusting(ours_, &known)), IsOk());
  EXPECT_THAT(Ask(Trusting(ours_)), StatusIs(absl::StatusCode::kUnavailable)) << "without a certificate";
  EXPECT_THAT(Ask(Trusting(ours_, &unknown)), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Ask(Trusting(ours_, &known)), IsOk()) << "after the refused ones";
}

TEST_F(TlsTest, FilesThatDoNotFitEachOtherAreAnErrorAtTheStart) {
  ServerOptions options;
  options.tls.certificate_file = File("server.pem", ours_.Issue("server", kHere).certificate);
  options.tls.key_file = File("server.key", ours_.Issue("other", kHere).key);
  Server server(options, {{&service_, "test.Test"}});
  EXPECT_THAT(server.Start().status(), HasReason("ADDRESS_UNAVAILABLE"));
}

}  // namespace
}  // namespace zhenhui::rpc

#pragma once
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/server.h"
#include "gateway/app/compose.h"
#include "services/standalone/bootstrap.h"
#include "services/standalone/composition.h"

namespace zhenhui::standalone {

// What the command line said of the gateway.
struct HttpFlags {
  // "off": no gateway; empty: on loopback, at the port after that of the RPCs, or a free one if they have
  // one.
  std::string listen = {};
  std::string dashboard = {};   // folder; empty: that which is installed or built beside the program, if any
  std::string ready_file = {};  // written with the port once it listens
  std::string sign_in_file = {};  // gets the link that signs in, mode 0600
};

// The address for HTTP that `flag` and the address of the RPCs lead to; empty: none.
std::string HttpAddress(const std::string& flag, const std::string& rpc_listen);

// Whether only this machine reaches the address.
bool IsLoopback(const std::string& address);

// The gateway in front of the services of this process.
class HttpFront {
 public:
  // Listens; errors as gateway::StartGateway. The composition outlives it. `tls`: that of the RPCs, without
  // client certificates.
  static absl::StatusOr<std::unique_ptr<HttpFront>> Start(const HttpFlags& flags, const std::string& address,
                                                          const rpc::ServerTls& tls, const Keys& keys,
                                                          Composition& composition);

  const gateway::Gateway& gateway() const { return *gateway_; }

  // A link that signs the district's office in, once, within a day; empty when others than this machine reach
  // the gateway, because whoever reads the screen would be in.
  const std::string& sign_in_link() const { return sign_in_link_; }

  // Lets requests in hand finish for a while.
  void Stop();

 private:
  HttpFront() = default;
  absl::Status MakeLink(const HttpFlags& flags, const Keys& keys);

  const SystemClock clock_;
  std::unique_ptr<gateway::Gateway> gateway_;
  std::string sign_in_link_;
};

}  // namespace zhenhui::standalone

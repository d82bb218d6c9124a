#include "common/service/hosted_service.h"

namespace zhenhui::service {

void SetServing(rpc::Server& server, HostedService& service, bool serving) {
  for (const rpc::Server::Hosted& one : service.hosted()) server.SetServing(one.health_name, serving);
}

}  // namespace zhenhui::service

#pragma once

#include <memory>
#include <utility>
#include <vector>

#include <grpcpp/support/server_interceptor.h>

#include "common/rpc/call_log.h"

namespace zhenhui::rpc {

// Records every call but those of methods that do it themselves. A C++ server interceptor cannot reject a
// call; but it gives a request that gRPC could not parse (a text that is no UTF-8) an answer that says so:
// MESSAGE_MALFORMED instead of an empty UNIMPLEMENTED.
class AccessInterceptorFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  // `own`: of the server's services; they outlive the server.
  AccessInterceptorFactory(std::shared_ptr<const CallLog> log, std::vector<const OwnRecords*> own)
      : log_(std::move(log)), own_(std::move(own)) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override;

 private:
  const std::shared_ptr<const CallLog> log_;
  const std::vector<const OwnRecords*> own_;
};

}  // namespace zhenhui::rpc

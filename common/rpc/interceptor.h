#pragma once

#include <memory>
#include <string>

#include <grpcpp/support/server_interceptor.h>

#include "absl/time/time.h"
#include "common/metrics/timers.h"

namespace zhenhui::rpc {

enum class AccessLog {
  kAll,       // one line for each call
  kProblems,  // failed calls and those slower than kSlowCall
  kOff,
};

inline constexpr absl::Duration kSlowCall = absl::Milliseconds(500);

// Times every call and writes its access line. A C++ server interceptor cannot reject a call; but it gives a
// request that gRPC could not parse (a text that is no UTF-8) an answer that says so: MESSAGE_MALFORMED
// instead of an empty UNIMPLEMENTED.
class AccessInterceptorFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  // `timers` may be null and must outlive the server.
  AccessInterceptorFactory(metrics::Timers* timers, AccessLog access_log)
      : timers_(timers), access_log_(access_log) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(grpc::experimental::ServerRpcInfo* info) override;

 private:
  metrics::Timers* const timers_;
  const AccessLog access_log_;
};

}  // namespace zhenhui::rpc

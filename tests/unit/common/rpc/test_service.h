#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <google/protobuf/wrappers.pb.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/method_handler.h>
#include <grpcpp/impl/codegen/proto_utils.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/codegen/service_type.h>

namespace zhenhui::rpc {

using Text = google::protobuf::StringValue;

inline constexpr char kUnaryMethod[] = "/test.Test/Unary";
inline constexpr char kStreamMethod[] = "/test.Test/Stream";
inline constexpr char kBidiMethod[] = "/test.Test/Bidi";

// A handler that a test may set while its server runs. The lock lets ThreadSanitizer see that what the test
// did before is known to the handler; it does not see gRPC's own.
template <typename Result, typename... Arguments>
class Handler {
 public:
  Handler& operator=(std::function<Result(Arguments...)> function) {
    std::lock_guard lock(mu_);
    function_ = std::move(function);
    return *this;
  }
  Result operator()(Arguments... arguments) {
    std::unique_lock lock(mu_);
    const std::function<Result(Arguments...)> function = function_;
    lock.unlock();
    return function(arguments...);
  }

 private:
  std::mutex mu_;
  std::function<Result(Arguments...)> function_;  // guarded by mu_
};

// What generated code would be for a service with one method of each shape, over strings: these tests need no
// proto.
class TestService final : public grpc::Service {
 public:
  Handler<grpc::ServerUnaryReactor*, grpc::CallbackServerContext*, const Text*, Text*> unary;
  Handler<grpc::ServerWriteReactor<Text>*, grpc::CallbackServerContext*, const Text*> stream;
  Handler<grpc::ServerBidiReactor<Text, Text>*, grpc::CallbackServerContext*> bidi;

  TestService() {
    using grpc::internal::RpcMethod;
    using grpc::internal::RpcServiceMethod;
    AddMethod(new RpcServiceMethod(kUnaryMethod, RpcMethod::NORMAL_RPC, nullptr));
    AddMethod(new RpcServiceMethod(kStreamMethod, RpcMethod::SERVER_STREAMING, nullptr));
    AddMethod(new RpcServiceMethod(kBidiMethod, RpcMethod::BIDI_STREAMING, nullptr));
    MarkMethodCallback(0, new grpc::internal::CallbackUnaryHandler<Text, Text>(
                              [this](grpc::CallbackServerContext* context, const Text* request,
                                     Text* response) { return unary(context, request, response); }));
    MarkMethodCallback(1, new grpc::internal::CallbackServerStreamingHandler<Text, Text>(
                              [this](grpc::CallbackServerContext* context, const Text* request) {
                                return stream(context, request);
                              }));
    MarkMethodCallback(2, new grpc::internal::CallbackBidiHandler<Text, Text>(
                              [this](grpc::CallbackServerContext* context) { return bidi(context); }));
  }
};

inline Text MakeText(const std::string& value) {
  Text text;
  text.set_value(value);
  return text;
}

inline grpc::Status CallUnary(grpc::Channel& channel, grpc::ClientContext* context,
                              const std::string& request, std::string* response) {
  const grpc::internal::RpcMethod method(kUnaryMethod, grpc::internal::RpcMethod::NORMAL_RPC);
  Text answer;
  const grpc::Status status =
      grpc::internal::BlockingUnaryCall<Text, Text>(&channel, method, context, MakeText(request), &answer);
  *response = answer.value();
  return status;
}

inline std::unique_ptr<grpc::ClientReader<Text>> CallStream(grpc::Channel& channel,
                                                            grpc::ClientContext* context) {
  const grpc::internal::RpcMethod method(kStreamMethod, grpc::internal::RpcMethod::SERVER_STREAMING);
  return std::unique_ptr<grpc::ClientReader<Text>>(
      grpc::internal::ClientReaderFactory<Text>::Create(&channel, method, context, Text()));
}

inline std::unique_ptr<grpc::ClientReaderWriter<Text, Text>> CallBidi(grpc::Channel& channel,
                                                                      grpc::ClientContext* context) {
  const grpc::internal::RpcMethod method(kBidiMethod, grpc::internal::RpcMethod::BIDI_STREAMING);
  return std::unique_ptr<grpc::ClientReaderWriter<Text, Text>>(
      grpc::internal::ClientReaderWriterFactory<Text, Text>::Create(&channel, method, context));
}

}  // namespace zhenhui::rpc

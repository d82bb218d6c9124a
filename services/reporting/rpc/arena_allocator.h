#pragma once
#include <google/protobuf/arena.h>
#include <grpcpp/support/message_allocator.h>

namespace zhenhui::reporting {

// Gives each call its request and response on one arena: a comparison's answer is hundreds of small messages,
// and making and freeing them one by one would cost more than the comparison. Thread-safe.
template <typename Request, typename Response>
class ArenaAllocator final : public grpc::MessageAllocator<Request, Response> {
 public:
  grpc::MessageHolder<Request, Response>* AllocateMessages() override { return new Holder; }

 private:
  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    Holder() : arena_(Options(first_block_)) {
      this->set_request(google::protobuf::Arena::CreateMessage<Request>(&arena_));
      this->set_response(google::protobuf::Arena::CreateMessage<Response>(&arena_));
    }
    void Release() override { delete this; }

   private:
    static google::protobuf::ArenaOptions Options(char (&block)[16384]) {
      google::protobuf::ArenaOptions options;
      options.initial_block = block;
      options.initial_block_size = sizeof(block);
      return options;
    }
    alignas(16) char first_block_[16384];
    google::protobuf::Arena arena_;
  };
};

}  // namespace zhenhui::reporting

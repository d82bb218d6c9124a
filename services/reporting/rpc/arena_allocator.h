#pragma once
#include <google/protobuf/arena.h>
#include <grpcpp/support/message_allocator.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace zhenhui::reporting {

// Gives each call its request and response on one arena: a comparison's answer is hundreds of small messages,
// and making and freeing them one by one would cost more than the comparison. Arenas are used again, because
// malloc is slow with blocks of their size. Thread-safe; outlives all calls.
template <typename Request, typename Response>
class ArenaAllocator final : public grpc::MessageAllocator<Request, Response> {
 public:
  grpc::MessageHolder<Request, Response>* AllocateMessages() override {
    std::unique_ptr<Holder> holder = Take();
    if (holder == nullptr) holder = std::make_unique<Holder>(*this);
    holder->Begin();
    return holder.release();
  }

 private:
  // More than are ever under way at once on a small machine; what is above goes back to malloc.
  static constexpr size_t kKept = 256;

  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    explicit Holder(ArenaAllocator& owner) : owner_(owner), arena_(Options(first_block_)) {}
    void Begin() {
      this->set_request(google::protobuf::Arena::CreateMessage<Request>(&arena_));
      this->set_response(google::protobuf::Arena::CreateMessage<Response>(&arena_));
    }
    void Release() override {
      arena_.Reset();  // keeps the first block alone
      owner_.Keep(std::unique_ptr<Holder>(this));
    }

   private:
    static google::protobuf::ArenaOptions Options(char (&block)[16384]) {
      google::protobuf::ArenaOptions options;
      options.initial_block = block;
      options.initial_block_size = sizeof(block);
      return options;
    }
    ArenaAllocator& owner_;
    alignas(16) char first_block_[16384];
    google::protobuf::Arena arena_;
  };

  std::unique_ptr<Holder> Take() {
    std::lock_guard lock(mutex_);
    if (free_.empty()) return nullptr;
    std::unique_ptr<Holder> holder = std::move(free_.back());
    free_.pop_back();
    return holder;
  }
  void Keep(std::unique_ptr<Holder> holder) {
    std::lock_guard lock(mutex_);
    if (free_.size() < kKept) free_.push_back(std::move(holder));
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Holder>> free_;  // guarded by mutex_
};

}  // namespace zhenhui::reporting

#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/exec/executor.h"
#include "common/feed/follower.h"
#include "common/feed/wire_message.h"
#include "common/rpc/live_stream.h"

namespace zhenhui::feed {

// Turns a batch into the bytes of the service's message (wire_message.h): township name, changes,
// head_revision. May be called from several streams at once. An error ends the stream.
using BatchEncoder = std::function<absl::StatusOr<std::string>(const Batch&)>;

// The whole of a WatchChanges handler after its checks; the method is registered raw. The caller has checked
// that options.scope lies in his scope. The stream deletes itself. Use an executor of its own (two threads)
// for the feed: a full one ends the stream, and pushes must not be able to do that.
//   return feed::StartWatch(feed_executor_, feed_.hub(), feed_.source(), options, EncodeBatch);
inline grpc::ServerWriteReactor<grpc::ByteBuffer>* StartWatch(Executor& executor, WatchHub& hub,
                                                              Source& source, FollowOptions options,
                                                              BatchEncoder encode) {
  auto waker = std::make_shared<rpc::Waker>();
  const rpc::Lifetime lifetime = {.expires = options.expires, .now = options.now};
  auto follower = std::make_shared<Follower>(hub, source, std::move(options), [waker] { waker->Wake(); });
  auto next = [follower, encode = std::move(encode)]() -> absl::StatusOr<std::vector<grpc::ByteBuffer>> {
    absl::StatusOr<std::vector<Batch>> batches = follower->Next();
    if (!batches.ok()) return batches.status();
    std::vector<grpc::ByteBuffer> messages;
    messages.reserve(batches->size());
    for (const Batch& batch : *batches) {
      absl::StatusOr<std::string> message = encode(batch);
      if (!message.ok()) return message.status();
      messages.push_back(ToByteBuffer(*std::move(message)));
    }
    return messages;
  };
  return new rpc::LiveStream<grpc::ByteBuffer>(executor, std::move(next), std::move(waker), nullptr,
                                               absl::Seconds(1), lifetime);
}

}  // namespace zhenhui::feed

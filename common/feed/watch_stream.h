#pragma once
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/exec/executor.h"
#include "common/feed/follower.h"
#include "common/rpc/live_stream.h"

namespace zhenhui::feed {

// Turns a batch into the service's message: township name, changes, head_revision. May be called from several
// streams at once. An error (a record that cannot be parsed) ends the stream.
template <typename Response>
using BatchEncoder = std::function<absl::StatusOr<Response>(const Batch&)>;

// The whole of a WatchChanges handler after its checks; the caller has checked that options.scope lies in his
// scope. The stream deletes itself. Use an executor of its own (two threads) for the feed: a full one ends
// the stream, and pushes must not be able to do that.
//   return feed::StartWatch<WatchChangesResponse>(feed_executor_, feed_.hub(), feed_.source(), options,
//   EncodeBatch);
template <typename Response>
grpc::ServerWriteReactor<Response>* StartWatch(Executor& executor, WatchHub& hub, Source& source,
                                               FollowOptions options, BatchEncoder<Response> encode) {
  auto waker = std::make_shared<rpc::Waker>();
  auto follower = std::make_shared<Follower>(hub, source, std::move(options), [waker] { waker->Wake(); });
  auto next = [follower, encode = std::move(encode)]() -> absl::StatusOr<std::vector<Response>> {
    absl::StatusOr<std::vector<Batch>> batches = follower->Next();
    if (!batches.ok()) return batches.status();
    std::vector<Response> messages;
    messages.reserve(batches->size());
    for (const Batch& batch : *batches) {
      absl::StatusOr<Response> message = encode(batch);
      if (!message.ok()) return message.status();
      messages.push_back(*std::move(message));
    }
    return messages;
  };
  return new rpc::LiveStream<Response>(executor, std::move(next), std::move(waker), nullptr);
}

}  // namespace zhenhui::feed

#pragma once
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/exec/executor.h"
#include "common/feed/snapshot_stream.h"
#include "common/feed/watch_stream.h"
#include "common/feed/wire_message.h"
#include "common/rpc/stream.h"
#include "tests/integration/common/feed/item_store.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

// The item store behind a gRPC server; the activities protos lend their messages.
namespace zhenhui::feed {

namespace pb = zhenhui::activities::v1;

inline absl::StatusOr<std::string> EncodeBatch(const Batch& batch) {
  pb::WatchChangesResponse message;
  if (!batch.township.empty()) message.set_township(NameOfTownship(batch.township));
  message.set_head_revision(batch.head_revision);
  for (const SharedChange& change : batch.changes) {
    pb::ActivityChange* out = message.add_changes();
    out->set_revision(change->revision);
    out->mutable_activity()->set_name(change->record_id);
    if (change->previous.has_value()) out->mutable_previous_activity()->set_name(change->record_id);
  }
  return message.SerializeAsString();
}

inline absl::Status EncodeRecord(int16_t, std::string_view record, std::string* part) {
  const size_t equals = record.find('=');
  pb::Activity activity;
  activity.set_name(std::string(record.substr(0, equals)));
  activity.set_note(std::string(
      record.substr(equals + 1, record.size() - equals - 3)));  // without the bytes that are no text
  AppendBytes(pb::StreamSnapshotResponse::kActivitiesFieldNumber, activity.SerializeAsString(), part);
  return absl::OkStatus();
}

class WatchService final
    : public pb::ActivityService::WithRawCallbackMethod_WatchChanges<
          pb::ActivityService::WithRawCallbackMethod_StreamSnapshot<pb::ActivityService::Service>> {
 public:
  WatchService(Executor& executor, db::Pool& pool, Feed& feed)
      : executor_(executor), pool_(pool), feed_(feed) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchChanges(grpc::CallbackServerContext*,
                                                           const grpc::ByteBuffer* bytes) override {
    const auto request = ParseRequest<pb::WatchChangesRequest>(*bytes);
    if (!request.ok()) return new rpc::RefusedStream<grpc::ByteBuffer>(request.status());
    FollowOptions options{.scope = request->scope(), .max_changes = 50};
    for (const auto& cursor : request->cursors()) {
      options.cursors[TownshipOfName(cursor.township())] = cursor.revision();
    }
    return StartWatch(executor_, feed_.hub(), feed_.source(), std::move(options), EncodeBatch);
  }

  grpc::ServerWriteReactor<grpc::ByteBuffer>* StreamSnapshot(grpc::CallbackServerContext*,
                                                             const grpc::ByteBuffer* bytes) override {
    const auto request = ParseRequest<pb::StreamSnapshotRequest>(*bytes);
    if (!request.ok()) return new rpc::RefusedStream<grpc::ByteBuffer>(request.status());
    SnapshotOptions options{.township = TownshipOfName(request->township()),
                            .read_revision = request->read_revision(),
                            .encode = EncodeRecord,
                            .read_revision_field = pb::StreamSnapshotResponse::kReadRevisionFieldNumber,
                            .last_field = pb::StreamSnapshotResponse::kLastFieldNumber,
                            .part_bytes = part_bytes,
                            .timeout = timeout};
    return new SnapshotStream(executor_, pool_, std::move(options));
  }

  size_t part_bytes = size_t{256} << 10;
  absl::Duration timeout = absl::Minutes(1);

 private:
  Executor& executor_;
  db::Pool& pool_;
  Feed& feed_;
};

// One process of a service: pool, feed and server.
class Process {
 public:
  explicit Process(const std::string& dsn, Feed::Options options = {})
      : pool_(ItemPool(dsn)), feed_(pool_, WithDsn(std::move(options), dsn)), store(pool_, &feed_) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    server_ = builder.BuildAndStart();
    stub = pb::ActivityService::NewStub(
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
  }
  ~Process() {
    feed_.Close();
    server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
    server_->Wait();
  }
  void CloseFeed() { feed_.Close(); }

 private:
  static Feed::Options WithDsn(Feed::Options options, const std::string& dsn) {
    options.dsn = dsn;
    if (options.channel.empty()) options.channel = "items_feed";
    return options;
  }
  db::Pool pool_;
  Feed feed_;
  ThreadPool executor_{3, 100};

 public:
  ItemStore store;
  WatchService service{executor_, pool_, feed_};
  std::unique_ptr<pb::ActivityService::Stub> stub;

 private:
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace zhenhui::feed

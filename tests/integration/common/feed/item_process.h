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
#include "tests/integration/common/feed/item_store.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

// The item store behind a gRPC server; the activities protos lend their messages.
namespace zhenhui::feed {

namespace pb = zhenhui::activities::v1;

inline absl::StatusOr<pb::WatchChangesResponse> EncodeBatch(const Batch& batch) {
  pb::WatchChangesResponse message;
  if (!batch.township.empty()) message.set_township(NameOfTownship(batch.township));
  message.set_head_revision(batch.head_revision);
  for (const SharedChange& change : batch.changes) {
    pb::ActivityChange* out = message.add_changes();
    out->set_revision(change->revision);
    out->mutable_activity()->set_name(change->record_id);
    if (change->previous.has_value()) out->mutable_previous_activity()->set_name(change->record_id);
  }
  return message;
}

inline absl::Status EncodeRecord(int16_t, const std::string& record, pb::StreamSnapshotResponse* part) {
  const size_t equals = record.find('=');
  pb::Activity* activity = part->add_activities();
  activity->set_name(record.substr(0, equals));
  activity->set_note(
      record.substr(equals + 1, record.size() - equals - 3));  // without the bytes that are no text
  return absl::OkStatus();
}

class WatchService final : public pb::ActivityService::CallbackService {
 public:
  WatchService(Executor& executor, db::Pool& pool, Feed& feed)
      : executor_(executor), pool_(pool), feed_(feed) {}

  grpc::ServerWriteReactor<pb::WatchChangesResponse>* WatchChanges(
      grpc::CallbackServerContext*, const pb::WatchChangesRequest* request) override {
    FollowOptions options{.scope = request->scope(), .max_changes = 50};
    for (const auto& cursor : request->cursors()) {
      options.cursors[TownshipOfName(cursor.township())] = cursor.revision();
    }
    return StartWatch<pb::WatchChangesResponse>(executor_, feed_.hub(), feed_.source(), std::move(options),
                                                EncodeBatch);
  }

  grpc::ServerWriteReactor<pb::StreamSnapshotResponse>* StreamSnapshot(
      grpc::CallbackServerContext*, const pb::StreamSnapshotRequest* request) override {
    SnapshotOptions options{.township = TownshipOfName(request->township()),
                            .read_revision = request->read_revision(),
                            .part_bytes = part_bytes,
                            .timeout = timeout};
    return new SnapshotStream<pb::StreamSnapshotResponse>(executor_, pool_, std::move(options), EncodeRecord);
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

#pragma once
#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/exec/executor.h"
#include "common/rpc/call.h"
#include "common/rpc/call_log.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"
#include "common/rpc/unary.h"
#include "common/status/reason.h"
#include "services/reporting/domain/cube.h"

// Unary handlers that may wait for figures to include what the caller has written, without holding a thread.
namespace zhenhui::reporting {

// How long a call without a deadline of its own waits.
inline constexpr absl::Duration kLongestWait = absl::Seconds(10);

inline bool Includes(const Cube& cube, const std::vector<Position>& positions) {
  return std::all_of(positions.begin(), positions.end(), [&](const Position& position) {
    const absl::StatusOr<TownStatePtr> state = cube.Snapshot(position.township);
    return state.ok() && (*state)->applied()[position.feed] >= position.revision;
  });
}

// DEADLINE_EXCEEDED, NOT_FRESH_ENOUGH: says how far the first missing town is.
inline absl::Status NotFreshEnough(const Cube& cube, const std::vector<Position>& positions) {
  for (const Position& position : positions) {
    const absl::StatusOr<TownStatePtr> state = cube.Snapshot(position.township);
    const int64_t applied = state.ok() ? (*state)->applied()[position.feed] : 0;
    if (applied >= position.revision) continue;
    absl::Status status = Error(
        absl::StatusCode::kDeadlineExceeded, "NOT_FRESH_ENOUGH",
        absl::StrCat("the figures of ", position.township, " include revision ", applied, " and not yet ",
                     position.revision, "; ask again, with a longer deadline, or without the position"));
    status = WithMetadata(std::move(status), "township", position.township);
    status = WithMetadata(std::move(status), "feed",
                          position.feed == Feed::kActivities ? "activities" : "townships");
    return WithMetadata(std::move(status), "applied_revision", absl::StrCat(applied));
  }
  return absl::OkStatus();
}

// A call that waits. The alarm's callback alone ends it: it runs when the time is over, and at once when what
// it waits for has come (the alarm is cancelled) or the caller has gone. Deletes itself.
template <typename Answer>
class WaitingCall final : public grpc::ServerUnaryReactor {
 public:
  // `answer()` gives the call's status after filling the response; it is run on `executor` if that is not
  // null.
  WaitingCall(Cube& cube, std::vector<Position> positions, absl::Time until, Executor* executor,
              Answer answer, rpc::CallEnd end)
      : cube_(cube),
        positions_(std::move(positions)),
        executor_(executor),
        answer_(std::move(answer)),
        end_(std::move(end)) {
    link_->alarm = &alarm_;
    alarm_.Set(absl::ToChronoTime(until), [this](bool) { End(); });
    // The cube's callback may come when this call is long over, so it reaches it through the link.
    wait_ = cube_.WhenAtLeast(positions_, [link = link_] { link->Cancel(); });
  }

 private:
  struct Link {
    void Cancel() {
      std::lock_guard lock(mutex);
      if (alarm != nullptr) alarm->Cancel();
    }
    std::mutex mutex;
    grpc::Alarm* alarm = nullptr;  // guarded by mutex; null when the call is over
  };

  void End() {
    if (!Includes(cube_, positions_)) return Finish(end_(NotFreshEnough(cube_, positions_)));
    if (executor_ == nullptr) return Finish(end_(answer_()));
    if (!executor_->TrySubmit([this] { Finish(end_(answer_())); })) Finish(end_(rpc::QueueFull()));
  }
  void OnCancel() override { link_->Cancel(); }
  // gRPC calls it after the handler has returned this reactor, so after the constructor.
  void OnDone() override {
    {
      std::lock_guard lock(link_->mutex);
      link_->alarm = nullptr;
    }
    cube_.CancelWait(wait_);
    delete this;
  }

  Cube& cube_;
  const std::vector<Position> positions_;
  Executor* const executor_;
  Answer answer_;
  const rpc::CallEnd end_;
  grpc::Alarm alarm_;
  const std::shared_ptr<Link> link_ = std::make_shared<Link>();
  WaitId wait_ = 0;
};

// A checked request and the positions that its answer must include.
template <typename Request>
struct Fresh {
  Request request;
  std::vector<Position> positions;
};

// A handler in two steps: `check(call)` gives absl::StatusOr<Query> at once; `answer(call, query)` runs when
// all positions of the query are included, and fills the response. Query has a member `positions`, as Fresh.
// With an executor the answer may block; without one it only reads memory. `own`: null unless the method
// records itself.
template <typename Response, typename Check, typename AnswerQuery>
grpc::ServerUnaryReactor* FreshUnary(grpc::CallbackServerContext* context,
                                     const auth::Authenticator& authenticator, std::string_view method,
                                     Cube& cube, Executor* executor, Response* response, Check check,
                                     AnswerQuery answer, const rpc::OwnRecords* own = nullptr) {
  rpc::CallEnd end(own, context, method);
  absl::StatusOr<rpc::Call> call =
      rpc::BeginCall(context, authenticator, method, rpc::kLongestUnary, end.records() ? &end : nullptr);
  const auto finish = [&](const absl::Status& status) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(end(status));
    return reactor;
  };
  if (!call.ok()) return finish(call.status());
  auto query = check(*call);
  if (!query.ok()) return finish(query.status());
  const bool fresh = Includes(cube, query->positions);
  if (fresh && executor == nullptr) {
    auto work = [&](const rpc::Call& c) -> absl::Status { return answer(c, *query); };
    return finish(rpc::Answer(*call, response, work));
  }
  std::vector<Position> positions = query->positions;
  const absl::Time now = absl::Now();
  const bool has_deadline = context->deadline() != std::chrono::system_clock::time_point::max();
  // A little early, so that the reason reaches the caller before his own deadline ends the call.
  const absl::Time until =
      has_deadline ? call->deadline - std::min((call->deadline - now) / 10, absl::Milliseconds(50))
                   : now + kLongestWait;
  auto run = [call = *std::move(call), query = *std::move(query), response,
              answer = std::move(answer)]() mutable {
    auto work = [&](const rpc::Call& c) -> absl::Status { return answer(c, query); };
    return rpc::Answer(call, response, work);
  };
  if (!fresh)
    return new WaitingCall<decltype(run)>(cube, std::move(positions), until, executor, std::move(run),
                                          std::move(end));
  if (executor == nullptr) return finish(run());  // answered above; g++ -O2 warns of a null call without this
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  // std::function needs a copyable task.
  auto shared = std::make_shared<decltype(run)>(std::move(run));
  if (!executor->TrySubmit([reactor, shared, end] { reactor->Finish(end((*shared)())); })) {
    reactor->Finish(end(rpc::QueueFull()));
  }
  return reactor;
}

}  // namespace zhenhui::reporting

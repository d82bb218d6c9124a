#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/metrics/timers.h"

namespace zhenhui::rpc {

enum class AccessLog {
  kAll,       // one line for each call
  kProblems,  // failed calls and those slower than kSlowCall
  kOff,
};

inline constexpr absl::Duration kSlowCall = absl::Milliseconds(500);

// What a server counts, times and writes of its calls. Thread-safe.
class CallLog {
 public:
  // `timers` may be null.
  CallLog(metrics::Timers* timers, AccessLog access_log) : timers_(timers), access_log_(access_log) {}

  // False if there is nothing to record.
  bool on() const { return timers_ != nullptr || access_log_ != AccessLog::kOff; }
  // One call that has ended.
  void Record(std::string_view method, const grpc::Status& status, std::chrono::steady_clock::duration took,
              std::string_view request_id) const;

 private:
  metrics::Timers* const timers_;
  const AccessLog access_log_;
};

// The methods of a service that record their calls themselves, by CallEnd, because they answer in
// microseconds: an interceptor makes gRPC send every batch of a call through its completion queue once more,
// even if it does nothing, which costs about a quarter of a small call. Hand it to the server
// (Server::Hosted). Such a method must be registered raw, since nobody else turns what cannot be parsed into
// MESSAGE_MALFORMED. Thread-safe.
class OwnRecords {
 public:
  // Full names ("/package.Service/Method") that live as long as this.
  explicit OwnRecords(std::vector<std::string_view> methods) : methods_(std::move(methods)) {}

  bool Has(std::string_view method) const {
    return std::find(methods_.begin(), methods_.end(), method) != methods_.end();
  }
  // By the server, before it takes calls. The first log stays, so that of a service in several servers one
  // counts; what it writes to must outlive the service.
  void SetLog(std::shared_ptr<const CallLog> log) {
    if (log_.load() != nullptr) return;
    kept_ = std::move(log);
    log_.store(kept_.get());
  }
  // Null before the first server that records.
  const CallLog* log() const { return log_.load(std::memory_order_acquire); }

 private:
  const std::vector<std::string_view> methods_;
  std::shared_ptr<const CallLog> kept_;
  std::atomic<const CallLog*> log_ = nullptr;
};

// The end of one call: the one translation to gRPC's status, with the record of the call where its method
// makes it itself.
class CallEnd {
 public:
  // `own` is null for a method that the server's interceptor records. All must outlive the call.
  CallEnd(const OwnRecords* own, grpc::CallbackServerContext* context, std::string_view method)
      : own_(own), context_(context), method_(method) {}

  bool records() const { return own_ != nullptr; }
  // By BeginCall. `tell`: if the call fails, its trailing metadata say the id.
  void SetRequestId(std::string id, bool tell) {
    request_id_ = std::move(id);
    tell_ = tell;
  }
  // To be called once, right before Finish with what it returns.
  grpc::Status operator()(const absl::Status& status) const;

 private:
  const OwnRecords* own_;
  grpc::CallbackServerContext* context_;
  std::string_view method_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::string request_id_;
  bool tell_ = false;
};

}  // namespace zhenhui::rpc

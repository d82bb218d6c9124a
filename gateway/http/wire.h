#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/http/transport.h"

namespace zhenhui::gateway::http {

using SteadyClock = std::chrono::steady_clock;

// A connection below HTTP: bytes that have come, bytes to send, and one deadline. It goes on reading while a
// handler runs, because that is the only way to learn that the client has left. Everything happens on one
// executor.
class Wire final : public ReadSink, public std::enable_shared_from_this<Wire> {
 public:
  Wire(std::unique_ptr<Transport> transport, const asio::any_io_executor& executor, std::size_t max_unread);

  // What has come and was not used yet; the reader takes from its front.
  std::string& unread() { return unread_; }
  // The other side sends nothing more, or the connection is broken.
  bool ended() const { return ended_; }

  // Begins to read, unless it does so already, has too much unread, or the other side has ended.
  void KeepReading();
  // Until bytes come, the other side ends, the deadline passes or Wake is called.
  asio::awaitable<void> Wait();
  void Wake() { changed_.cancel(); }
  // Called when the other side ends; null takes it away.
  void OnEnd(std::function<void()> callback) { on_end_ = std::move(callback); }

  // Sends all; false when the connection broke, or nothing was taken for `stall`. Leaves no deadline.
  asio::awaitable<bool> Write(Pieces pieces, SteadyClock::duration stall);
  std::uint64_t written() const { return written_; }

  asio::awaitable<bool> Handshake() { return transport_->Handshake(); }
  asio::awaitable<void> FinishSending() { return transport_->FinishSending(); }
  void Close();

  // What happens when `at` has passed, in place of what was set before. Checked by Tick.
  void SetDeadline(SteadyClock::time_point at, std::function<void()> expired);
  void SetDeadline(SteadyClock::duration in, std::function<void()> expired);
  void CloseAfter(SteadyClock::duration in);
  void ClearDeadline();
  void Tick(SteadyClock::time_point now);

 private:
  void OnRead(std::size_t bytes) override;

  const std::unique_ptr<Transport> transport_;
  const std::size_t max_unread_;
  asio::steady_timer changed_;  // never expires: its cancellation wakes who waits
  std::vector<char> incoming_;
  std::string unread_;
  bool reading_ = false;
  bool ended_ = false;
  std::uint64_t written_ = 0;
  std::function<void()> on_end_;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  std::function<void()> expired_;
};

}  // namespace zhenhui::gateway::http

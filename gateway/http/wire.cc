#include "gateway/http/wire.h"

#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace zhenhui::gateway::http {
namespace {

constexpr std::size_t kReadBytes = 16 << 10;

std::size_t SizeOf(const Pieces& pieces) {
  std::size_t size = 0;
  for (const asio::const_buffer& piece : pieces) size += piece.size();
  return size;
}

void Skip(std::size_t bytes, Pieces* pieces) {
  for (asio::const_buffer& piece : *pieces) {
    const std::size_t here = std::min(bytes, piece.size());
    piece += here;
    bytes -= here;
  }
}

}  // namespace

Wire::Wire(std::unique_ptr<Transport> transport, const asio::any_io_executor& executor,
           std::size_t max_unread)
    : transport_(std::move(transport)), max_unread_(max_unread), changed_(executor) {
  changed_.expires_at(asio::steady_timer::time_point::max());
}

void Wire::KeepReading() {
  if (reading_ || ended_ || unread_.size() >= max_unread_) return;
  incoming_.resize(kReadBytes);
  reading_ = true;
  transport_->Read(asio::buffer(incoming_), shared_from_this());
}

void Wire::OnRead(std::size_t bytes) {
  reading_ = false;
  unread_.append(incoming_.data(), bytes);
  if (bytes == 0) {
    ended_ = true;
    if (on_end_) std::exchange(on_end_, nullptr)();
  } else if (on_end_) {
    KeepReading();  // a handler runs: the end must be seen behind the next request, too
  }
  Wake();
}

asio::awaitable<void> Wire::Wait() {
  boost::system::error_code woken;
  co_await changed_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
}

asio::awaitable<bool> Wire::Write(Pieces pieces, SteadyClock::duration stall) {
  while (SizeOf(pieces) > 0) {
    CloseAfter(stall);
    const std::size_t bytes = co_await transport_->WriteSome(pieces);
    if (bytes == 0) {
      ClearDeadline();
      Close();
      co_return false;
    }
    written_ += bytes;
    Skip(bytes, &pieces);
  }
  ClearDeadline();
  co_return true;
}

void Wire::Close() {
  ended_ = true;
  transport_->Close();
  if (on_end_) std::exchange(on_end_, nullptr)();
  Wake();
}

void Wire::SetDeadline(SteadyClock::time_point at, std::function<void()> expired) {
  deadline_ = at;
  expired_ = std::move(expired);
}

void Wire::SetDeadline(SteadyClock::duration in, std::function<void()> expired) {
  SetDeadline(SteadyClock::now() + in, std::move(expired));
}

void Wire::CloseAfter(SteadyClock::duration in) {
  SetDeadline(in, [this] { Close(); });
}

void Wire::ClearDeadline() { deadline_ = SteadyClock::time_point::max(); }

void Wire::Tick(SteadyClock::time_point now) {
  if (now < deadline_) return;
  ClearDeadline();
  std::exchange(expired_, nullptr)();
}

}  // namespace zhenhui::gateway::http

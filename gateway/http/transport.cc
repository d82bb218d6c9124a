#include "gateway/http/transport.h"

#include <type_traits>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace zhenhui::gateway::http {
namespace {

using Socket = asio::ip::tcp::socket;
using TlsStream = asio::ssl::stream<Socket>;
using ErrorCode = boost::system::error_code;

template <typename Stream>
class StreamTransport final : public Transport {
 public:
  template <typename... Arguments>
  explicit StreamTransport(Arguments&&... arguments) : stream_(std::forward<Arguments>(arguments)...) {}

  asio::awaitable<bool> Handshake() override {
    ErrorCode error;
    if constexpr (kTls) {
      co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error;
  }

  void Read(asio::mutable_buffer to, std::shared_ptr<ReadSink> sink) override {
    stream_.async_read_some(to, [sink = std::move(sink)](const ErrorCode& error, std::size_t bytes) {
      sink->OnRead(error ? 0 : bytes);
    });
  }

  asio::awaitable<std::size_t> WriteSome(const Pieces& pieces) override {
    ErrorCode error;
    const std::size_t bytes =
        co_await stream_.async_write_some(pieces, asio::redirect_error(asio::use_awaitable, error));
    co_return error ? 0 : bytes;
  }

  asio::awaitable<void> FinishSending() override {
    ErrorCode error;
    if constexpr (kTls) co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
    socket().shutdown(Socket::shutdown_send, error);
    co_return;
  }

  void Close() override {
    ErrorCode ignored;
    socket().close(ignored);
  }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  Socket& socket() {
    if constexpr (kTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }

  Stream stream_;
};

}  // namespace

std::unique_ptr<Transport> MakeTransport(Socket socket, asio::ssl::context* tls) {
  if (tls == nullptr) return std::make_unique<StreamTransport<Socket>>(std::move(socket));
  return std::make_unique<StreamTransport<TlsStream>>(std::move(socket), *tls);
}

}  // namespace zhenhui::gateway::http

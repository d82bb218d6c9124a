#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

namespace zhenhui::gateway::http {

namespace asio = boost::asio;

// Who is told what has come. Kept alive by the transport while a read is under way.
class ReadSink {
 public:
  virtual ~ReadSink() = default;
  // `bytes` 0: the other side has finished, or the connection is broken.
  virtual void OnRead(std::size_t bytes) = 0;
};

using Pieces = std::array<asio::const_buffer, 3>;  // sent one after another; some may be empty

// A connection's bytes, with or without TLS. One read and one write may be under way at once. Not
// thread-safe.
class Transport {
 public:
  virtual ~Transport() = default;
  // False if the other side does not speak TLS as we do.
  virtual asio::awaitable<bool> Handshake() = 0;
  virtual void Read(asio::mutable_buffer to, std::shared_ptr<ReadSink> sink) = 0;
  // How many bytes were taken; 0: the connection is broken.
  virtual asio::awaitable<std::size_t> WriteSome(const Pieces& pieces) = 0;
  // Says that nothing more will be sent.
  virtual asio::awaitable<void> FinishSending() = 0;
  // At once; what is under way ends with 0 bytes. May be called again.
  virtual void Close() = 0;
};

// `tls` null: plain; else it must outlive the transport.
std::unique_ptr<Transport> MakeTransport(asio::ip::tcp::socket socket, asio::ssl::context* tls);

}  // namespace zhenhui::gateway::http

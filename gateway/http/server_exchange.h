#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/http/content.h"
#include "gateway/http/exchange.h"
#include "gateway/http/worker.h"

namespace zhenhui::gateway::http {

// How the client wants to be answered.
struct Manner {
  bool http10 = false;
  bool keep_alive = false;
};

// The exchange of a real connection.
class ServerExchange final : public Exchange {
 public:
  ServerExchange(std::shared_ptr<Wire> wire, Worker& worker, Shared& shared, Request request, Manner manner);
  ~ServerExchange() override;

  const Request& request() const override { return request_; }
  asio::any_io_executor executor() const override { return worker_.context().get_executor(); }
  void SetRoute(std::string_view route) override { route_ = route; }
  void OnGone(std::function<void(Gone)> callback) override;
  asio::awaitable<void> Send(Response response) override;
  asio::awaitable<bool> Begin(StreamHead head) override;
  asio::awaitable<bool> Write(std::string_view chunk) override;
  asio::awaitable<void> End() override;

  // For the connection.
  void Tell(Gone why);
  void TellDraining();
  bool begun() const { return status_ != 0; }
  bool gone() const { return gone_.has_value(); }
  // Whether the connection can take another request: all was sent, and nobody wants to close.
  bool reusable() const { return whole_ && keep_alive_; }
  void Record() const;

 private:
  bool Claim(int status);
  std::string Head(int status, const Headers& headers, std::optional<std::uint64_t> length, bool varies);
  asio::awaitable<bool> WriteChunk(std::string_view bytes);

  const std::shared_ptr<Wire> wire_;
  Worker& worker_;
  Shared& shared_;
  const Request request_;
  const Manner manner_;
  const SteadyClock::time_point start_ = SteadyClock::now();
  const std::uint64_t written_before_;
  std::string_view route_;
  std::function<void(Gone)> on_gone_;
  std::optional<Gone> gone_;
  int status_ = 0;  // of the answer that was begun
  bool left_early_ = false;
  bool streaming_ = false;
  bool live_ = false;
  bool chunked_ = false;
  bool gzip_ = false;
  bool keep_alive_ = false;
  bool whole_ = false;
  std::unique_ptr<GzipStream> compressor_;
};

}  // namespace zhenhui::gateway::http

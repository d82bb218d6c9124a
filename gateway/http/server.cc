#include "gateway/http/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <future>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "gateway/http/connection.h"
#include "gateway/http/tls.h"
#include "gateway/http/worker.h"

namespace zhenhui::gateway::http {
namespace {

using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

// Connections above the limit that are told so, instead of being closed without a word.
constexpr int kToldOfTheLimit = 64;

absl::StatusOr<tcp::endpoint> ParseAddress(const std::string& address) {
  const absl::Status malformed =
      Error(absl::StatusCode::kInvalidArgument, "ADDRESS_MALFORMED",
            absl::StrCat("\"", address, "\" is no address to listen at; write 127.0.0.1:8080 or [::1]:8080"));
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return malformed;
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  std::uint16_t port = 0;
  const char* const end = address.data() + address.size();
  const auto parsed = std::from_chars(address.data() + colon + 1, end, port);
  if (parsed.ec != std::errc() || parsed.ptr != end) return malformed;
  ErrorCode error;
  const auto ip = asio::ip::make_address(host, error);
  if (error) return malformed;
  return tcp::endpoint(ip, port);
}

int ThreadCount(int wanted) {
  if (wanted > 0) return wanted;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, 8);
}

// Each connection is a file, and many systems allow 1,024 unless asked for more.
void AllowFiles(int connections) {
  constexpr rlim_t kForOthers = 512;
  const rlim_t wanted = static_cast<rlim_t>(connections) + kForOthers;
  rlimit limit = {};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, Handler handler) : shared_(std::move(options), std::move(handler)) {
    for (int i = 0; i < ThreadCount(shared_.options.threads); ++i)
      workers_.push_back(std::make_unique<Worker>(shared_));
    acceptor_.emplace(workers_[0]->context());
    retry_.emplace(workers_[0]->context());
  }

  absl::Status Start();
  void Stop(absl::Duration grace);
  int port() const { return port_; }
  const Shared& shared() const { return shared_; }

 private:
  void Accept();
  void Take(Worker& worker, tcp::socket socket);

  Shared shared_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::optional<tcp::acceptor> acceptor_;  // used on the first worker's thread
  std::optional<asio::steady_timer> retry_;
  std::size_t next_ = 0;
  int port_ = 0;
  bool stopped_ = false;
};

absl::Status Server::Impl::Start() {
  const TlsFiles& tls = shared_.options.tls;
  if (!tls.certificate.empty() || !tls.key.empty()) {
    ASSIGN_OR_RETURN(shared_.tls, MakeTlsContext(tls));
  }
  ASSIGN_OR_RETURN(const tcp::endpoint endpoint, ParseAddress(shared_.options.address));
  ErrorCode error;
  acceptor_->open(endpoint.protocol(), error);
  if (!error) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return Error(absl::StatusCode::kUnavailable, "ADDRESS_UNAVAILABLE",
                 absl::StrCat("cannot listen at ", shared_.options.address, ": ", error.message()));
  }
  port_ = acceptor_->local_endpoint().port();
  AllowFiles(shared_.options.limits.connections);
  Accept();
  for (const auto& worker : workers_) worker->Start();
  return absl::OkStatus();
}

void Server::Impl::Accept() {
  Worker& worker = *workers_[next_++ % workers_.size()];
  acceptor_->async_accept(worker.context(), [this, &worker](const ErrorCode& error, tcp::socket socket) {
    if (!acceptor_->is_open()) return;
    if (!error) {
      Take(worker, std::move(socket));
      return Accept();
    }
    // Mostly: no more file descriptors. It gets better only when connections end.
    log::Error("cannot accept a connection", {{"why", error.message()}});
    retry_->expires_after(std::chrono::milliseconds(100));
    retry_->async_wait([this](const ErrorCode& cancelled) {
      if (!cancelled && acceptor_->is_open()) Accept();
    });
  });
}

void Server::Impl::Take(Worker& worker, tcp::socket socket) {
  const int open = ++shared_.connections;
  const int limit = shared_.options.limits.connections;
  if (open > limit + kToldOfTheLimit) return shared_.ConnectionEnded();
  ErrorCode ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  asio::post(worker.context(), [this, &worker, open, limit, socket = std::move(socket)]() mutable {
    Connection::Start(worker, shared_, std::move(socket), open <= limit);
  });
}

void Server::Impl::Stop(absl::Duration grace) {
  if (std::exchange(stopped_, true)) return;
  std::promise<void> closed;
  asio::post(workers_[0]->context(), [this, &closed] {
    ErrorCode ignored;
    acceptor_->close(ignored);
    retry_->cancel();
    closed.set_value();
  });
  closed.get_future().wait();
  for (const auto& worker : workers_) worker->Drain();
  if (!shared_.WaitForNone(grace)) {
    for (const auto& worker : workers_) worker->Cut();
    // Handlers end by themselves once they are told that nobody listens; none may outlive its thread.
    shared_.WaitForNone(absl::InfiniteDuration());
  }
  for (const auto& worker : workers_) worker->Join();
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Stop(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(ServerOptions options, Handler handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  RETURN_IF_ERROR(impl->Start());
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

int Server::port() const { return impl_->port(); }
int Server::connections() const { return impl_->shared().connections.load(); }
int Server::streams() const { return impl_->shared().streams.load(); }
void Server::Stop(absl::Duration grace) { impl_->Stop(grace); }

}  // namespace zhenhui::gateway::http

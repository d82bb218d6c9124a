#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "gateway/http/headers.h"

// One request and its answer, as handlers see them. Nothing here says how bytes come and go.
namespace zhenhui::gateway::http {

namespace asio = boost::asio;

struct Request {
  std::string method = {};  // as it was sent: "GET"; at most 16 letters
  std::string path = {};    // begins with '/'; still percent-encoded: "/v1/activities/a%2Fb"
  std::string query = {};   // what follows '?', still percent-encoded; empty if there is none
  Headers headers = {};
  std::string body = {};        // whole, within the server's limit; never compressed
  std::string peer = {};        // the other side's address without its port: "192.0.2.7", "::1"
  bool secure = false;          // came over TLS
  std::string request_id = {};  // 1..64 of [A-Za-z0-9._-]; the server answers with it
};

// The server adds date, content-length, x-request-id, connection and the security headers; a header that is
// set here wins over the server's own (content-security-policy, cache-control: otherwise "no-store").
struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  // Instead of `body`: bytes that are kept elsewhere and not copied.
  std::shared_ptr<const std::string> stored = nullptr;
  // Whether the server may compress the body (it does for a text of more than 1 KiB, if the client accepts
  // it).
  bool compress = true;
};

// The beginning of an answer that is sent piece by piece.
struct StreamHead {
  int status = 200;
  Headers headers = {};
  // Stays open until somebody leaves (server-sent events): is told kDraining as soon as the server drains,
  // while other streams may go on to their end. A live stream is never compressed.
  bool live = false;
  bool compress = true;
};

// Why a handler should stop.
enum class Gone {
  kPeerLeft,  // the client closed the connection, or reads or writes too slowly: nobody hears the answer
  kTimeout,   // no answer was begun within the server's limit: cancel what is under way, and answer so
  kDraining,  // the server ends: say a last word, and end
};

// Everything of an exchange happens on its executor, one thing at a time: handlers run there, callbacks are
// called there, and every function is to be called from there. An exchange lives until its handler has
// returned.
class Exchange {
 public:
  virtual ~Exchange() = default;

  virtual const Request& request() const = 0;
  virtual asio::any_io_executor executor() const = 0;

  // For metrics and the log: "/v1/{name=activities/*}" in place of a path that has no end of values. Must
  // outlive the exchange: it is a text that was made at start.
  virtual void SetRoute(std::string_view route) = 0;

  // `callback` is called once, as soon as the handler should stop; at once (from within OnGone) if that is so
  // already. It must not block and should only cancel. A second call replaces the callback; null takes it
  // away.
  virtual void OnGone(std::function<void(Gone)> callback) = 0;

  // A whole answer. At most one of Send and Begin, once. Returns when the bytes were handed to the operating
  // system or the client is gone; the handler need not care which. For HEAD the body is left out.
  virtual asio::awaitable<void> Send(Response response) = 0;

  // An answer in pieces: Begin, any number of Write, End. Each piece goes out at once, and Write returns when
  // the operating system has taken it: so a slow client slows the handler down. False: nobody listens any
  // more (the client left, reads too slowly, or asked with HEAD); the handler stops and returns. Without End
  // the connection is cut, so that the client sees that the answer is not whole.
  virtual asio::awaitable<bool> Begin(StreamHead head) = 0;
  virtual asio::awaitable<bool> Write(std::string_view chunk) = 0;  // `chunk` lives until it returns
  virtual asio::awaitable<void> End() = 0;
};

// Answers one request. A handler that returns without an answer, or throws, is answered for with 500.
using Handler = std::function<asio::awaitable<void>(Exchange&)>;

}  // namespace zhenhui::gateway::http

#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "gateway/http/errors.h"
#include "gateway/http/exchange.h"

namespace zhenhui::gateway::http {

// Makes requests from bytes as they come. Not thread-safe.
class RequestReader {
 public:
  enum class State {
    kMore,    // the request is not whole yet
    kDone,    // Take() has it
    kFailed,  // problem() says why; the bytes that follow cannot be understood
  };

  RequestReader(std::size_t header_bytes, std::size_t body_bytes);
  ~RequestReader();

  // Reads on and takes what it has used from the front of `bytes`; nothing of what follows a whole request.
  State Feed(std::string* bytes);

  bool header_done() const;
  // The client waits for "100 Continue" before it sends the body; true only once for each request.
  bool TakeExpectation();
  // Whether the client allows another request on the connection. For a whole request.
  bool keep_alive() const;
  bool http10() const;
  const Problem& problem() const { return problem_; }

  // The whole request, without peer, secure; the request id is the client's if it is sane, else new. Makes
  // ready for the next.
  Request Take();

 private:
  struct Impl;
  State Fail(const Problem& problem);
  State CheckHeader();

  const std::size_t header_bytes_;
  const std::size_t body_bytes_;
  std::unique_ptr<Impl> impl_;
  Problem problem_ = {};
};

}  // namespace zhenhui::gateway::http

#pragma once

#include "gateway/api/api_handler.h"
#include "gateway/upstream/call.h"

namespace zhenhui::gateway {

// One request whose route is found, and what it is answered with. Lives until the answer is given.
struct Answering {
  http::Exchange& exchange;
  const transcoding::Transcoder& transcoder;
  const transcoding::Route& route;
  grpc::GenericStub& stub;
  const ApiOptions& options;
};

http::asio::awaitable<void> AnswerUnary(const Answering& answering, upstream::CallSpec spec);

http::asio::awaitable<void> AnswerStream(const Answering& answering, upstream::CallSpec spec);

// Headers of a download: its type, and its name where it has one.
http::Headers RawHeaders(const transcoding::RawAnswer& answer);

}  // namespace zhenhui::gateway

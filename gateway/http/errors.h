#pragma once

#include <string>
#include <string_view>

#include "gateway/http/exchange.h"

namespace zhenhui::gateway::http {

// An error that the gateway itself makes, in the form of AIP-193: {"error":{"code":404,"message":...,
// "status":"NOT_FOUND","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":...,"domain":"zhenhui"}]}}.
struct Problem {
  int http_status;              // 404
  std::string_view status;      // the code's name: "NOT_FOUND"
  std::string_view reason;      // stable, UPPER_SNAKE: "ROUTE_UNKNOWN"
  std::string_view message_zh;  // a sentence for a person, what to do
  std::string_view message_en;  // the same
};

// The body, and content-type. `retry_after_seconds` > 0 adds the header.
Response ErrorAnswer(const Problem& problem, int retry_after_seconds = 0);

// `text` as a JSON string with its quotes. Invalid UTF-8 becomes U+FFFD.
std::string JsonString(std::string_view text);

}  // namespace zhenhui::gateway::http

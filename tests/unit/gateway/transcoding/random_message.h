#pragma once

#include <random>

#include <google/protobuf/message.h>

namespace zhenhui::gateway::transcoding {

// Fills an empty message with random values: edge values of numbers, texts with what JSON escapes and with
// Han, nested messages up to `levels`, well-known types within what has a JSON form.
void FillRandomly(google::protobuf::Message& message, std::mt19937& random, int levels);

}  // namespace zhenhui::gateway::transcoding

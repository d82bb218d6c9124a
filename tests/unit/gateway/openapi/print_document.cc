// Prints the OpenAPI document of this build.
#include <iostream>

#include "gateway/openapi/document.h"

int main() {
  using namespace zhenhui::gateway;  // NOLINT: a program of five lines
  const auto transcoder = transcoding::Transcoder::Create(transcoding::BuiltInDescriptors());
  if (!transcoder.ok()) {
    std::cerr << transcoder.status() << '\n';
    return 1;
  }
  std::cout << openapi::MakeDocument(**transcoder).dump(1) << '\n';
}

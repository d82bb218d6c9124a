// One of the targets as a libFuzzer program; CMake says which.
#include "tests/fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return zhenhui::gateway::transcoding::ZHENHUI_FUZZ_TARGET(data, size);
}

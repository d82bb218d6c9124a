#pragma once

#include <cstddef>
#include <cstdint>

// What a fuzzer runs and what replays a corpus. Each aborts, with a line on standard error, where something
// that must hold (README.md) does not. $ZHENHUI_SOURCE_DIR is needed, or the repository's root as the working
// directory.
namespace zhenhui::gateway::transcoding {

int FuzzPath(const uint8_t* data, size_t size);
int FuzzQuery(const uint8_t* data, size_t size);
int FuzzBody(const uint8_t* data, size_t size);
int FuzzWire(const uint8_t* data, size_t size);

}  // namespace zhenhui::gateway::transcoding

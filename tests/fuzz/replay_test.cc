// Runs every input of the corpus, with any compiler.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/targets.h"

namespace zhenhui::gateway::transcoding {
namespace {

size_t Replay(const std::string& target, int (*run)(const uint8_t*, size_t)) {
  size_t inputs = 0;
  const std::string folder = std::string(std::getenv("ZHENHUI_SOURCE_DIR")) + "/tests/fuzz/corpus/" + target;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    SCOPED_TRACE(entry.path());
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    run(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    ++inputs;
  }
  return inputs;
}

// The targets abort where something does not hold.
TEST(FuzzReplayTest, EveryKnownInputHoldsItsPromise) {
  EXPECT_GT(Replay("path", FuzzPath), 10u);
  EXPECT_GT(Replay("query", FuzzQuery), 10u);
  EXPECT_GT(Replay("body", FuzzBody), 10u);
  EXPECT_GT(Replay("wire", FuzzWire), 10u);
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding

#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "common/process/secrets.h"
#include "common/process/signals.h"
#include "tests/testing/matchers.h"

namespace zhenhui::process {
namespace {

using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOkAndHolds;

class SecretsTest : public ::testing::Test {
 protected:
  SecretsTest() {
    std::string name = ::testing::TempDir() + "secrets_test.XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~SecretsTest() override { std::filesystem::remove_all(folder_); }
  std::string Write(const std::string& text) const {
    std::ofstream(folder_ / "secret", std::ios::binary) << text;
    return folder_ / "secret";
  }

  std::filesystem::path folder_;
};

TEST_F(SecretsTest, AtSignReadsAFileAndDropsOneNewline) {
  EXPECT_THAT(ResolveSecret("plain"), IsOkAndHolds("plain"));
  EXPECT_THAT(ResolveSecret(""), IsOkAndHolds(""));
  EXPECT_THAT(ResolveSecret("@" + Write("hush\n")), IsOkAndHolds("hush"));
  EXPECT_THAT(ResolveSecret("@" + Write("hush\n\n")), IsOkAndHolds("hush\n"));
  EXPECT_THAT(ResolveSecret("@" + Write("")), IsOkAndHolds(""));
}

TEST_F(SecretsTest, UnreadableAndHugeFilesAreErrors) {
  EXPECT_THAT(ResolveSecret("@" + (folder_ / "none").string()), HasReason("FILE_UNREADABLE"));
  EXPECT_THAT(ResolveSecret("@" + folder_.string()), HasReason("FILE_UNREADABLE"));
  EXPECT_THAT(ResolveSecret("@"), HasReason("FILE_UNREADABLE"));
  EXPECT_THAT(ResolveSecret("@" + Write(std::string((64 << 10) + 1, 'x'))), HasReason("FILE_TOO_LARGE"));
  EXPECT_THAT(ReadSmallFile(Write("12345"), 5), IsOkAndHolds("12345"));
  EXPECT_THAT(ReadSmallFile(Write("123456"), 5), HasReason("FILE_TOO_LARGE"));
}

TEST(SignalsTest, StopSignalsWaitForTheirReader) {
  const sigset_t signals = BlockStopSignals();
  kill(getpid(), SIGTERM);  // would end the test if it were not blocked
  EXPECT_EQ(WaitForStop(signals), SIGTERM);
  kill(getpid(), SIGINT);
  EXPECT_EQ(WaitForStop(signals), SIGINT);
}

}  // namespace
}  // namespace zhenhui::process

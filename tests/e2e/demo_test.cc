// scripts/demo is what newcomers run first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/e2e/program.h"

namespace zhenhui::e2e {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

TEST(DemoTest, RunsToItsEndAndPrintsTheFiguresOfTheReport) {
  const char* source = std::getenv("ZHENHUI_SOURCE_DIR");
  const char* programs = std::getenv("ZHENHUI_BIN_DIR");
  if (source == nullptr || programs == nullptr)
    GTEST_FAIL() << "run it through ctest, which says where everything is";
  const Outcome demo = RunProgram(std::string(source) + "/scripts/demo", {"--exit"},
                                  {{"ZHENHUI_LANG", "en"}, {"TERM", "dumb"}});
  ASSERT_EQ(demo.code, 0) << demo.out << demo.err;
  for (const char* figure : {"8", "6", "43", "4160", "35", "34", "102", "4260"}) {
    EXPECT_THAT(demo.out, ContainsRegex(std::string("[^0-9]") + figure + "[^0-9]"));
  }
  EXPECT_THAT(demo.out, HasSubstr("上新庄镇"));
}

}  // namespace
}  // namespace zhenhui::e2e

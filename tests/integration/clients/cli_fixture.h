#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "clients/zhenhui/app.h"
#include "clients/zhenhui/exit_codes.h"
#include "common/time/clock.h"
#include "tests/testing/clients/fake_services.h"

namespace zhenhui::cli {

// Runs the program in this process, in Chinese, against the fakes, with a folder of its own for files.
class CliTest : public ::testing::Test {
 protected:
  CliTest() {
    folder_ = std::filesystem::temp_directory_path() / ("zhenhui-cli-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    setenv("ZHENHUI_STATE_DIR", (folder_ / "state").c_str(), 1);
    for (const char* name : {"ZHENHUI_TOKEN", "ZHENHUI_TOKEN_FILE", "ZHENHUI_SERVER"}) unsetenv(name);
  }
  ~CliTest() override { std::filesystem::remove_all(folder_); }

  int Run(std::vector<std::string> arguments) {
    for (const std::string& own :
         {std::string("--server"), server_.address(), std::string("--lang"), language_}) {
      arguments.push_back(own);
    }
    out_.str("");
    err_.str("");
    return RunCli(arguments, out_, err_, /*err_is_terminal=*/false, clock_);
  }
  std::string File(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  std::string Path(const std::string& name) const { return folder_ / name; }
  std::string Content(const std::string& path) const {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::string out() const { return out_.str(); }
  std::string err() const { return err_.str(); }

  testing::FakeServer server_;
  std::string language_ = "zh";

 private:
  std::filesystem::path folder_;
  SystemClock clock_;
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace zhenhui::cli

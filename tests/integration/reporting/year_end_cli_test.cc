// The closing of a year by commands, against the real services.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/app.h"
#include "clients/zhenhui/exit_codes.h"
#include "tests/integration/reporting/year_end_fixture.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::HasSubstr;

class YearEndCliTest : public YearEndTest {
 protected:
  YearEndCliTest()
      : folder_(std::filesystem::temp_directory_path() / absl::StrCat("zh-year-end-", getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    setenv("ZHENHUI_STATE_DIR", (folder_ / "state").c_str(), 1);
  }
  ~YearEndCliTest() override { std::filesystem::remove_all(folder_); }

  int Run(const std::string& token, std::vector<std::string> arguments) {
    const std::string file = folder_ / "token";
    std::ofstream(file) << token;
    for (const std::string& own :
         {std::string("--token-file"), file, std::string("--server"),
          absl::StrCat("127.0.0.1:", reporting_->port()), std::string("--lang"), std::string("zh")}) {
      arguments.push_back(own);
    }
    out_.str("");
    err_.str("");
    return cli::RunCli(arguments, out_, err_, false, clock_);
  }
  static std::string Clerk(const char* town) {
    return zhenhui::testing::Token(auth::Role::kReporter, town, "clerk");
  }
  static std::string Person(const char* name) {
    return zhenhui::testing::Token(auth::Role::kDistrict, "630106", name);
  }
  static std::string Job() { return zhenhui::testing::Token(auth::Role::kJob, "630106", "job"); }
  std::string Path(const std::string& name) const { return folder_ / name; }
  std::string Content(const std::string& path) const {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  const std::filesystem::path folder_;
  std::ostringstream out_, err_;
};

TEST_F(YearEndCliTest, TheWholeYearEndByCommands) {
  // Without having looked nothing is signed.
  EXPECT_EQ(Run(Clerk(kTown), {"year-end", "sign", "--year", "2024", "-t", kTown}), cli::kExitUsage);
  EXPECT_THAT(out_.str(), HasSubstr("法治讲座"));
  for (const char* town : {kTown, kOtherTown})
    EXPECT_EQ(Run(Clerk(town), {"year-end", "sign", "--year", "2024", "-t", town, "--yes"}), cli::kExitOk)
        << err_.str();
  EXPECT_EQ(Run(Job(), {"year-end", "run", "--year", "2024", "--out", Path("out")}), cli::kExitBlocked);
  EXPECT_THAT(out_.str(), HasSubstr("[NOT_APPROVED]"));
  EXPECT_EQ(Run(Person("first"), {"year-end", "approve", "--year", "2024", "--digest", "00000000"}),
            cli::kExitUsage);
  for (const char* person : {"first", "second"})
    EXPECT_EQ(Run(Person(person), {"year-end", "approve", "--year", "2024", "--yes"}), cli::kExitOk)
        << err_.str();
  EXPECT_EQ(Run(Person("first"), {"year-end", "close", "--year", "2024", "--rehearse"}), cli::kExitOk)
      << err_.str();
  EXPECT_EQ(Get()->generation(), 0);
  EXPECT_EQ(Run(Job(), {"year-end", "run", "--year", "2024", "--out", Path("out"), "--format", "csv"}),
            cli::kExitOk)
      << err_.str();
  const std::string certificate = Path("out/2024-630106.certificate.txt");
  EXPECT_EQ(Content(certificate), Certificate()->certificate());
  EXPECT_EQ(Run("", {"year-end", "verify", certificate}), cli::kExitOk) << out_.str();
  std::string damaged = Content(certificate);
  damaged[damaged.size() / 2] ^= 1;
  std::ofstream(Path("damaged")) << damaged;
  EXPECT_EQ(Run("", {"year-end", "verify", Path("damaged")}), cli::kExitDifferences);
  EXPECT_EQ(Run("", {"year-end", "verify", Path("nothing")}), cli::kExitUsage);
  // Again: nothing new.
  EXPECT_EQ(Run(Job(), {"year-end", "run", "--year", "2024", "--out", Path("out"), "--format", "csv"}),
            cli::kExitOk);
  EXPECT_THAT(err_.str(), HasSubstr("新写入文件 0"));
  for (const char* shown : {"status", "events", "restatements"})
    EXPECT_EQ(Run(Person("first"), {"year-end", shown, "--year", "2024"}), cli::kExitOk)
        << shown << err_.str();
  EXPECT_EQ(Run(Clerk(kTown), {"year-end", "figures", "--year", "2024", "-t", kTown, "--output", "csv"}),
            cli::kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("law_lectures"));
  EXPECT_EQ(Run(Person("first"), {"year-end", "reopen", "--year", "2024", "--reason", "漏报"}), cli::kExitOk);
  EXPECT_EQ(Run(Person("first"), {"year-end", "reopen", "--year", "2024", "--approve"}), cli::kExitRefused);
  EXPECT_EQ(Run(Person("second"), {"year-end", "reopen", "--year", "2024", "--approve"}), cli::kExitOk);
}

}  // namespace
}  // namespace zhenhui::reporting::testing

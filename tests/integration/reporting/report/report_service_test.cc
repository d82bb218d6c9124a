// Reports out of the running service: drafts, and reports of a closed year that stay what they are.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/app.h"
#include "clients/zhenhui/exit_codes.h"
#include "common/digest/sha256.h"
#include "tests/integration/reporting/report/report_service_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::HasSubstr;
using zhenhui::testing::DocxText;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::ZipPart;

TEST_F(ReportServiceTest, AnOpenYearHasDraftsOnly) {
  EXPECT_THAT(Ask(v1::REPORT_FORMAT_DOCX), HasReason("YEAR_NOT_CLOSED"));
  const auto draft = Ask(v1::REPORT_FORMAT_DOCX, /*draft=*/true);
  ASSERT_THAT(draft, IsOk());
  EXPECT_EQ(draft->digest, Sha256Hex(draft->content));
  EXPECT_THAT(draft->file_name, HasSubstr("（草稿）.docx"));
  EXPECT_THAT(draft->media_type, HasSubstr("wordprocessingml"));
  EXPECT_THAT(DocxText(draft->content),
              ::testing::AllOf(HasSubstr("草稿"), HasSubstr("举办法治讲座（宣讲、法治党课）2场")));
  PushLateLecture();
  EXPECT_THAT(DocxText(Ask(v1::REPORT_FORMAT_DOCX, true)->content),
              HasSubstr("举办法治讲座（宣讲、法治党课）3场"));
}

TEST_F(ReportServiceTest, AClosedYearRendersTheSameBytesEverAfter) {
  CloseAll();
  std::map<v1::ReportFormat, std::string> first;
  for (const auto format : {v1::REPORT_FORMAT_DOCX, v1::REPORT_FORMAT_XLSX, v1::REPORT_FORMAT_CSV,
                            v1::REPORT_FORMAT_MARKDOWN, v1::REPORT_FORMAT_JSON}) {
    const auto report = Ask(format);
    ASSERT_THAT(report, IsOk());
    EXPECT_LE(report->largest_part, 64u << 10);
    first[format] = report->content;
  }
  EXPECT_THAT(DocxText(first[v1::REPORT_FORMAT_DOCX]), HasSubstr(Certificate()->digest()));
  PushLateLecture();
  reporting_->Stop();
  reporting_->Start();
  for (const auto& [format, content] : first) {
    const auto again = Ask(format);
    ASSERT_THAT(again, IsOk());
    EXPECT_TRUE(again->content == content) << format;
  }
  const auto district = Ask(v1::REPORT_FORMAT_DOCX, false, "");
  ASSERT_THAT(district, IsOk());
  EXPECT_THAT(DocxText(district->content), HasSubstr("示例区"));
  EXPECT_THAT(DocxText(district->content), HasSubstr("举办法治讲座（宣讲、法治党课）2场"));
}

TEST_F(ReportServiceTest, TwoThatRenderAtOnceGetTheSame) {
  CloseAll();
  std::vector<std::string> got(4);
  std::vector<std::thread> threads;
  for (std::string& content : got) {
    threads.emplace_back([this, &content] {
      const auto report = Ask(v1::REPORT_FORMAT_XLSX);
      content = report.ok() ? report->content : report.status().ToString();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& content : got) EXPECT_TRUE(content == got.front()) << content.substr(0, 200);
}

TEST_F(ReportServiceTest, WhatWasNotKeptIsRenderedAgain) {
  CloseAll();
  SetFailpoints("report.before_commit=throw");
  EXPECT_FALSE(Ask(v1::REPORT_FORMAT_CSV).ok());
  SetFailpoints("");
  const auto report = Ask(v1::REPORT_FORMAT_CSV);
  ASSERT_THAT(report, IsOk());
  EXPECT_EQ(Ask(v1::REPORT_FORMAT_CSV)->content, report->content);
}

TEST_F(ReportServiceTest, TownsReadTheirOwnReportsOnly) {
  const v1::RenderReportRequest own = Request(v1::REPORT_FORMAT_CSV, true);
  EXPECT_THAT(Ask(own, auth::Role::kReporter, kTown), IsOk());
  EXPECT_THAT(Ask(own, auth::Role::kReporter, kOtherTown), HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(Ask(Request(v1::REPORT_FORMAT_CSV, true, ""), auth::Role::kReporter, kTown),
              HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(Ask(Request(v1::REPORT_FORMAT_CSV, true, ""), auth::Role::kReviewer, "630106"), IsOk());
}

struct WrongRequest {
  const char* parent;
  const char* township;
  v1::ReportFormat format;
  const char* reason;
};

TEST_F(ReportServiceTest, WrongRequestsAreRefused) {
  for (const WrongRequest& wrong :
       {WrongRequest{"districts/630106", kTown, v1::REPORT_FORMAT_CSV, "NAME_INVALID"},
        WrongRequest{kYearEnd2024, "63010610", v1::REPORT_FORMAT_CSV, "NAME_INVALID"},
        WrongRequest{kYearEnd2024, "630107101", v1::REPORT_FORMAT_CSV, "NAME_INVALID"},
        WrongRequest{kYearEnd2024, "630106999", v1::REPORT_FORMAT_CSV, "TOWNSHIP_NOT_FOUND"},
        WrongRequest{kYearEnd2024, kTown, v1::REPORT_FORMAT_UNSPECIFIED, "FORMAT_INVALID"},
        WrongRequest{kYearEnd2024, kTown, static_cast<v1::ReportFormat>(9), "FORMAT_INVALID"},
        WrongRequest{"districts/630999/yearEnds/2024", "", v1::REPORT_FORMAT_CSV, "DISTRICT_NOT_FOUND"}}) {
    v1::RenderReportRequest request = Request(wrong.format, true, wrong.township);
    request.set_parent(wrong.parent);
    EXPECT_THAT(Ask(request, auth::Role::kAdmin, "*"), HasReason(wrong.reason))
        << wrong.parent << wrong.township;
  }
}

TEST_F(ReportServiceTest, AComparisonIsExportedAsAFile) {
  const auto token =
      Push({MakeActivity("late", "law_lecture", "2024-07-08", {{"occurrences", 40}})}, "漏录补报");
  const auto ask = [&](v1::ReportFormat format, auth::Role role, const std::string& scope) {
    v1::ExportComparisonRequest request;
    *request.mutable_comparison() = MakeCompare({"law_lectures", "villages_total"});
    *request.mutable_comparison()->add_at_least_as_fresh() = token;
    request.set_format(format);
    const auto stub =
        v1::ReportService::NewStub(reporting_->ChannelWith(zhenhui::testing::Token(role, scope)));
    return Call(*stub, &v1::ReportService::Stub::ExportComparison, request);
  };
  const auto csv = ask(v1::REPORT_FORMAT_CSV, auth::Role::kReviewer, "630106");
  ASSERT_THAT(csv, IsOk());
  EXPECT_EQ(csv->body().content_type(), "text/csv; charset=utf-8");
  EXPECT_EQ(csv->file_name(), "630106示例区各乡镇（街道）比较2024-01-01至2024-12-31.csv");
  EXPECT_THAT(csv->body().data(), HasSubstr(",630106101,示例镇630106101,有数据,42,42,"));
  const auto xlsx = ask(v1::REPORT_FORMAT_XLSX, auth::Role::kDistrict, "630106");
  ASSERT_THAT(xlsx, IsOk());
  EXPECT_THAT(ZipPart(xlsx->body().data(), "xl/sharedStrings.xml"), HasSubstr("示例镇630106102"));
  EXPECT_THAT(ask(v1::REPORT_FORMAT_CSV, auth::Role::kReporter, kTown), HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(ask(v1::REPORT_FORMAT_DOCX, auth::Role::kAdmin, "*"), HasReason("FORMAT_NOT_OFFERED"));
}

TEST_F(ReportServiceTest, TheCommandWritesTheFiles) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / absl::StrCat("zh-report-", getpid());
  std::filesystem::create_directories(folder);
  setenv("ZHENHUI_STATE_DIR", (folder / "state").c_str(), 1);
  std::ofstream(folder / "token") << zhenhui::testing::Token(auth::Role::kJob, "630106");
  std::ostringstream out, err;
  const auto run = [&](std::vector<std::string> arguments) {
    for (const std::string& own :
         {std::string("--token-file"), (folder / "token").string(), std::string("--server"),
          absl::StrCat("127.0.0.1:", reporting_->port()), std::string("--lang"), std::string("zh")})
      arguments.push_back(own);
    return cli::RunCli(arguments, out, err, false, clock_);
  };
  const std::vector<std::string> render = {"report", "render", "-t",    kTown,
                                           "--year", "2024",   "--out", folder / "out"};
  EXPECT_EQ(run(render), cli::kExitRefused);
  EXPECT_THAT(err.str(), HasSubstr("YEAR_NOT_CLOSED"));
  std::vector<std::string> draft = render;
  draft.insert(draft.end(), {"--draft", "--format", "docx,csv"});
  EXPECT_EQ(run(draft), cli::kExitOk) << err.str();
  EXPECT_THAT(out.str(), HasSubstr("2024年法治政府建设情况报告（草稿）.docx"));
  size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder / "out"))
    files += file.file_size() > 0 ? 1 : 0;
  EXPECT_EQ(files, 2u);
  const std::vector<std::string> compare = {
      "compare", "-d", "630106", "-m", "law_lectures", "--year", "2024", "--out", folder / "比较.xlsx"};
  EXPECT_EQ(run(compare), cli::kExitOk) << err.str();
  EXPECT_GT(std::filesystem::file_size(folder / "比较.xlsx"), 4'000u);
  std::vector<std::string> word = compare;
  word.back() = folder / "比较.docx";
  EXPECT_EQ(run(word), cli::kExitUsage);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace zhenhui::reporting::testing

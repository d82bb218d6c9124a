#include "services/reporting/report/templates.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "services/reporting/report/report.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::report::ReadTemplateFolder;
using reporting::report::Templates;
using ::testing::HasSubstr;

const std::vector<std::string>& Codes() {
  static const std::vector<std::string> codes = [] {
    std::vector<std::string> all;
    for (const reporting::YearMetric& metric : InventedYear().metrics) all.push_back(metric.code);
    return all;
  }();
  return codes;
}

absl::StatusOr<std::unique_ptr<Templates>> With(const std::string& name, const std::string& text) {
  return Templates::Load({{name, text}}, Codes());
}

struct WrongTemplate {
  const char* text;
  const char* says;
};

TEST(TemplatesTest, WhatIsWrongIsNamedWithItsFileAndLine) {
  for (const WrongTemplate& wrong : {
           WrongTemplate{"# {{TOWN}}\n　　共{{LECTURES}}场",
                         "town_report.tpl, line 2: unknown field \"LECTURES\""},
           WrongTemplate{"\n\n{{#law_lecture}}x{{/law_lecture}}", "line 3: unknown section \"law_lecture\""},
           WrongTemplate{"{{#law_lectures}}\n{{FIGURE}}", "line 1: section \"law_lectures\" is not closed"},
           WrongTemplate{"{{#law_lectures}}{{/penalty_cases}}",
                         "line 1: {{/penalty_cases}} closes no section"},
           WrongTemplate{"{{/law_lectures}}", "line 1: {{/law_lectures}} closes no section"},
           WrongTemplate{"a\n{{TOWN", "line 2: {{ without }}"},
           WrongTemplate{"{{}}", "line 1: {{}} names nothing"},
           WrongTemplate{"{{FIGURE}}", "line 1: unknown field \"FIGURE\""},
           WrongTemplate{"{{#ANY}}x{{/ANY}}", "line 1: unknown section \"ANY\""},
           WrongTemplate{"{{>OTHER}}", "line 1: unknown include \"OTHER\""},
           WrongTemplate{"{{=<% %>=}}", "line 1: {{=<% %>=}} is not allowed"},
           WrongTemplate{"x\n| figure", "line 2: unknown table \"figure\""},
           WrongTemplate{"\xB9\xA4", "line 1: it is not UTF-8"},
       }) {
    const auto templates = With("town_report.tpl", wrong.text);
    EXPECT_THAT(templates, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(wrong.says)));
    EXPECT_THAT(templates, HasReason("TEMPLATE_INVALID"));
  }
}

TEST(TemplatesTest, FileThatIsNoTemplateIsRefused) {
  EXPECT_THAT(With("town-report.tpl", "x"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("town-report.tpl")));
}

TEST(TemplatesTest, OfficesOwnTextStandsInForTheBuiltInOne) {
  const auto templates =
      With("town_report.tpl", "# {{TOWN}}\r\n　　{{#law_lectures}}讲座{{FIGURE}}；{{/law_lectures}}\n。\n");
  ASSERT_THAT(templates, IsOk());
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", Value(6));
  const auto report =
      reporting::report::Render(reporting::report::Format::kMarkdown, TownInput(year), **templates);
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(report->content, ::testing::StartsWith("# 上新庄镇\n\n讲座6场。\n\n> 数据截止日期"));
}

TEST(TemplatesTest, SentenceWithoutClausesVanishes) {
  const auto templates =
      With("town_report.tpl", "　　{{#law_lectures}}讲座{{FIGURE}}；{{/law_lectures}}。\n　　完。");
  ASSERT_THAT(templates, IsOk());
  reporting::DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", NotReported());
  const auto report =
      reporting::report::Render(reporting::report::Format::kMarkdown, TownInput(year), **templates);
  ASSERT_THAT(report, IsOk());
  EXPECT_THAT(report->content, ::testing::StartsWith("完。\n\n"));
}

TEST(TemplatesTest, BuiltInOnesNameEveryShippedMetric) {
  for (const std::string& code : Codes()) EXPECT_TRUE(BuiltInTemplates().Names(code)) << code;
}

TEST(TemplatesTest, FolderGivesItsTemplatesOnly) {
  std::string folder = ::testing::TempDir() + "/templates-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  std::ofstream(folder + "/work.tpl") << "x";
  std::ofstream(folder + "/notes.txt") << "y";
  const auto texts = ReadTemplateFolder(folder);
  ASSERT_THAT(texts, IsOk());
  EXPECT_THAT(*texts, ::testing::ElementsAre(::testing::Pair("work.tpl", "x")));
  std::ofstream(folder + "/town_report.tpl") << std::string((1 << 20) + 1, 'x');
  EXPECT_THAT(ReadTemplateFolder(folder),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("over 1 MiB")));
  std::filesystem::remove_all(folder);
  EXPECT_THAT(ReadTemplateFolder(folder), HasReason("TEMPLATE_FOLDER_UNREADABLE"));
}

}  // namespace
}  // namespace zhenhui::testing

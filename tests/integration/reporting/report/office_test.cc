#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "services/reporting/report/report.h"
#include "tests/integration/reporting/report/office.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::DistrictYear;
using reporting::Figure;
using reporting::MetricType;
using reporting::report::Format;
using reporting::report::ReportInput;
using ::testing::Each;
using ::testing::Gt;
using ::testing::HasSubstr;

// As many towns as a district has, with figures as small as theirs. All invented.
DistrictYear DistrictOfSixteen(int of_year) {
  DistrictYear year = InventedYear(of_year);
  const reporting::TownYear first = year.towns.front();
  std::mt19937 random(static_cast<unsigned>(of_year));
  year.towns.clear();
  for (int i = 0; i < 16; ++i) {
    reporting::TownYear town = first;
    town.code = "6301061" + std::string(i < 10 ? "0" : "") + std::to_string(i);
    town.name_zh =
        i == 0 ? first.name_zh : "某某" + std::string(i % 5 == 4 ? "回族乡" : "镇") + std::to_string(i);
    town.villages = 10 + static_cast<int>(random() % 40);
    town.residents = i == 7 ? 0 : 8'000 + static_cast<int64_t>(random() % 30'000);
    for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
      const bool ratio = year.metrics[metric].type == MetricType::kRatio;
      const bool money = year.metrics[metric].decimal_shift > 0;
      for (Figure& figure : town.figures[metric]) {
        const auto value = static_cast<int64_t>(random() % (money ? 9'000'000 : 60));
        figure = ratio ? Value(50 + value % 50, 100) : value == 0 ? ConfirmedZero() : Value(value);
        if (i == 3) figure.unconfirmed_months = 1;
        if (i == 5 && metric % 4 == 0) figure = NotReported();
      }
    }
    year.towns.push_back(std::move(town));
  }
  return year;
}

// A page's text has spaces where glyphs stand apart.
std::string Unspaced(std::string text) {
  std::erase(text, ' ');
  return text;
}

class OfficeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!OfficeIsInstalled()) {
      GTEST_SKIP() << "LibreOffice or poppler-utils is missing (soffice, pdftotext, pdftoppm, pdfinfo); "
                      "scripts/install installs them, without them no office opens our files here";
    }
    input_.last_year = &last_year_;
    for (int i = 0; i < 30; ++i) {
      input_.records.push_back({.metric = "law_lectures",
                                .date = "2024-03-05",
                                .record = "townships/630106100/activities/record-" + std::to_string(i),
                                .revision = 7,
                                .kind = "law_lecture",
                                .title = "法治讲座（虚构）第" + std::to_string(i) + "场",
                                .village = "630106100201",
                                .value = 1,
                                .denominator = 0});
    }
  }

  const DistrictYear year_ = DistrictOfSixteen(2024);
  const DistrictYear last_year_ = DistrictOfSixteen(2023);
  ReportInput input_ = TownInput(year_);
};

TEST_F(OfficeTest, OpensAndPrintsEveryReport) {
  ReportInput district = DistrictInput(year_);
  district.last_year = &last_year_;
  ReportInput draft = input_;
  draft.generation = 0;
  draft.certificate_digest.clear();
  const OfficeFolder folder;
  folder.Write("town.docx", Rendered(Format::kDocx, input_));
  folder.Write("draft.docx", Rendered(Format::kDocx, draft));
  folder.Write("district.docx", Rendered(Format::kDocx, district));
  folder.Write("town_book.xlsx", Rendered(Format::kXlsx, input_));
  folder.Write("district_book.xlsx", Rendered(Format::kXlsx, district));
  folder.Print({"town.docx", "draft.docx", "district.docx", "town_book.xlsx", "district_book.xlsx"});
  for (const char* name : {"town.pdf", "draft.pdf", "district.pdf", "town_book.pdf", "district_book.pdf"}) {
    EXPECT_THAT(folder.Facts(name), HasSubstr("(A4)")) << name;
    EXPECT_THAT(folder.Ink(name), Each(Gt(0.05))) << name << ": a page is empty";
  }
  const std::string town = Unspaced(folder.Text("town.pdf"));
  EXPECT_THAT(town, HasSubstr("2024年法治政府建设情况报告"));
  EXPECT_THAT(town, HasSubstr("-1-"));
  EXPECT_THAT(town, HasSubstr("-2-"));
  EXPECT_THAT(town, HasSubstr("证书0123456789abcdef"));
  EXPECT_THAT(folder.Text("draft.pdf"), HasSubstr("草稿"));
  EXPECT_THAT(folder.Text("district.pdf"), HasSubstr("基尼系数"));
  EXPECT_THAT(folder.Text("town_book.pdf"), HasSubstr("法治讲座（虚构）第29场"));
  EXPECT_THAT(folder.Text("district_book.pdf"), HasSubstr("不排名的原因"));
}

}  // namespace
}  // namespace zhenhui::testing

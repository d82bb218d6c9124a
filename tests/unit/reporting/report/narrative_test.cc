#include "services/reporting/report/narrative.h"

#include <gmock/gmock.h>

#include "services/reporting/report/report.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::DistrictYear;
using reporting::report::Format;
using reporting::report::ReportInput;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Words(const ReportInput& input) { return DocxText(Rendered(Format::kDocx, input)); }

TEST(NarrativeTest, EveryFigureStandsOnceInTheWordsAndOnceInTheTableAsItIsRecorded) {
  const DistrictYear year = InventedYear();
  const std::string docx = Rendered(Format::kDocx, TownInput(year));
  const std::string words = DocxText(docx);
  const std::string tables = DocxTables(docx);
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    const reporting::YearMetric& of = year.metrics[metric];
    const std::string number = PrintYearFigure(of, year.towns[0].figures[metric][0]);
    EXPECT_EQ(CountNumber(words, number), 1) << of.code << " " << number;
    EXPECT_THAT(words, HasSubstr(number + of.unit.zh)) << of.code;
    EXPECT_EQ(CountNumber(tables, number), 1) << of.code << " " << number;
    for (int period = 1; period <= 4; ++period) {
      const std::string quarter =
          PrintYearFigure(of, year.towns[0].figures[metric][static_cast<size_t>(period)]);
      EXPECT_EQ(CountNumber(tables, quarter), 1) << of.code << " " << quarter;
    }
  }
}

TEST(NarrativeTest, ZeroAndNotReportedAreToldApart) {
  DistrictYear year = InventedYear();
  SetFigure(&year, 0, "penalty_cases", ConfirmedZero());
  SetFigure(&year, 0, "penalty_amount", NotReported());
  const std::string docx = Rendered(Format::kDocx, TownInput(year));
  EXPECT_THAT(DocxText(docx), HasSubstr("以下事项为零：行政处罚案件0件。"));
  EXPECT_THAT(DocxText(docx), HasSubstr("以下数据未报：罚没金额。"));
  EXPECT_THAT(DocxText(docx), Not(HasSubstr("办理行政处罚案件")));
  EXPECT_THAT(DocxTables(docx), HasSubstr("行政处罚案件|件|0|"));
  EXPECT_THAT(DocxTables(docx), HasSubstr("罚没金额|元|未报|"));
}

TEST(NarrativeTest, SectionWithoutFiguresIsLeftForTheAuthorWithAMark) {
  DistrictYear year = InventedYear();
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    if (year.metrics[metric].section == "E") SetFigure(&year, 0, year.metrics[metric].code, NotReported());
  }
  const std::string words = Words(TownInput(year));
  EXPECT_THAT(words, HasSubstr("（此处由撰写人补充：合法性审查工作情况"));
  EXPECT_THAT(words, Not(HasSubstr("开展合法性审查")));
  EXPECT_THAT(words, Not(HasSubstr("（此处由撰写人补充：行政执法")));
}

TEST(NarrativeTest, TownWithoutAnyFigureGetsAReportOfMarks) {
  DistrictYear year = InventedYear();
  for (reporting::YearFigures& figures : year.towns[0].figures) figures.fill(NotReported());
  const std::string words = Words(TownInput(year));
  EXPECT_EQ(Count(words, "（此处由撰写人补充"), 8 + 4);
  EXPECT_THAT(words, HasSubstr("数据不完整：1月至12月"));
  EXPECT_THAT(words, Not(HasSubstr("；。")));
}

TEST(NarrativeTest, OutlineIsTheOfficialOne) {
  const std::string words = Words(TownInput(InventedYear()));
  size_t at = 0;
  for (const char* heading :
       {"湟中区上新庄镇", "2024年法治政府建设情况报告", "湟中区委全面依法治区委员会办公室：",
        "一、主要举措和成效", "（一）加强组织领导", "（八）接受监督",
        "二、党政主要负责人履行推进法治建设第一责任人职责情况", "三、存在的问题和原因",
        "四、下一年度工作安排", "上新庄镇\n2025年1月8日", "附表"}) {
    const size_t found = words.find(heading, at);
    ASSERT_NE(found, std::string::npos) << heading;
    at = found;
  }
}

struct ChangeCase {
  const char* metric;
  reporting::Figure before;
  reporting::Figure now;
  const char* expected;
};

TEST(NarrativeTest, LastYearIsComparedInTheWordsOfTheMetric) {
  for (const ChangeCase& change :
       {ChangeCase{"law_lectures", Value(8), Value(9), "9场（同比上升12.50%）"},
        ChangeCase{"law_lectures", Value(9), Value(8), "8场（同比下降11.11%）"},
        ChangeCase{"law_lectures", Value(9), Value(9), "9场（与上年持平）"},
        ChangeCase{"law_lectures", ConfirmedZero(), Value(9), "9场（上年为0）"},
        ChangeCase{"law_savvy_persons", Value(99), Value(102), "102名（较上年末增加3名）"},
        ChangeCase{"law_savvy_persons", Value(103), Value(102), "102名（较上年末减少1名）"},
        ChangeCase{"mediation_success_rate", Value(90, 100), Value(188, 200),
                   "94.00%（同比上升4.00个百分点）"},
        ChangeCase{"penalty_amount", Value(100'000), Value(123'450), "1234.50元（同比上升23.45%）"},
        ChangeCase{"law_lectures", NotReported(), Value(9), "9场；"}}) {
    DistrictYear year = InventedYear();
    DistrictYear before = InventedYear(2023);
    SetFigure(&year, 0, change.metric, change.now);
    SetFigure(&before, 0, change.metric, change.before);
    ReportInput input = TownInput(year);
    input.last_year = &before;
    EXPECT_THAT(Words(input), HasSubstr(change.expected));
  }
}

TEST(NarrativeTest, FiguresOfTwoDefinitionsAreNotCompared) {
  const DistrictYear year = InventedYear();
  DistrictYear before = InventedYear(2023);
  for (reporting::YearMetric& metric : before.metrics) ++metric.version;
  ReportInput input = TownInput(year);
  input.last_year = &before;
  EXPECT_THAT(Words(input), Not(HasSubstr("同比")));
}

TEST(NarrativeTest, WithoutLastYearNothingIsCompared) {
  const std::string words = Words(TownInput(InventedYear()));
  EXPECT_THAT(words, Not(HasSubstr("同比")));
  EXPECT_THAT(words, Not(HasSubstr("上年")));
}

TEST(NarrativeTest, MetricThatNoTemplateKnowsIsListedAllTheSame) {
  DistrictYear year = InventedYear();
  reporting::YearMetric added = MetricOf(year, "law_lectures");
  added.code = "zz_new_metric";
  added.name.zh = "新指标";
  year.metrics.push_back(added);
  for (reporting::TownYear& town : year.towns) town.figures.emplace_back().fill(Value(777'777));
  EXPECT_THAT(Words(TownInput(year)), HasSubstr("此外，新指标777777场。"));
}

TEST(NarrativeTest, ClosedReportNamesCutOffRevisionsAndCertificate) {
  const DistrictYear year = InventedYear();
  const std::string docx = Rendered(Format::kDocx, TownInput(year));
  EXPECT_THAT(DocxText(docx),
              HasSubstr("数据截止日期：2025年1月8日；统计期间：2024年1月1日至2024年12月31日"));
  EXPECT_THAT(DocxText(docx), HasSubstr("数据版本：活动 r120，名录 r45"));
  EXPECT_THAT(DocxText(docx), HasSubstr("关账证书（第1次）SHA-256：" + TownInput(year).certificate_digest));
  EXPECT_THAT(ZipPart(docx, "word/footer1.xml"), HasSubstr("证书 0123456789abcdef"));
  EXPECT_THAT(DocxText(docx), Not(HasSubstr("草稿")));
}

TEST(NarrativeTest, DraftSaysSoOnEveryPage) {
  const DistrictYear year = InventedYear();
  ReportInput input = TownInput(year);
  input.generation = 0;
  input.certificate_digest.clear();
  const std::string docx = Rendered(Format::kDocx, input);
  EXPECT_THAT(ZipPart(docx, "word/header1.xml"), HasSubstr("草稿"));
  EXPECT_THAT(ZipPart(docx, "word/footer2.xml"), HasSubstr("草稿"));
  EXPECT_THAT(DocxText(docx), HasSubstr("草稿：以下数据尚未关账"));
  EXPECT_THAT(DocxText(docx), Not(HasSubstr("证书（第")));
}

TEST(NarrativeTest, DistrictReportComparesTheTownsAndSaysWhoIsNotRanked) {
  DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", Value(6));
  SetFigure(&year, 1, "law_lectures", Value(6));
  SetFigure(&year, 2, "law_lectures", NotReported());
  const std::string docx = Rendered(Format::kDocx, DistrictInput(year));
  const std::string tables = DocxTables(docx);
  EXPECT_THAT(tables, HasSubstr("6［1=］"));
  EXPECT_THAT(tables, HasSubstr("未报"));
  EXPECT_THAT(tables, HasSubstr("合计|"));
  EXPECT_THAT(tables, HasSubstr("基尼系数|"));
  EXPECT_THAT(DocxText(docx), HasSubstr("举办法治讲座（宣讲、法治党课）12场（1个乡镇（街道）未报）"));
  for (const char* part : {"一、数据完整性", "村均 / 每万人", "四、存在的问题和原因"})
    EXPECT_THAT(DocxText(docx), HasSubstr(part));
}

TEST(NarrativeTest, NamesWithSignsOfTheTemplateLanguageStayNames) {
  DistrictYear year = InventedYear();
  year.towns[0].name_zh = "{{YEAR}}\n# <镇> & \"乡\"";
  const std::string docx = Rendered(Format::kDocx, TownInput(year));
  EXPECT_THAT(DocxText(docx), HasSubstr("湟中区{{YEAR}} # <镇> & \"乡\"\n2024年"));
}

TEST(NarrativeTest, DistrictWithoutANameIsAddressedInGeneral) {
  DistrictYear year = InventedYear();
  year.name_zh.clear();
  EXPECT_THAT(Words(TownInput(year)), HasSubstr("区（县）委全面依法治区（县）委员会办公室："));
}

}  // namespace
}  // namespace zhenhui::testing

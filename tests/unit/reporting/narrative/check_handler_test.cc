#include "services/reporting/rpc/check_handler.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <utility>

#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/catalogue/shipped_phrases.h"
#include "services/reporting/upkeep/catalogue.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/docx_builder.h"

namespace zhenhui::reporting {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

// A town with a few figures of 2024, held in a cube as the service holds it.
class CheckHandlerTest : public ::testing::Test {
 protected:
  CheckHandlerTest()
      : catalogue_(Catalogue::Load(std::string(ShippedMetrics()), vocabulary_).value()),
        lexicon_(checker::Lexicon::Load(ShippedPhrases(), catalogue_->metrics()).value()),
        figures_(cube_, catalogue_->plans(), clock_),
        checker_(lexicon_, catalogue_->metrics(), figures_, [this] { return ready_; }) {
    TownBuilder builder(vocabulary_);
    const auto cell = [&builder](const char* series, int64_t value) {
      builder.AddCell({Grain::kTown, series, "", Date(2024, 3, 5), value});
    };
    cell("law_lecture.occurrences", 6);
    cell("publicity_event.occurrences", 43);
    cell("publicity_event.copies", 4160);
    builder.SetTownship({"示例镇", 1, {}});
    builder.AddVillage({vocabulary_.Member("630106101201"), "三合村", {}});
    cube_.Load("630106101", builder.Build());
    call_.claims = {.subject = "r", .role = auth::Role::kReporter, .scope = "630106101"};
    call_.deadline = absl::InfiniteFuture();
    request_.set_township("townships/630106101");
    request_.set_year(2024);
  }

  absl::StatusOr<v1::CheckReportResponse> Check(const std::string& content) {
    request_.set_content(content);
    v1::CheckReportResponse response;
    const absl::Status status = checker_.Check(call_, request_, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::Status ready_;
  Vocabulary vocabulary_;
  std::unique_ptr<Catalogue> catalogue_;
  checker::Lexicon lexicon_;
  Cube cube_{vocabulary_};
  zhenhui::testing::FakeClock clock_{Date(2025, 1, 15)};
  narrative::OpenFigures figures_;
  NarrativeChecker checker_;
  rpc::Call call_;
  v1::CheckReportRequest request_;
};

TEST_F(CheckHandlerTest, AClaimTellsWhereItStandsWhatIsRecordedAndWhatToWrite) {
  const auto answer = Check("# 报告\n全年在三合村等地举办法治讲座９场，受到好评。");
  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->claims_size(), 1);
  const v1::Claim& claim = answer->claims(0);
  EXPECT_EQ(claim.paragraph(), 2);
  EXPECT_EQ(claim.begin(), 14);
  EXPECT_EQ(claim.end(), 16);
  EXPECT_EQ(claim.quote(), "９场");
  EXPECT_EQ(claim.sentence(), "全年在三合村等地举办法治讲座９场，受到好评。");
  EXPECT_EQ(claim.metric(), "metrics/law_lectures");
  EXPECT_EQ(claim.verdict(), v1::VERDICT_OVERSTATED);
  EXPECT_EQ(claim.recorded().state(), v1::FIGURE_STATE_VALUE);
  EXPECT_EQ(claim.recorded().value(), 6);
  EXPECT_EQ(claim.recorded().decimal(), "6");
  EXPECT_EQ(claim.start_date(), "2024-01-01");
  EXPECT_EQ(claim.end_date(), "2024-12-31");
  EXPECT_THAT(claim.message_zh(), HasSubstr("6"));
  EXPECT_THAT(claim.message_en(), HasSubstr("6"));
  EXPECT_THAT(claim.suggestion_zh(), HasSubstr("6"));
  EXPECT_EQ(answer->characters(), 26);
  EXPECT_EQ(answer->annotated_html(), "");
}

TEST_F(CheckHandlerTest, WordGb18030AndUtf8GiveTheSameClaims) {
  const std::string text = "开展法治宣传40余场次，发放宣传资料4160份。";
  const auto plain = Check(text);
  ASSERT_THAT(plain, IsOk());
  ASSERT_EQ(plain->claims_size(), 2);
  EXPECT_EQ(plain->claims(0).verdict(), v1::VERDICT_APPROXIMATE_MATCH);
  EXPECT_EQ(plain->claims(1).verdict(), v1::VERDICT_MATCH);
  const auto word = Check(zhenhui::testing::DocxOf(zhenhui::testing::WordParagraph(text)));
  ASSERT_THAT(word, IsOk());
  EXPECT_THAT(*word, zhenhui::testing::EqualsProto(*plain));
  const auto gb = Check(
      "\xBF\xAA\xD5\xB9\xB7\xA8\xD6\xCE\xD0\xFB\xB4\xAB"
      "40\xD3\xE0\xB3\xA1\xB4\xCE\xA3\xAC\xB7\xA2\xB7\xC5"
      "\xD0\xFB\xB4\xAB\xD7\xCA\xC1\xCF"
      "4160\xB7\xDD\xA1\xA3");
  ASSERT_THAT(gb, IsOk());
  EXPECT_THAT(*gb, zhenhui::testing::EqualsProto(*plain));
}

TEST_F(CheckHandlerTest, RowsOfTablesAreClaims) {
  const auto answer = Check(zhenhui::testing::DocxOf(
      zhenhui::testing::WordTable({{"项目", "数量"}, {"法治讲座", "6场"}, {"法治宣传活动", "50场次"}})));
  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->claims_size(), 2);
  EXPECT_EQ(answer->claims(0).verdict(), v1::VERDICT_MATCH);
  EXPECT_EQ(answer->claims(1).verdict(), v1::VERDICT_OVERSTATED);
  EXPECT_EQ(answer->claims(1).paragraph(), 3);
}

TEST_F(CheckHandlerTest, AReportWithoutFiguresHasNoClaims) {
  request_.set_annotate(true);
  const auto answer = Check("坚持以习近平法治思想为指导，深入推进法治建设。");
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->claims_size(), 0);
  EXPECT_THAT(answer->annotated_html(), HasSubstr("共 0 处"));
}

TEST_F(CheckHandlerTest, ThePageNamesTownMetricAndRecord) {
  request_.set_annotate(true);
  const auto answer = Check("举办法治讲座9场。");
  ASSERT_THAT(answer, IsOk());
  EXPECT_THAT(answer->annotated_html(), HasSubstr("示例镇2024年报告数据核对"));
  EXPECT_THAT(answer->annotated_html(), HasSubstr("记录 <b>6</b>"));
  EXPECT_THAT(answer->annotated_html(), HasSubstr("未结账"));
}

TEST_F(CheckHandlerTest, WhatCannotBeAskedIsRefused) {
  const auto refused = [this](auto change, const char* reason) {
    const v1::CheckReportRequest kept = request_;
    change(request_);
    EXPECT_THAT(Check("讲座6场"), HasReason(reason));
    request_ = kept;
  };
  refused([](auto& r) { r.set_township("630106101"); }, "NAME_INVALID");
  refused([](auto& r) { r.set_township("townships/630106999"); }, "OUT_OF_SCOPE");
  refused([](auto& r) { r.set_year(24); }, "YEAR_RANGE");
  refused([](auto& r) { r.set_format(static_cast<v1::NarrativeFormat>(9)); }, "FORMAT_INVALID");
  refused([](auto& r) { r.set_format(v1::NARRATIVE_FORMAT_DOCX); }, "NARRATIVE_DAMAGED");
  EXPECT_THAT(Check(""), HasReason("NARRATIVE_EMPTY"));
  call_.claims.scope = "630106";
  refused([](auto& r) { r.set_township("townships/630106999"); }, "TOWNSHIP_NOT_FOUND");
  ready_ = Error(absl::StatusCode::kUnavailable, "NOT_LOADED", "later");
  EXPECT_THAT(Check("讲座6场"), HasReason("NOT_LOADED"));
}

TEST_F(CheckHandlerTest, MoreClaimsThanAReportHasAreRefused) {
  std::string text;
  for (size_t i = 0; i < kMaxClaims + 1; ++i) text += "法治讲座6场。\n";
  EXPECT_THAT(Check(text), HasReason("NARRATIVE_TOO_LARGE"));
}

TEST_F(CheckHandlerTest, ALongSentenceIsCutRoundItsFigure) {
  std::string filler;
  for (int i = 0; i < 300; ++i) filler += "好";
  const auto answer = Check(filler + "法治讲座6场" + filler + "。");
  ASSERT_THAT(answer, IsOk());
  ASSERT_EQ(answer->claims_size(), 1);
  EXPECT_THAT(answer->claims(0).sentence(), ::testing::StartsWith("…好"));
  EXPECT_THAT(answer->claims(0).sentence(), HasSubstr("法治讲座6场"));
  EXPECT_THAT(answer->claims(0).sentence(), ::testing::EndsWith("好…"));
}

}  // namespace
}  // namespace zhenhui::reporting

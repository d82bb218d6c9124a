#include "services/reporting/domain/year_end/certificate.h"

#include <gmock/gmock.h>

#include <functional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/digest/sha256.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/year_end/samples.h"

namespace zhenhui::reporting {
namespace {

using ::testing::HasSubstr;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOkAndHolds;

class CertificateTest : public ::testing::Test {
 protected:
  // The text with its last line made right again: what a forger would do who knows the format.
  static std::string Resum(const std::string& text) {
    const std::string summed = text.substr(0, text.rfind("sha256 "));
    return absl::StrCat(summed, "sha256 ", Sha256Hex(summed), "\n");
  }
  static bool InOrder(const std::vector<CertificateCheck>& checks) {
    for (const CertificateCheck& check : checks) {
      if (!check.failure.empty() && !check.warning) return false;
    }
    return true;
  }

  const SampleDistrict sample_;
  const Certificate certificate_ = MakeCertificate(sample_.Build());
  const std::string text_ = RenderCertificate(certificate_);
};

TEST_F(CertificateTest, WhatIsRenderedIsReadBackAndVerifies) {
  EXPECT_THAT(ParseCertificate(text_), IsOkAndHolds(certificate_));
  const auto checks = VerifyCertificate(text_, std::nullopt);
  for (const CertificateCheck& check : checks) EXPECT_EQ(check.failure, "") << check.name_en;
  EXPECT_EQ(checks[0].count, 2 * 11 * 17);
  EXPECT_GT(checks[1].count, 0);
  EXPECT_EQ(text_, RenderCertificate(MakeCertificate(sample_.Build())));
}

TEST_F(CertificateTest, AnyByteThatIsChangedIsFound) {
  for (size_t at = 0; at < text_.size(); ++at) {
    std::string damaged = text_;
    damaged[at] ^= 1;
    ASSERT_FALSE(ParseCertificate(damaged).ok()) << "byte " << at;
  }
}

TEST_F(CertificateTest, AnyCutAndAnyBytesBehindAreFound) {
  for (size_t size = 0; size < text_.size(); size += 7)
    ASSERT_FALSE(ParseCertificate(text_.substr(0, size)).ok());
  EXPECT_FALSE(ParseCertificate(text_.substr(0, text_.size() - 1)).ok());
  for (const char* behind : {"\n", " ", "x", "sha256 "}) EXPECT_FALSE(ParseCertificate(text_ + behind).ok());
}

// With the sum at the end made right, as somebody would who wants to deceive.
TEST_F(CertificateTest, AForgerWhoMakesTheSumRightIsFoundToo) {
  const auto replace = [](std::string text, const std::string& from, const std::string& to) {
    EXPECT_THAT(text, HasSubstr(from));
    return text.replace(text.find(from), from.size(), to);
  };
  const std::string digest = certificate_.signatures[0].digest;
  const struct {
    const char* what;
    std::string from, to;
    const char* reason;
  } kForgeries[] = {
      {"a figure", "1:7:0:0", "1:8:0:0", "CERTIFICATE_DIGEST"},
      {"a state", " 2:0:0:0", " 3:0:0:0", "CERTIFICATE_DIGEST"},
      {"a state that contradicts its value", " 1:7:0:0", " 2:7:0:0", "CERTIFICATE_INVALID"},
      {"an unknown state", " 2:0:0:0", " 5:0:0:0", "CERTIFICATE_INVALID"},
      {"the villages", "\\\\630106101 1 20000", "\\\\630106101 2 20000", "CERTIFICATE_DIGEST"},
      {"a signature's digest", digest, Sha256Hex("x"), "CERTIFICATE_DIGEST"},
      {"the district's digest", certificate_.digest, Sha256Hex("x"), "CERTIFICATE_DIGEST"},
      {"a definition", "lecture.occurrences", "lecture.attendances", "CERTIFICATE_DIGEST"},
      {"the year", "year 2024", "year 2023", "CERTIFICATE_DIGEST"},
      {"the district", "district 630106", "district 630107", "CERTIFICATE_INVALID"},
      {"one person twice", "second", "first", "CERTIFICATE_INVALID"},
      {"the generation", "generation 1", "generation 2", "CERTIFICATE_INVALID"},
      {"a leading zero", "generation 1", "generation 01", "CERTIFICATE_INVALID"},
      {"a plus sign", "generation 1", "generation +1", "CERTIFICATE_INVALID"},
      {"two spaces", "generation 1", "generation  1", "CERTIFICATE_INVALID"},
      {"a space at a line's end", "generation 1\n", "generation 1 \n", "CERTIFICATE_INVALID"},
      {"an escape that needs none", "closed 2025", "closed \\x32025", "CERTIFICATE_INVALID"},
      {"an unknown escape", "\\_", "\\q", "CERTIFICATE_INVALID"},
      {"Windows line ends", "generation 1\n", "generation 1\r\n", "CERTIFICATE_INVALID"},
      {"a newer format", "zhenhui-certificate 1", "zhenhui-certificate 2", "CERTIFICATE_INVALID"},
      {"upper-case digits", digest, "A" + digest.substr(1), "CERTIFICATE_INVALID"},
      {"a month that does not exist", "closed 2025-01", "closed 2025-13", "CERTIFICATE_INVALID"},
      {"a metric more", "metrics 11", "metrics 12", "CERTIFICATE_INVALID"},
      {"a metric less", "metrics 11", "metrics 10", "CERTIFICATE_INVALID"},
      {"a town less", "towns 2", "towns 1", "CERTIFICATE_INVALID"},
      {"more towns than anyone has", "towns 2", "towns 999999999999", "CERTIFICATE_INVALID"},
  };
  for (const auto& forgery : kForgeries) {
    EXPECT_THAT(ParseCertificate(Resum(replace(text_, forgery.from, forgery.to))), HasReason(forgery.reason))
        << forgery.what;
  }
}

TEST_F(CertificateTest, WhatIsNoTextIsNotShownInTheMessage) {
  const std::string program(
      "\x7f"
      "ELF\x02\x01\0\0\xff\n",
      10);
  const absl::Status refused = ParseCertificate(program).status();
  EXPECT_THAT(refused, HasReason("CERTIFICATE_INVALID"));
  for (const char c : refused.message()) EXPECT_TRUE(c >= ' ' && c <= '~') << refused;
  EXPECT_LT(ParseCertificate(std::string(100'000, 'x') + "\n").status().message().size(), 200u);
}

TEST_F(CertificateTest, TheOrderOfItsLinesIsPartOfIt) {
  std::vector<std::string> lines = absl::StrSplit(text_, '\n');
  for (size_t i = 0; i + 2 < lines.size(); ++i) {
    std::vector<std::string> swapped = lines;
    std::swap(swapped[i], swapped[i + 1]);
    const std::string joined = absl::StrJoin(swapped, "\n");
    if (joined == text_) continue;
    // The two approvals may stand either way round: nothing but their order would tell.
    if (lines[i].starts_with("approval ") && lines[i + 1].starts_with("approval ")) continue;
    EXPECT_FALSE(ParseCertificate(Resum(joined)).ok()) << lines[i];
    std::vector<std::string> repeated = lines;
    repeated.insert(repeated.begin() + static_cast<ptrdiff_t>(i), lines[i]);
    EXPECT_FALSE(ParseCertificate(Resum(absl::StrJoin(repeated, "\n"))).ok()) << lines[i];
  }
}

TEST_F(CertificateTest, MonthsMustAddUpAlsoWhereEveryDigestIsRight) {
  DistrictYear year = sample_.Build();
  const size_t cases = *FindMetric(year, "cases");
  year.towns[0].figures[cases][11] = {FigureState::kValue, 6, 0, 0};  // July, of 7 in the quarter
  const auto checks = VerifyCertificate(RenderCertificate(MakeCertificate(year)), std::nullopt);
  ASSERT_EQ(checks.size(), 3u);
  EXPECT_EQ(checks[0].failure, "");
  EXPECT_THAT(checks[1].failure, HasSubstr("630106101 cases"));
  EXPECT_FALSE(InOrder(checks));
}

TEST_F(CertificateTest, APartGreaterThanItsWholeIsAWarning) {
  DistrictYear year = sample_.Build();
  year.metrics[*FindMetric(year, "cases")].at_most = {"success"};
  const auto checks = VerifyCertificate(RenderCertificate(MakeCertificate(year)), std::nullopt);
  EXPECT_THAT(checks[2].failure, HasSubstr("7 of 5 success"));
  EXPECT_TRUE(InOrder(checks));
}

TEST_F(CertificateTest, TheChainLeadsToTheCertificateOfTheYearBefore) {
  DistrictYear before = sample_.Build();
  before.year = 2023;
  const std::string previous = RenderCertificate(MakeCertificate(before));
  Certificate chained = certificate_;
  chained.previous = Sha256Hex(previous);
  const std::string text = RenderCertificate(chained);
  EXPECT_TRUE(InOrder(VerifyCertificate(text, previous)));
  EXPECT_FALSE(InOrder(VerifyCertificate(text_, previous))) << "it names none";
  EXPECT_FALSE(InOrder(VerifyCertificate(text, text_))) << "of the same year";
  EXPECT_FALSE(InOrder(VerifyCertificate(text, "no certificate")));
  Certificate reopened = MakeCertificate(before);
  reopened.generation = 2;
  reopened.superseded = Sha256Hex(previous);
  EXPECT_FALSE(InOrder(VerifyCertificate(text, RenderCertificate(reopened)))) << "another generation";
}

TEST_F(CertificateTest, NamesKeepEveryCharacter) {
  Certificate certificate = certificate_;
  certificate.closed_by = "a b\\c\nd\te\x01\x7f名";
  certificate.figures.name_zh = "";
  EXPECT_THAT(ParseCertificate(RenderCertificate(certificate)), IsOkAndHolds(certificate));
}

}  // namespace
}  // namespace zhenhui::reporting

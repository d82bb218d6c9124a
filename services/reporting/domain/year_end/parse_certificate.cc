#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/digest/sha256.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/canonical_text.h"
#include "services/reporting/domain/year_end/certificate.h"

namespace zhenhui::reporting {
namespace {

constexpr int64_t kMostNumber = std::numeric_limits<int64_t>::max();
constexpr int64_t kMostLines = 100'000;  // of one kind: no counted loop of a damaged file runs long

absl::Status WrongDigest(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "CERTIFICATE_DIGEST", what);
}

bool IsCode(std::string_view text, size_t digits) {
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The parts of a certificate in their order.
class CertificateParser {
 public:
  explicit CertificateParser(std::string_view text) : text_(text), reader_(text) {}

  absl::StatusOr<Certificate> Parse() {
    RETURN_IF_ERROR(Header());
    RETURN_IF_ERROR(Approvals());
    RETURN_IF_ERROR(Metrics());
    RETURN_IF_ERROR(Towns());
    RETURN_IF_ERROR(AllFigures());
    RETURN_IF_ERROR(Sum());
    RETURN_IF_ERROR(Digests());
    RETURN_IF_ERROR(CheckTotals(year()));
    // One way to write it: what this program would write for the same content is what stands there.
    if (RenderCertificate(certificate_) != text_) {
      return Error(absl::StatusCode::kInvalidArgument, "CERTIFICATE_INVALID",
                   "the certificate is not written in the canonical way");
    }
    return std::move(certificate_);
  }

 private:
  DistrictYear& year() { return certificate_.figures; }

  absl::Status Header() {
    RETURN_IF_ERROR(reader_.Read("zhenhui-certificate", 1));
    if (reader_.Text(0) != "1")
      return reader_.Wrong("a format that this program does not know; use a newer one");
    RETURN_IF_ERROR(reader_.Read("district", 2));
    year().district = reader_.Text(0);
    year().name_zh = reader_.Text(1);
    if (!IsCode(year().district, 6)) return reader_.Wrong("a district has 6 digits");
    RETURN_IF_ERROR(reader_.Read("year", 1));
    ASSIGN_OR_RETURN(const int64_t number, reader_.Number(0, 1, 9999));
    year().year = static_cast<int>(number);
    RETURN_IF_ERROR(reader_.Read("generation", 1));
    ASSIGN_OR_RETURN(const int64_t generation, reader_.Number(0, 1, 1'000'000));
    certificate_.generation = static_cast<int>(generation);
    RETURN_IF_ERROR(reader_.Read("previous", 1));
    ASSIGN_OR_RETURN(certificate_.previous, reader_.Digest(0, true));
    RETURN_IF_ERROR(reader_.Read("superseded", 1));
    ASSIGN_OR_RETURN(certificate_.superseded, reader_.Digest(0, true));
    if (certificate_.superseded.empty() != (generation == 1))
      return reader_.Wrong("every generation but the first supersedes another");
    RETURN_IF_ERROR(reader_.Read("catalogue", 1));
    ASSIGN_OR_RETURN(year().catalogue_version, reader_.Number(0, 0, kMostNumber));
    return absl::OkStatus();
  }

  absl::Status Approvals() {
    RETURN_IF_ERROR(reader_.Read("closed", 2));
    ASSIGN_OR_RETURN(certificate_.closed_at, reader_.Time(0));
    certificate_.closed_by = reader_.Text(1);
    RETURN_IF_ERROR(reader_.Read("digest", 1));
    ASSIGN_OR_RETURN(certificate_.digest, reader_.Digest(0));
    RETURN_IF_ERROR(reader_.Read("approvals", 1));
    RETURN_IF_ERROR(reader_.Number(0, 2, 2).status());
    for (int i = 0; i < 2; ++i) {
      RETURN_IF_ERROR(reader_.Read("approval", 2));
      ASSIGN_OR_RETURN(const absl::Time at, reader_.Time(0));
      certificate_.approvals.push_back({reader_.Text(1), certificate_.digest, at});
    }
    if (certificate_.approvals[0].by == certificate_.approvals[1].by)
      return reader_.Wrong("one person approved twice");
    return absl::OkStatus();
  }

  absl::Status Metrics() {
    RETURN_IF_ERROR(reader_.Read("metrics", 1));
    ASSIGN_OR_RETURN(const int64_t count, reader_.Number(0, 1, kMostLines));
    for (int64_t i = 0; i < count; ++i) {
      RETURN_IF_ERROR(reader_.Read("metric", 17));
      RETURN_IF_ERROR(OneMetric());
    }
    return absl::OkStatus();
  }

  absl::Status OneMetric() {
    YearMetric metric;
    metric.code = reader_.Text(0);
    if (!year().metrics.empty() && metric.code <= year().metrics.back().code)
      return reader_.Wrong("metrics stand once and in the order of their codes");
    ASSIGN_OR_RETURN(const int64_t version, reader_.Number(1, 1, 1'000'000));
    metric.version = static_cast<int>(version);
    bool known = false;
    for (const MetricType type :
         {MetricType::kFlow, MetricType::kStock, MetricType::kRatio, MetricType::kDistinct}) {
      if (reader_.Text(2) != MetricTypeName(type)) continue;
      metric.type = type;
      known = true;
    }
    if (!known) return reader_.Wrong("a metric is a flow, stock, ratio or distinct");
    metric.core = reader_.Text(3) == "core";
    metric.section = reader_.Text(4);
    ASSIGN_OR_RETURN(const int64_t scale, reader_.Number(5, 1, 1'000'000));
    ASSIGN_OR_RETURN(const int64_t shift, reader_.Number(6, 0, 6));
    metric.ratio_scale = static_cast<int>(scale);
    metric.decimal_shift = static_cast<int>(shift);
    if (reader_.Text(7) != "neither") metric.higher_is_better = reader_.Text(7) == "higher";
    metric.formula = reader_.Text(9);
    metric.name = {reader_.Text(10), reader_.Text(11)};
    metric.unit = {reader_.Text(12), reader_.Text(13)};
    metric.definition = {reader_.Text(14), reader_.Text(15)};
    if (!reader_.Text(16).empty()) metric.at_most = absl::StrSplit(reader_.Text(16), ',');
    if (DefinitionDigest(metric) != reader_.Text(8)) {
      return WrongDigest(absl::StrCat("line ", reader_.line(), ": the definition of ", metric.code,
                                      " is not that of its digest"));
    }
    year().metrics.push_back(std::move(metric));
    return absl::OkStatus();
  }

  absl::Status Towns() {
    RETURN_IF_ERROR(reader_.Read("towns", 1));
    ASSIGN_OR_RETURN(const int64_t count, reader_.Number(0, 1, kMostLines));
    for (int64_t i = 0; i < count; ++i) {
      RETURN_IF_ERROR(reader_.Read("town", 11));
      RETURN_IF_ERROR(OneTown());
    }
    return absl::OkStatus();
  }

  absl::Status OneTown() {
    TownYear town;
    town.code = reader_.Text(0);
    town.name_zh = reader_.Text(1);
    if (!IsCode(town.code, 9) || !town.code.starts_with(year().district))
      return reader_.Wrong("a town's 9 digits begin with its district's");
    if (!year().towns.empty() && town.code <= year().towns.back().code)
      return reader_.Wrong("towns stand once and in the order of their codes");
    ASSIGN_OR_RETURN(const int64_t villages, reader_.Number(2, 0, 1'000'000));
    town.villages = static_cast<int>(villages);
    ASSIGN_OR_RETURN(town.residents, reader_.Number(3, 0, kMostNumber));
    TownSigned signature;
    for (const Feed feed : kFeeds) {
      const size_t offset = static_cast<size_t>(feed);
      ASSIGN_OR_RETURN(town.revisions[feed], reader_.Number(4 + offset, 0, kMostNumber));
      ASSIGN_OR_RETURN(signature.revisions[feed], reader_.Number(7 + offset, 0, kMostNumber));
    }
    ASSIGN_OR_RETURN(signature.digest, reader_.Digest(6));
    ASSIGN_OR_RETURN(signature.at, reader_.Time(9));
    signature.by = reader_.Text(10);
    year().towns.push_back(std::move(town));
    certificate_.signatures.push_back(std::move(signature));
    return absl::OkStatus();
  }

  absl::Status AllFigures() {
    for (TownYear& town : year().towns) {
      for (const YearMetric& metric : year().metrics) {
        RETURN_IF_ERROR(reader_.Read("figures", 2 + kYearPeriods));
        if (reader_.Text(0) != town.code || reader_.Text(1) != metric.code) {
          return reader_.Wrong(absl::StrCat("the figures of ", town.code, " ", metric.code,
                                            " belong here: by town, then by metric"));
        }
        ASSIGN_OR_RETURN(const YearFigures figures, reader_.Figures(2));
        for (const Figure& figure : figures) RETURN_IF_ERROR(CheckState(metric, figure));
        town.figures.push_back(figures);
      }
    }
    return absl::OkStatus();
  }

  // What no program of ours writes.
  absl::Status CheckState(const YearMetric& metric, const Figure& figure) const {
    const bool ratio = metric.type == MetricType::kRatio;
    const bool value = figure.state == FigureState::kValue;
    const bool fits =
        ratio ? value == (figure.denominator > 0) && (value || figure.state == FigureState::kNotApplicable)
              : figure.denominator == 0 && (value || figure.value == 0);
    if (!fits || (figure.state == FigureState::kConfirmedZero && figure.unconfirmed_months != 0)) {
      return reader_.Wrong(absl::StrCat("\"", FigureField(figure), "\" contradicts itself"));
    }
    return absl::OkStatus();
  }

  absl::Status Sum() {
    const std::string_view summed = text_.substr(0, reader_.position());
    RETURN_IF_ERROR(reader_.Read("sha256", 1));
    ASSIGN_OR_RETURN(const std::string sum, reader_.Digest(0));
    if (!reader_.at_end()) return reader_.Wrong("the sum is the last line");
    if (sum == Sha256Hex(summed)) return absl::OkStatus();
    return WrongDigest("the certificate was changed: its content is not that of the sum at its end");
  }

  absl::Status Digests() {
    const std::vector<std::string> digests = TownDigests(year());
    for (size_t i = 0; i < digests.size(); ++i) {
      if (digests[i] == certificate_.signatures[i].digest) continue;
      return WrongDigest(
          absl::StrCat("the figures of ", year().towns[i].code, " are not those that the town signed"));
    }
    if (DistrictDigest(year(), digests) == certificate_.digest) return absl::OkStatus();
    return WrongDigest("the figures are not those that the district approved");
  }

  const std::string_view text_;
  LineReader reader_;
  Certificate certificate_;
};

}  // namespace

absl::StatusOr<Certificate> ParseCertificate(std::string_view text) {
  return CertificateParser(text).Parse();
}

}  // namespace zhenhui::reporting

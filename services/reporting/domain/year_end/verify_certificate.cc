#include <functional>

#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "common/status/reason.h"
#include "services/reporting/domain/year_end/certificate.h"

namespace zhenhui::reporting {
namespace {

constexpr size_t kQuarters = 1;  // index of the first
constexpr size_t kMonths = 5;

// Whether both sides of a metric are sums over days, so that months add up to quarters. A stock's series
// stand in formulas under these names (formula.h).
bool AddsUp(const YearMetric& metric) {
  if (metric.type == MetricType::kFlow) return true;
  if (metric.type != MetricType::kRatio) return false;
  for (const char* stock : {"roster.", "register.", "villages_with"}) {
    if (metric.formula.find(stock) != std::string::npos) return false;
  }
  return true;
}

// A flow is "not applicable" only where the town did not exist; what was recorded outside of its life is in
// no month.
bool LivedAllYear(const DistrictYear& year, const TownYear& town) {
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    if (year.metrics[metric].type != MetricType::kFlow) continue;
    for (const Figure& figure : town.figures[metric]) {
      if (figure.state == FigureState::kNotApplicable) return false;
    }
  }
  return true;
}

// Empty, or how the whole differs from its parts.
std::string SumFailure(const YearFigures& figures, size_t whole, size_t first, size_t count) {
  Int128 value = 0;
  Int128 denominator = 0;
  for (size_t i = first; i < first + count; ++i) {
    value += figures[i].value;
    denominator += figures[i].denominator;
  }
  if (value == figures[whole].value && denominator == figures[whole].denominator) return "";
  return absl::StrCat("the parts sum to ", static_cast<int64_t>(value), ", not to ", figures[whole].value);
}

// Looks at each figure of each town until the first failure.
template <typename Look>  // std::string look(const YearMetric&, size_t metric, const TownYear&, int64_t&
                          // count)
void LookAtAll(const DistrictYear& year, CertificateCheck& check, Look look) {
  for (const TownYear& town : year.towns) {
    for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
      const std::string failure = look(year.metrics[metric], metric, town, check.count);
      if (!failure.empty() && check.failure.empty())
        check.failure = absl::StrCat(town.code, " ", year.metrics[metric].code, ": ", failure);
    }
  }
}

CertificateCheck CheckSums(const DistrictYear& year) {
  CertificateCheck check;
  check.name_zh = "季度为各月之和，全年为各季度之和";
  check.name_en = "quarters are the sums of their months, the year of its quarters";
  LookAtAll(year, check, [&](const YearMetric& metric, size_t index, const TownYear& town, int64_t& count) {
    if (!AddsUp(metric) || !LivedAllYear(year, town)) return std::string();
    const YearFigures& figures = town.figures[index];
    count += 5;
    std::string failure = SumFailure(figures, 0, kQuarters, 4);
    for (size_t quarter = 0; quarter < 4 && failure.empty(); ++quarter)
      failure = SumFailure(figures, kQuarters + quarter, kMonths + 3 * quarter, 3);
    return failure;
  });
  return check;
}

CertificateCheck CheckParts(const DistrictYear& year) {
  CertificateCheck check;
  check.name_zh = "部分不大于整体";
  check.name_en = "parts are not greater than their wholes";
  check.warning = true;
  LookAtAll(year, check, [&](const YearMetric& metric, size_t index, const TownYear& town, int64_t& count) {
    const Figure& part = town.figures[index][0];
    for (const std::string& code : metric.at_most) {
      const auto whole = FindMetric(year, code);
      if (!whole || !part.has_value()) continue;
      const Figure& of = town.figures[*whole][0];
      if (!of.has_value()) continue;
      ++count;
      if (part.value > of.value) return absl::StrCat(part.value, " of ", of.value, " ", code);
    }
    return std::string();
  });
  return check;
}

CertificateCheck CheckChain(const Certificate& certificate, std::string_view previous_text) {
  CertificateCheck check;
  check.name_zh = "与上一年证书相连";
  check.name_en = "it is chained to the certificate of the year before";
  check.count = 1;
  const auto previous = ParseCertificate(previous_text);
  if (!previous.ok()) {
    check.failure =
        absl::StrCat("the other file is no certificate: ", std::string(previous.status().message()));
  } else if (previous->figures.district != certificate.figures.district ||
             previous->figures.year + 1 != certificate.figures.year) {
    check.failure = absl::StrCat("the other file is of district ", previous->figures.district, ", year ",
                                 previous->figures.year);
  } else if (Sha256Hex(previous_text) != certificate.previous) {
    check.failure = absl::StrCat("it names ", certificate.previous.empty() ? "none" : certificate.previous,
                                 ", the file is ", Sha256Hex(previous_text));
  }
  return check;
}

}  // namespace

std::vector<CertificateCheck> VerifyCertificate(std::string_view text,
                                                std::optional<std::string_view> previous) {
  std::vector<CertificateCheck> checks;
  CertificateCheck whole;
  whole.name_zh = "内容与校验值、签字和审定一致";
  whole.name_en = "the content is that of its sum, its signatures and its approvals";
  const auto certificate = ParseCertificate(text);
  if (!certificate.ok()) {
    whole.failure =
        absl::StrCat(std::string(certificate.status().message()), " [", ReasonOf(certificate.status()), "]");
    checks.push_back(std::move(whole));
    return checks;
  }
  const DistrictYear& year = certificate->figures;
  whole.count = static_cast<int64_t>(year.towns.size() * year.metrics.size()) * kYearPeriods;
  checks.push_back(std::move(whole));
  checks.push_back(CheckSums(year));
  checks.push_back(CheckParts(year));
  if (previous) checks.push_back(CheckChain(*certificate, *previous));
  return checks;
}

}  // namespace zhenhui::reporting

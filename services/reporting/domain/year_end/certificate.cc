#include "services/reporting/domain/year_end/certificate.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/digest/sha256.h"
#include "services/reporting/domain/year_end/canonical_text.h"

namespace zhenhui::reporting {
namespace {

std::string DigestOrNone(const std::string& digest) { return digest.empty() ? "none" : digest; }

void AppendHeader(std::string& text, const Certificate& certificate) {
  const DistrictYear& year = certificate.figures;
  AppendFields(text, {"zhenhui-certificate", "1"});
  AppendFields(text, {"district", year.district, year.name_zh});
  AppendFields(text, {"year", absl::StrCat(year.year)});
  AppendFields(text, {"generation", absl::StrCat(certificate.generation)});
  AppendFields(text, {"previous", DigestOrNone(certificate.previous)});
  AppendFields(text, {"superseded", DigestOrNone(certificate.superseded)});
  AppendFields(text, {"catalogue", absl::StrCat(year.catalogue_version)});
  AppendFields(text, {"closed", TimeField(certificate.closed_at), certificate.closed_by});
  AppendFields(text, {"digest", certificate.digest});
  AppendFields(text, {"approvals", absl::StrCat(certificate.approvals.size())});
  for (const DistrictApproved& approval : certificate.approvals) {
    AppendFields(text, {"approval", TimeField(approval.at), approval.by});
  }
}

std::string_view Direction(const std::optional<bool>& higher_is_better) {
  if (!higher_is_better) return "neither";
  return *higher_is_better ? "higher" : "lower";
}

void AppendMetrics(std::string& text, const std::vector<YearMetric>& metrics) {
  AppendFields(text, {"metrics", absl::StrCat(metrics.size())});
  for (const YearMetric& metric : metrics) {
    AppendFields(text, {"metric", metric.code, absl::StrCat(metric.version), MetricTypeName(metric.type),
                        metric.core ? "core" : "ext", metric.section, absl::StrCat(metric.ratio_scale),
                        absl::StrCat(metric.decimal_shift), Direction(metric.higher_is_better),
                        DefinitionDigest(metric), metric.formula, metric.name.zh, metric.name.en,
                        metric.unit.zh, metric.unit.en, metric.definition.zh, metric.definition.en,
                        absl::StrJoin(metric.at_most, ",")});
  }
}

void AppendTowns(std::string& text, const Certificate& certificate) {
  const DistrictYear& year = certificate.figures;
  AppendFields(text, {"towns", absl::StrCat(year.towns.size())});
  for (size_t i = 0; i < year.towns.size(); ++i) {
    const TownYear& town = year.towns[i];
    const TownSigned& signature = certificate.signatures[i];
    AppendFields(
        text,
        {"town", town.code, town.name_zh, absl::StrCat(town.villages), absl::StrCat(town.residents),
         absl::StrCat(town.revisions[Feed::kActivities]), absl::StrCat(town.revisions[Feed::kTownships]),
         signature.digest, absl::StrCat(signature.revisions[Feed::kActivities]),
         absl::StrCat(signature.revisions[Feed::kTownships]), TimeField(signature.at), signature.by});
  }
  for (const TownYear& town : year.towns) {
    for (size_t metric = 0; metric < year.metrics.size(); ++metric)
      AppendFigures(text, town.code, year.metrics[metric].code, town.figures[metric]);
  }
}

}  // namespace

std::string CertificateDigest(std::string_view text) { return Sha256Hex(text); }

std::string RenderCertificate(const Certificate& certificate) {
  std::string text;
  text.reserve(64 * 1024 + certificate.figures.towns.size() * certificate.figures.metrics.size() * 256);
  AppendHeader(text, certificate);
  AppendMetrics(text, certificate.figures.metrics);
  AppendTowns(text, certificate);
  absl::StrAppend(&text, "sha256 ", Sha256Hex(text), "\n");
  return text;
}

}  // namespace zhenhui::reporting

#include "tests/unit/reporting/year_end/samples.h"

#include <stdexcept>

namespace zhenhui::reporting {

SampleDistrict::SampleDistrict() {
  for (const char* code : {"630106101", "630106102"}) {
    std::vector<Facts> records = testing::ConfirmedMonths(Date(2024, 1, 1), Date(2024, 12, 1));
    records.push_back(TownshipFacts{"示例 镇\\" + std::string(code), 1, {}});
    records.push_back(small.Village(std::string(code) + "201"));
    records.push_back(PopulationFacts{2024, 20'000});
    records.push_back(small.Counsel({std::string(code) + "201"}, {Date(2024, 5, 1), {}}));
    records.push_back(small.Activity("lecture", Date(2024, 3, 5), "", {{"attendances", 40}}));
    records.push_back(small.Activity("lecture", Date(2024, 11, 5), "", {{"attendances", 0}}));
    records.push_back(small.Activity("mediation", Date(2024, 7, 1), "", {{"cases", 7}, {"success", 5}}));
    records.push_back(small.Activity("penalty", Date(2024, 8, 1), "", {{"fen", 123'450}}));
    towns.push_back(small.Town(code, records));
  }
}

DistrictYear SampleDistrict::Build() const {
  auto built = BuildDistrictYear(small.vocabulary, *small.plans, towns, "630106", "示例区", 2024);
  if (!built.ok()) throw std::runtime_error(built.status().ToString());
  return *std::move(built);
}

Certificate MakeCertificate(const DistrictYear& year) {
  Certificate certificate;
  certificate.closed_at = absl::FromUnixSeconds(1'736'500'000);
  certificate.closed_by = "job";
  certificate.figures = year;
  const std::vector<std::string> digests = TownDigests(year);
  certificate.digest = DistrictDigest(year, digests);
  for (size_t i = 0; i < year.towns.size(); ++i) {
    certificate.signatures.push_back({digests[i], year.towns[i].revisions, "clerk-" + year.towns[i].code,
                                      absl::FromUnixSeconds(1'736'000'000)});
  }
  for (const char* person : {"first", "second"})
    certificate.approvals.push_back({person, certificate.digest, absl::FromUnixSeconds(1'736'400'000)});
  return certificate;
}

}  // namespace zhenhui::reporting

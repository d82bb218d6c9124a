#pragma once
#include <string>
#include <vector>

#include "services/reporting/domain/year_end/certificate.h"
#include "services/reporting/domain/year_end/district_year.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {

// Two towns of district 630106 with the year 2024 confirmed, of SmallCatalogue.
struct SampleDistrict {
  SampleDistrict();

  DistrictYear Build() const;
  testing::SmallCatalogue small;
  std::vector<TownView> towns;
};

// A certificate of these figures, signed by clerk-<code> and approved by "first" and "second".
Certificate MakeCertificate(const DistrictYear& year);

}  // namespace zhenhui::reporting

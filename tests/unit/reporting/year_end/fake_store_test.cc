#include "absl/time/clock.h"
#include "tests/testing/reporting/fake_year_end_store.h"
#include "tests/testing/reporting/year_end_store_contract.h"

namespace zhenhui::testing {
namespace {

INSTANTIATE_TEST_SUITE_P(Fake, YearEndStoreContract, ::testing::Values([] {
                           return std::make_unique<FakeYearEndStore>([] { return absl::Now(); });
                         }));

}  // namespace
}  // namespace zhenhui::testing

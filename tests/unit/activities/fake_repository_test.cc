#include "tests/testing/activities/fake_repository.h"
#include "tests/testing/activities/fake_target_repository.h"
#include "tests/testing/activities/repository_contract.h"

namespace zhenhui::activities::testing {
namespace {

class Fake final : public RepositoryUnderTest {
 public:
  ActivityRepository& repository() override { return repository_; }
  TargetRepository& targets() override { return targets_; }

 private:
  FakeRepository repository_;
  FakeTargetRepository targets_;
};

INSTANTIATE_TEST_SUITE_P(Fake, RepositoryContract,
                         ::testing::Values(MakeRepository([] { return std::make_unique<Fake>(); })));

}  // namespace
}  // namespace zhenhui::activities::testing

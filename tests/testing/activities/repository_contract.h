#pragma once
#include <functional>
#include <memory>

#include <gtest/gtest.h>

#include "services/activities/domain/repository.h"
#include "services/activities/domain/target_repository.h"

namespace zhenhui::activities::testing {

// A repository with what it stands on; each test gets an empty one.
class RepositoryUnderTest {
 public:
  virtual ~RepositoryUnderTest() = default;
  virtual ActivityRepository& repository() = 0;
  virtual TargetRepository& targets() = 0;
};

using MakeRepository = std::function<std::unique_ptr<RepositoryUnderTest>()>;

// What every ActivityRepository does. INSTANTIATE_TEST_SUITE_P(Fake, RepositoryContract, Values(MakeFake));
class RepositoryContract : public ::testing::TestWithParam<MakeRepository> {
 protected:
  void SetUp() override { under_test_ = GetParam()(); }
  ActivityRepository& repository() { return under_test_->repository(); }
  TargetRepository& targets() { return under_test_->targets(); }

 private:
  std::unique_ptr<RepositoryUnderTest> under_test_;
};

}  // namespace zhenhui::activities::testing

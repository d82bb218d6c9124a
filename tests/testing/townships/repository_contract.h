#pragma once
#include <functional>
#include <memory>

#include <gtest/gtest.h>

#include "services/townships/domain/repository.h"

namespace zhenhui::townships::testing {

// What every Repository must do, whatever it keeps its records in. Instantiate it with a factory of empty
// ones.
class RepositoryContract : public ::testing::TestWithParam<std::function<std::unique_ptr<Repository>()>> {
 protected:
  void SetUp() override { repository_ = GetParam()(); }
  std::unique_ptr<Repository> repository_;
};

}  // namespace zhenhui::townships::testing

#pragma once
#include <functional>
#include <memory>

#include <gtest/gtest.h>

#include "services/reporting/domain/year_end/year_end_store.h"

namespace zhenhui::testing {

// What every YearEndStore must do. Instantiate it with a factory of empty ones.
class YearEndStoreContract
    : public ::testing::TestWithParam<std::function<std::unique_ptr<reporting::YearEndStore>()>> {
 protected:
  void SetUp() override { store_ = GetParam()(); }
  std::unique_ptr<reporting::YearEndStore> store_;
};

}  // namespace zhenhui::testing

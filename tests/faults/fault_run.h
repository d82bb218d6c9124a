#pragma once
#include <string>
#include <vector>

#include "tests/faults/deployment.h"
#include "tests/faults/ledger.h"

namespace zhenhui::faults {

// Waits until every feed is folded and every cell is flushed. Empty, or what is missing after the patience.
std::string AwaitFlushed(const Deployment& deployment);

// Asks VerifyTotals of the whole district. Empty, or what it says.
std::string VerifyTotals(const Deployment& deployment);

// Checks the database against the ledger; the first findings, one a line, or empty.
std::string CheckDatabase(const Ledger& ledger, const std::string& owner_dsn);

// A whole number of the environment.
uint64_t FromEnvironment(const char* name, uint64_t otherwise);

}  // namespace zhenhui::faults

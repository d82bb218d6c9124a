#pragma once
#include <string>
#include <vector>

#include "tests/bench/stand.h"

namespace zhenhui::bench {

// Serialised CompareTownships requests about all towns, no two alike: each of the catalogue's core metrics,
// over many periods of 2024, under each normalisation. About 3,000.
std::vector<std::string> Questions(Stand& stand);

}  // namespace zhenhui::bench

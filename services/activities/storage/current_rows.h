#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "common/db/statement.h"
#include "services/activities/domain/repository.h"

namespace zhenhui::activities {

// Brings the table of current activities up to a plan whose first write has the revision head + 1. `previous`
// holds, for each looked-up id, the revision that is replaced, 0 for a new one. Throws what pqxx throws.
void WriteCurrentRows(db::Tx& tx, std::string_view township, int64_t head, std::span<const PlannedWrite> plan,
                      std::span<const int64_t> previous);

}  // namespace zhenhui::activities

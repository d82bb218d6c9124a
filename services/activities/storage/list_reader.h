#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/db/statement.h"
#include "services/activities/domain/query.h"
#include "services/activities/domain/repository.h"

namespace zhenhui::activities {

// One page of a township's activities, within one snapshot of the database. As of an older revision a page is
// merged from the current rows that are not younger and from the contents that younger revisions have
// replaced (common/feed/log.h). Errors as ActivityRepository::List; throws what pqxx throws.
absl::StatusOr<ListPage> ReadPage(db::Tx& tx, std::string_view township, const ActivityQuery& query,
                                  const std::optional<ListPosition>& after, size_t limit);

// For ILIKE: `part` anywhere in a text, its wildcards escaped.
std::string PatternOf(std::string_view part);

}  // namespace zhenhui::activities

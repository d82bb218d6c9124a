#include "services/activities/storage/list_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/feed/follower.h"
#include "common/feed/log.h"
#include "common/status/status_macros.h"
#include "services/activities/storage/array_literal.h"
#include "services/activities/storage/rows.h"
#include "services/activities/storage/statements.h"

namespace zhenhui::activities {
namespace {

const Date kFirstDay(1, 1, 1);
const Date kLastDay(9999, 12, 31);

using Stored = std::vector<StoredActivity>;

// Exclusive: an empty id comes before every id of its day.
ListPosition StartOf(const ActivityQuery& query, const std::optional<ListPosition>& after) {
  const ListPosition first{
      query.newest_first ? query.end.value_or(kLastDay) + 1 : query.start.value_or(kFirstDay), ""};
  return after.has_value() && Precedes(query, first, *after) ? *after : first;
}

// The last day on the way, inclusive.
Date UntilOf(const ActivityQuery& query) {
  return query.newest_first ? query.start.value_or(kFirstDay) : query.end.value_or(kLastDay);
}

std::optional<std::string> Kinds(const ActivityQuery& query) {
  if (query.kinds.empty()) return std::nullopt;
  ArrayLiteral kinds;
  for (const std::string& kind : query.kinds) kinds.Add(kind);
  return kinds.Text();
}

std::optional<std::string> Unless(bool absent, std::string text) {
  return absent ? std::nullopt : std::optional(std::move(text));
}

// Current rows from `from` on that match, `wanted` of them or all. Audiences stand in the contents alone, so
// rows are read until enough of them match.
absl::StatusOr<Stored> ReadCurrent(db::Tx& tx, std::string_view township, const ActivityQuery& query,
                                   ListPosition from, size_t wanted) {
  Stored found;
  const auto kinds = Kinds(query);
  const auto village = Unless(query.village.empty(), query.village);
  const auto pattern = Unless(query.text.empty(), PatternOf(query.text));
  const auto deleted = Unless(!query.state.has_value(), query.state == ActivityState::kDeleted ? "t" : "f");
  for (;;) {
    const pqxx::result rows =
        db::Exec(tx, query.newest_first ? sql::kListNewestFirst : sql::kList, std::string(township),
                 FormatDate(from.date), from.id, FormatDate(UntilOf(query)), kinds, village, deleted, pattern,
                 query.read_revision, static_cast<int64_t>(wanted));
    for (const pqxx::row& row : rows) {
      ASSIGN_OR_RETURN(StoredActivity stored, ReadStored(row));
      from = PositionOf(stored.content);
      if (Matches(query, stored.content)) found.push_back(std::move(stored));
    }
    if (rows.size() < wanted || found.size() >= wanted) return found;
  }
}

absl::Status AddSuperseded(db::Tx& tx, std::string_view township, const ActivityQuery& query,
                           const ListPosition& from, Stored& found) {
  for (const feed::SharedChange& change : feed::ReadSuperseded(tx, township, query.read_revision)) {
    if (!IsActivity(change->record_type)) continue;
    ASSIGN_OR_RETURN(StoredActivity stored, ReadStored(*change));
    if (Precedes(query, from, PositionOf(stored.content)) && Matches(query, stored.content))
      found.push_back(std::move(stored));
  }
  std::sort(found.begin(), found.end(), [&](const StoredActivity& a, const StoredActivity& b) {
    return Precedes(query, PositionOf(a.content), PositionOf(b.content));
  });
  return absl::OkStatus();
}

}  // namespace

std::string PatternOf(std::string_view part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

absl::StatusOr<ListPage> ReadPage(db::Tx& tx, std::string_view township, const ActivityQuery& query,
                                  const std::optional<ListPosition>& after, size_t limit) {
  const feed::Head head = feed::ReadHead(tx, township);
  ActivityQuery pinned = query;
  if (pinned.read_revision == 0) pinned.read_revision = head.last_revision;
  RETURN_IF_ERROR(feed::CheckCursor(head, pinned.read_revision));

  const ListPosition from = StartOf(pinned, after);
  ListPage page;
  page.read_revision = pinned.read_revision;
  // One more than the page holds says whether another page follows.
  ASSIGN_OR_RETURN(page.activities, ReadCurrent(tx, township, pinned, from, limit + 1));
  if (pinned.read_revision < head.last_revision) {
    RETURN_IF_ERROR(AddSuperseded(tx, township, pinned, from, page.activities));
  }
  if (page.activities.size() > limit) {
    page.activities.resize(limit);
    page.next = PositionOf(page.activities.back().content);
  }
  return page;
}

}  // namespace zhenhui::activities

#include "services/activities/storage/current_rows.h"

#include <string>

#include "common/db/copy.h"
#include "services/activities/storage/array_literal.h"
#include "services/activities/storage/statements.h"

namespace zhenhui::activities {
namespace {

void CopyNewRows(db::Tx& tx, std::string_view township, int64_t head, std::span<const PlannedWrite> plan,
                 std::span<const int64_t> previous) {
  const db::StatementTimer timer("activities.copy_rows");
  db::CopyWriter copy(tx, "activity",
                      "township_code, id, revision, kind, activity_date, village, title, deleted");
  for (const PlannedWrite& write : plan) {
    ++head;
    if (previous[write.index] != 0) continue;
    const Activity& content = *write.content;
    copy.Text(township);
    copy.Text(content.id);
    copy.Int(head);
    copy.Text(content.kind);
    copy.Date(content.date);
    copy.Text(content.village);
    copy.Text(content.title);
    copy.Bool(content.state == ActivityState::kDeleted);
    copy.EndRow();
  }
  copy.Finish();
}

void ReplaceRows(db::Tx& tx, std::string_view township, int64_t head, std::span<const PlannedWrite> plan,
                 std::span<const int64_t> previous) {
  ArrayLiteral ids, revisions, kinds, dates, villages, titles, deleted;
  for (const PlannedWrite& write : plan) {
    ++head;
    if (previous[write.index] == 0) continue;
    const Activity& content = *write.content;
    ids.Add(content.id);
    revisions.Add(head);
    kinds.Add(content.kind);
    dates.Add(FormatDate(content.date));
    villages.Add(content.village);
    titles.Add(content.title);
    deleted.Add(content.state == ActivityState::kDeleted);
  }
  db::Exec(tx, sql::kReplaceRows, std::string(township), ids.Text(), revisions.Text(), kinds.Text(),
           dates.Text(), villages.Text(), titles.Text(), deleted.Text());
}

}  // namespace

void WriteCurrentRows(db::Tx& tx, std::string_view township, int64_t head, std::span<const PlannedWrite> plan,
                      std::span<const int64_t> previous) {
  size_t replaced = 0;
  for (const PlannedWrite& write : plan) replaced += previous[write.index] != 0;
  if (replaced < plan.size()) CopyNewRows(tx, township, head, plan, previous);
  if (replaced > 0) ReplaceRows(tx, township, head, plan, previous);
}

}  // namespace zhenhui::activities

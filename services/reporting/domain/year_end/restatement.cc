#include "services/reporting/domain/year_end/restatement.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/canonical_text.h"

namespace zhenhui::reporting {
namespace {

constexpr int64_t kMostRevision = std::numeric_limits<int64_t>::max();

absl::StatusOr<Applied> ReadRevisions(const LineReader& reader) {
  Applied revisions;
  ASSIGN_OR_RETURN(revisions[Feed::kActivities], reader.Number(0, 0, kMostRevision));
  ASSIGN_OR_RETURN(revisions[Feed::kTownships], reader.Number(1, 0, kMostRevision));
  return revisions;
}

absl::StatusOr<FigureChange> ReadFigureChange(const LineReader& reader) {
  FigureChange change;
  change.metric = reader.Text(0);
  ASSIGN_OR_RETURN(const int64_t period, reader.Number(1, 0, kYearPeriods - 1));
  change.period = static_cast<int>(period);
  ASSIGN_OR_RETURN(change.before, ParseFigureField(reader.Text(2)));
  ASSIGN_OR_RETURN(change.after, ParseFigureField(reader.Text(3)));
  return change;
}

absl::StatusOr<RecordChange> ReadRecordChange(const LineReader& reader) {
  RecordChange record;
  record.name = reader.Text(0);
  ASSIGN_OR_RETURN(const int64_t feed, reader.Number(1, 0, 1));
  record.feed = static_cast<Feed>(feed);
  ASSIGN_OR_RETURN(record.revision, reader.Number(2, 0, kMostRevision));
  record.reason = reader.Text(3);
  record.by = reader.Text(4);
  record.title = reader.Text(5);
  return record;
}

}  // namespace

std::string RestatementText(const Restatement& restatement) {
  std::string text;
  AppendFields(text, {"zhenhui-restatement", "1"});
  const auto revisions = [&](std::string_view keyword, const Applied& applied) {
    AppendFields(
        text, {keyword, absl::StrCat(applied[Feed::kActivities]), absl::StrCat(applied[Feed::kTownships])});
  };
  revisions("from", restatement.from);
  revisions("to", restatement.to);
  for (const FigureChange& change : restatement.figures) {
    AppendFields(text, {"figure", change.metric, absl::StrCat(change.period), FigureField(change.before),
                        FigureField(change.after)});
  }
  for (const RecordChange& record : restatement.records) {
    AppendFields(text, {"record", record.name, absl::StrCat(static_cast<int>(record.feed)),
                        absl::StrCat(record.revision), record.reason, record.by, record.title});
  }
  return text;
}

absl::StatusOr<Restatement> ParseRestatement(std::string_view text) {
  LineReader reader(text);
  Restatement restatement;
  RETURN_IF_ERROR(reader.Read("zhenhui-restatement", 1));
  RETURN_IF_ERROR(reader.Read("from", 2));
  ASSIGN_OR_RETURN(restatement.from, ReadRevisions(reader));
  RETURN_IF_ERROR(reader.Read("to", 2));
  ASSIGN_OR_RETURN(restatement.to, ReadRevisions(reader));
  while (reader.NextIs("figure")) {
    RETURN_IF_ERROR(reader.Read("figure", 4));
    ASSIGN_OR_RETURN(FigureChange change, ReadFigureChange(reader));
    restatement.figures.push_back(std::move(change));
  }
  while (!reader.at_end()) {
    RETURN_IF_ERROR(reader.Read("record", 6));
    ASSIGN_OR_RETURN(RecordChange record, ReadRecordChange(reader));
    restatement.records.push_back(std::move(record));
  }
  return restatement;
}

void ApplyRestatement(const Restatement& restatement, TownFigures& figures) {
  for (const FigureChange& change : restatement.figures) {
    for (TownFigures::Row& row : figures.rows) {
      if (row.metric == change.metric) row.figures[static_cast<size_t>(change.period)] = change.after;
    }
  }
}

}  // namespace zhenhui::reporting

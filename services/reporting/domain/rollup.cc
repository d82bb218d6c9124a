#include "services/reporting/domain/rollup.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/time/year_before.h"
#include "services/reporting/domain/change.h"
#include "services/reporting/domain/rollup_members.h"

namespace zhenhui::reporting {
namespace {

absl::Status Invalid(std::string_view reason, std::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

// The period cut into buckets.
std::vector<Period> BucketsOf(const RollupQuery& query) {
  if (!query.bucket) return {query.period};
  std::vector<Period> buckets;
  for (Date begin = query.period.begin; begin <= query.period.end; begin = NextBucket(begin, *query.bucket)) {
    buckets.push_back({begin, std::min(query.period.end, NextBucket(begin, *query.bucket) - 1)});
  }
  return buckets;
}

// By roster entry the cube keeps the number of activities and none of their other measures.
bool CountsActivities(const Vocabulary& vocabulary, const MetricPlan& plan) {
  return plan.metric->type == MetricType::kFlow &&
         std::all_of(plan.value.begin(), plan.value.end(), [&](const PlanTerm& term) {
           return vocabulary.SeriesName(term.series).ends_with(".occurrences");
         });
}

// Puts rows together, in the order in which it is called.
class RowWriter {
 public:
  RowWriter(const Vocabulary& vocabulary, const RollupQuery& query, Date today)
      : vocabulary_(vocabulary), query_(query) {
    for (const Period& period : BucketsOf(query)) {
      const Period before = YearBefore(period);
      buckets_.push_back(
          {{DayRange(period), MonthRange(period, today)}, {DayRange(before), MonthRange(before, today)}});
    }
  }

  absl::Status AddWhole(std::span<const TownView> towns) {
    return AddRows({{}, "", ""}, "", [&](const MetricPlan& plan, const Days& days) {
      FigureSums sums;
      for (const TownView& town : towns) sums.Add(Read(plan, *town.state, Place{}, days));
      return sums;
    });
  }

  absl::Status AddMember(const TownView& town, const RollupMember& member) {
    return AddRows(member, town.code, [&](const MetricPlan& plan, const Days& days) {
      const FigureSums sums = Read(plan, *town.state, member.place, days);
      // Like a village that did not exist: no zero, but nothing that could be asked for.
      const bool stood = !member.valid || member.valid->Overlaps(days.range.period);
      return stood || sums.recorded ? sums : FigureSums();
    });
  }

  std::vector<RollupRow> Take() { return std::move(rows_); }

 private:
  struct Days {
    DayRange range;
    MonthRange months;
  };
  struct OneBucket {
    Days now;
    Days last_year;
  };

  FigureSums Read(const MetricPlan& plan, const TownState& state, Place place, const Days& days) const {
    return ReadSums(plan, state, place, days.range, CompletenessOf(vocabulary_, state, days.months));
  }

  // One row for each metric and bucket; `read(plan, days)` gives the sums.
  template <typename ReadSumsOf>
  absl::Status AddRows(const RollupMember& member, const std::string& township, ReadSumsOf read) {
    for (const MetricPlan* plan : query_.metrics) {
      for (const OneBucket& bucket : buckets_) {
        if (rows_.size() == kMaxRollupRows) {
          return Invalid("RESULT_TOO_LARGE",
                         absl::StrCat("more than ", kMaxRollupRows,
                                      " rows; ask for fewer metrics or towns, or for longer buckets"));
        }
        RollupRow& row = rows_.emplace_back(
            RollupRow{township, member.code, member.name, plan, bucket.now.range.period, {}});
        ASSIGN_OR_RETURN(row.figure, MakeFigure(*plan, read(*plan, bucket.now)));
        if (!query_.with_last_year) continue;
        ASSIGN_OR_RETURN(row.last_year, MakeFigure(*plan, read(*plan, bucket.last_year)));
        Rounder round;
        row.change_percent = ChangePercent(*plan, row.figure, *row.last_year, round);
        RETURN_IF_ERROR(round.StatusFor(*plan));
      }
    }
    return absl::OkStatus();
  }

  const Vocabulary& vocabulary_;
  const RollupQuery& query_;
  std::vector<OneBucket> buckets_;
  std::vector<RollupRow> rows_;
};

}  // namespace

absl::Status CheckPeriod(const Period& period) {
  if (period.end < period.begin) return Invalid("PERIOD_EMPTY", "the period ends before it begins");
  if (period.end > Date(period.begin.year() + kMaxPeriodYears, period.begin.month(), period.begin.day())) {
    return Invalid("PERIOD_TOO_LONG", absl::StrCat("a period is at most ", kMaxPeriodYears, " years long"));
  }
  return absl::OkStatus();
}

absl::Status CheckWholeMonths(const Period& period) {
  if (period.begin.day() == 1 && (period.end + 1).day() == 1) return absl::OkStatus();
  return Invalid("PERIOD_NOT_WHOLE_MONTHS",
                 "villages, audiences and roster entries are kept by month: begin on the first and end on "
                 "the last day of a month");
}

absl::Status CheckRollup(const Vocabulary& vocabulary, const RollupQuery& query) {
  RETURN_IF_ERROR(CheckPeriod(query.period));
  if (query.group_by == GroupBy::kScope || query.group_by == GroupBy::kTownship) return absl::OkStatus();
  RETURN_IF_ERROR(CheckWholeMonths(query.period));
  if (query.bucket == Bucket::kDay || query.bucket == Bucket::kWeek) {
    return Invalid(
        "PERIOD_NOT_WHOLE_MONTHS",
        "villages, audiences and roster entries are kept by month; use buckets of a month or longer");
  }
  for (const MetricPlan* plan : query.metrics) {
    if (query.group_by == GroupBy::kAudience && plan->metric->type != MetricType::kFlow)
      return Invalid("AUDIENCE_NEEDS_FLOW", absl::StrCat(plan->name, " is no flow, so it has no audiences"));
    if (query.group_by == GroupBy::kRosterEntry && !CountsActivities(vocabulary, *plan)) {
      return Invalid("ROSTER_NEEDS_OCCURRENCES",
                     absl::StrCat(plan->name,
                                  " counts something else than activities, and of roster entries only "
                                  "the activities are kept that they took part in"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RollupRow>> Rollup(const Vocabulary& vocabulary, const RollupQuery& query,
                                              std::span<const TownView> towns, Date today,
                                              std::span<const TownRoster> rosters) {
  RETURN_IF_ERROR(CheckRollup(vocabulary, query));
  RowWriter writer(vocabulary, query, today);
  if (query.group_by == GroupBy::kScope) {
    RETURN_IF_ERROR(writer.AddWhole(towns));
    return writer.Take();
  }
  for (size_t i = 0; i < towns.size(); ++i) {
    const TownState& state = *towns[i].state;
    if (query.group_by == GroupBy::kTownship) {
      const auto& township = state.places().township;
      RETURN_IF_ERROR(
          writer.AddMember(towns[i], {Place{}, "", township ? township->name_zh : towns[i].code}));
      continue;
    }
    const TownRoster none;
    for (const RollupMember& member :
         MembersOf(vocabulary, query, state, i < rosters.size() ? rosters[i] : none)) {
      RETURN_IF_ERROR(writer.AddMember(towns[i], member));
    }
  }
  return writer.Take();
}

}  // namespace zhenhui::reporting

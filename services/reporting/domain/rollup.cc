#include "services/reporting/domain/rollup.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

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

absl::Status Check(const RollupQuery& query) {
  RETURN_IF_ERROR(CheckPeriod(query.period));
  if (query.group_by != GroupBy::kVillage && query.group_by != GroupBy::kAudience) return absl::OkStatus();
  RETURN_IF_ERROR(CheckWholeMonths(query.period));
  if (query.bucket == Bucket::kDay || query.bucket == Bucket::kWeek) {
    return Invalid("PERIOD_NOT_WHOLE_MONTHS",
                   "villages and audiences are kept by month; use buckets of a month or longer");
  }
  if (query.group_by != GroupBy::kAudience) return absl::OkStatus();
  for (const MetricPlan* plan : query.metrics) {
    if (plan->metric->type == MetricType::kFlow) continue;
    return Invalid("AUDIENCE_NEEDS_FLOW", absl::StrCat(plan->name, " is no flow, so it has no audiences"));
  }
  return absl::OkStatus();
}

struct Member {
  Place place;
  std::string code;
  std::string name;
};

// Villages of the register in the period, and whoever has cells in the series asked for; by code, "" first.
std::vector<Member> MembersOf(const Vocabulary& vocabulary, const RollupQuery& query,
                              const TownState& state) {
  const Grain grain = query.group_by == GroupBy::kVillage ? Grain::kVillage : Grain::kAudience;
  std::set<MemberId> ids;
  for (const MetricPlan* plan : query.metrics) {
    for (const auto* terms : {&plan->value, &plan->denominator}) {
      for (const PlanTerm& term : *terms) {
        for (const SeriesId series : {term.series, ZerosOf(term.series)}) {
          state.Cells(grain, series).ForEachMember([&](MemberId member) { ids.insert(member); });
        }
      }
    }
  }
  const auto& villages = state.places().villages;
  if (grain == Grain::kVillage) {
    ids.insert(kNoMember);
    for (const auto& [id, village] : villages) {
      // A village that ended before the period may still have cells of earlier years.
      if (village.valid.Overlaps(query.period))
        ids.insert(id);
      else
        ids.erase(id);
    }
  }
  std::vector<Member> members;
  for (const MemberId id : ids) {
    const auto village = villages.find(id);
    std::string code(vocabulary.MemberCode(id));
    std::string name = grain == Grain::kVillage && village != villages.end() ? village->second.name_zh : code;
    members.push_back({{grain, id}, std::move(code), std::move(name)});
  }
  std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.code < b.code; });
  return members;
}

// Puts rows together, in the order in which it is called.
class RowWriter {
 public:
  RowWriter(const Vocabulary& vocabulary, const RollupQuery& query, Date today)
      : vocabulary_(vocabulary), query_(query) {
    for (const Period& period : BucketsOf(query))
      buckets_.push_back({DayRange(period), MonthRange(period, today)});
  }

  absl::Status AddWhole(std::span<const TownView> towns) {
    for (const MetricPlan* plan : query_.metrics) {
      for (const OneBucket& bucket : buckets_) {
        FigureSums sums;
        for (const TownView& town : towns) sums.Add(Read(*plan, *town.state, Place{}, bucket));
        RETURN_IF_ERROR(AddRow(RollupRow{"", "", "", plan, bucket.days.period, {}}, sums));
      }
    }
    return absl::OkStatus();
  }

  absl::Status AddMember(const TownView& town, const Member& member) {
    for (const MetricPlan* plan : query_.metrics) {
      for (const OneBucket& bucket : buckets_) {
        RETURN_IF_ERROR(AddRow(RollupRow{town.code, member.code, member.name, plan, bucket.days.period, {}},
                               Read(*plan, *town.state, member.place, bucket)));
      }
    }
    return absl::OkStatus();
  }

  std::vector<RollupRow> Take() { return std::move(rows_); }

 private:
  struct OneBucket {
    DayRange days;
    MonthRange months;
  };

  FigureSums Read(const MetricPlan& plan, const TownState& state, Place place,
                  const OneBucket& bucket) const {
    return ReadSums(plan, state, place, bucket.days, CompletenessOf(vocabulary_, state, bucket.months));
  }

  absl::Status AddRow(RollupRow row, const FigureSums& sums) {
    if (rows_.size() == kMaxRollupRows) {
      return Invalid("RESULT_TOO_LARGE",
                     absl::StrCat("more than ", kMaxRollupRows,
                                  " rows; ask for fewer metrics or towns, or for longer buckets"));
    }
    ASSIGN_OR_RETURN(row.figure, MakeFigure(*row.metric, sums));
    rows_.push_back(std::move(row));
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
  return Invalid(
      "PERIOD_NOT_WHOLE_MONTHS",
      "villages and audiences are kept by month: begin on the first and end on the last day of a month");
}

absl::StatusOr<std::vector<RollupRow>> Rollup(const Vocabulary& vocabulary, const RollupQuery& query,
                                              std::span<const TownView> towns, Date today) {
  RETURN_IF_ERROR(Check(query));
  RowWriter writer(vocabulary, query, today);
  if (query.group_by == GroupBy::kScope) {
    RETURN_IF_ERROR(writer.AddWhole(towns));
    return writer.Take();
  }
  for (const TownView& town : towns) {
    if (query.group_by == GroupBy::kTownship) {
      const auto& township = town.state->places().township;
      RETURN_IF_ERROR(writer.AddMember(town, {Place{}, "", township ? township->name_zh : town.code}));
      continue;
    }
    for (const Member& member : MembersOf(vocabulary, query, *town.state)) {
      RETURN_IF_ERROR(writer.AddMember(town, member));
    }
  }
  return writer.Take();
}

}  // namespace zhenhui::reporting

#include "services/reporting/domain/explain.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/rollup.h"

namespace zhenhui::reporting {
namespace {

Place PlaceOf(const Vocabulary& vocabulary, const ExplainQuery& query) {
  if (!query.village.empty()) return {Grain::kVillage, vocabulary.FindMember(query.village)};
  if (!query.audience.empty()) return {Grain::kAudience, vocabulary.FindMember(query.audience)};
  return {};
}

// Whether a cell takes part in a term's sum: the same days that ReadSums adds up.
bool Counts(const PlanTerm& term, const DayRange& range, int32_t bucket) {
  if (term.yearly) return bucket == range.new_year;
  if (term.kind == TermKind::kFlow) return range.begin <= bucket && bucket <= range.end;
  return bucket <= range.end;
}

void AddKind(std::string_view series, std::vector<std::string>& into) {
  std::string name(series);
  if (std::find(into.begin(), into.end(), name) == into.end()) into.push_back(std::move(name));
}

}  // namespace

absl::Status CheckExplain(const ExplainQuery& query) {
  RETURN_IF_ERROR(CheckPeriod(query.period));
  if (!query.village.empty() && !query.audience.empty()) {
    return Error(absl::StatusCode::kInvalidArgument, "VILLAGE_AND_AUDIENCE",
                 "figures are kept by village and by audience, not by both; give one of them");
  }
  if (!query.audience.empty() && query.metric->metric->type != MetricType::kFlow) {
    return Error(absl::StatusCode::kInvalidArgument, "AUDIENCE_NEEDS_FLOW",
                 absl::StrCat(query.metric->name, " is no flow, so it has no audiences"));
  }
  const bool by_member = !query.village.empty() || !query.audience.empty();
  return by_member && query.metric->has_flow() ? CheckWholeMonths(query.period) : absl::OkStatus();
}

ExplainSources SourcesOf(const Vocabulary& vocabulary, const MetricPlan& plan) {
  ExplainSources sources;
  for (const auto* terms : {&plan.value, &plan.denominator}) {
    for (const PlanTerm& term : *terms) {
      const std::string series = vocabulary.SeriesName(term.series);
      const size_t dot = series.find('.');
      if (term.kind == TermKind::kDistinct) {
        sources.distinct = true;
      } else if (term.series == vocabulary.villages()) {
        sources.villages = true;
      } else if (term.yearly) {
        sources.residents = true;
      } else if (term.kind == TermKind::kStock) {
        AddKind(series.substr(dot + 1), sources.roster_roles);
      } else {
        AddKind(series.substr(0, dot), sources.activity_kinds);
      }
    }
  }
  return sources;
}

absl::StatusOr<Figure> ExplainedFigure(const Vocabulary& vocabulary, const ExplainQuery& query,
                                       const TownState& state, Date today) {
  RETURN_IF_ERROR(CheckExplain(query));
  return MakeFigure(*query.metric,
                    ReadSums(*query.metric, state, PlaceOf(vocabulary, query), DayRange(query.period),
                             CompletenessOf(vocabulary, state, query.period, today)));
}

ContributionAmounts ContributionOf(const Vocabulary& vocabulary, const ExplainQuery& query,
                                   const Facts& record) {
  const Place place = PlaceOf(vocabulary, query);
  const DayRange range(query.period);
  ContributionAmounts amounts;
  const auto sum = [&](const std::vector<PlanTerm>& terms, const CellKey& key, int64_t amount,
                       int64_t& into) {
    for (const PlanTerm& term : terms) {
      if (term.series == key.series && term.kind != TermKind::kDistinct && Counts(term, range, key.bucket)) {
        into += term.coefficient * amount;
      }
    }
  };
  // Through the fold's own rule, so that what is explained cannot differ from what is counted.
  ForEachContribution(vocabulary, record, [&](const CellKey& key, int64_t amount) {
    if (key.grain != place.grain || key.member != place.member) return;
    sum(query.metric->value, key, amount, amounts.value);
    sum(query.metric->denominator, key, amount, amounts.denominator);
  });
  return amounts;
}

std::vector<std::string> DistinctVillages(const Vocabulary& vocabulary, const ExplainQuery& query,
                                          const TownState& state) {
  std::vector<std::string> codes;
  for (const PlanTerm& term : query.metric->value) {
    if (term.kind != TermKind::kDistinct) continue;
    state.Cells(Grain::kVillage, term.series)
        .ForEachMemberAbove0(ToEpochDays(query.period.end), [&](MemberId member) {
          const std::string_view code = vocabulary.MemberCode(member);
          if (query.village.empty() || query.village == code) codes.emplace_back(code);
        });
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

}  // namespace zhenhui::reporting

#include "services/reporting/rpc/register_contributions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"
#include "services/reporting/wire/township_reader.h"

namespace zhenhui::reporting {
namespace {

using townships::v1::TownshipRecord;

v1::Contribution Describe(const TownshipRecord& record) {
  v1::Contribution out;
  if (record.has_village()) {
    out.set_record(record.village().name());
    out.set_revision(record.village().revision());
    out.set_date(record.village().valid_from());
    out.set_title(record.village().display_name_zh());
    out.add_villages(std::string(LastPart(record.village().name())));
    out.set_kind("village");
  } else if (record.has_population()) {
    out.set_record(record.population().name());
    out.set_revision(record.population().revision());
    out.set_date(std::string(LastPart(record.population().name())) + "-01-01");
    out.set_kind("population");
  } else if (record.has_roster_entry()) {
    const townships::v1::RosterEntry& entry = record.roster_entry();
    out.set_record(entry.name());
    out.set_revision(entry.revision());
    out.set_date(entry.valid_from());
    out.set_title(entry.display_name());
    *out.mutable_villages() = entry.villages();
    out.set_kind(std::string(RosterSeries(entry.role()).substr(sizeof("roster.") - 1)));
  }
  return out;
}

// Of a distinct metric each village counts 1, however many entries serve it.
std::vector<v1::Contribution> Villages(const Vocabulary& vocabulary, const ExplainQuery& query,
                                       const std::string& township, const TownState& state,
                                       const std::vector<TownshipRecord>& records) {
  std::map<std::string, v1::Contribution> described;
  for (const TownshipRecord& record : records) {
    if (record.has_village()) described.emplace(LastPart(record.village().name()), Describe(record));
  }
  std::vector<v1::Contribution> out;
  for (const std::string& code : DistinctVillages(vocabulary, query, state)) {
    v1::Contribution& village = out.emplace_back();
    if (const auto found = described.find(code); found != described.end()) {
      village = found->second;
    } else {
      village.set_record(VillageName(township, code));
      village.add_villages(code);
      village.set_kind("village");
    }
    village.set_value(1);
  }
  return out;
}

}  // namespace

absl::StatusOr<std::vector<v1::Contribution>> RegisterContributions(
    Vocabulary& vocabulary, const ExplainQuery& query, const std::string& township, int64_t read_revision,
    const std::vector<TownshipRecord>& records) {
  std::vector<v1::Contribution> out;
  TownBuilder builder(vocabulary);
  for (const TownshipRecord& record : records) {
    ASSIGN_OR_RETURN(const Facts facts, FactsOf(vocabulary, record));
    builder.Add(facts);
    const ContributionAmounts amounts = ContributionOf(vocabulary, query, facts);
    if (amounts.is_zero()) continue;
    v1::Contribution& contribution = out.emplace_back(Describe(record));
    contribution.set_value(amounts.value);
    contribution.set_denominator(amounts.denominator);
  }
  if (SourcesOf(vocabulary, *query.metric).distinct) {
    auto villages = Villages(vocabulary, query, township, *builder.Build(), records);
    std::move(villages.begin(), villages.end(), std::back_inserter(out));
  }
  // A snapshot does not say which revision wrote a record; as of the one that was read it stood like this.
  for (v1::Contribution& contribution : out) {
    if (contribution.revision() == 0) contribution.set_revision(read_revision);
  }
  std::sort(out.begin(), out.end(),
            [](const v1::Contribution& a, const v1::Contribution& b) { return a.record() < b.record(); });
  return out;
}

}  // namespace zhenhui::reporting

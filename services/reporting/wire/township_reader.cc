#include "services/reporting/wire/township_reader.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"
#include "zhenhui/townships/v1/township_service.pb.h"

namespace zhenhui::reporting {
namespace {

namespace v1 = townships::v1;

absl::Status Unreadable(std::string_view what) {
  return Error(absl::StatusCode::kDataLoss, "FEED_UNREADABLE",
               "the townships feed sent what cannot be read: " + std::string(what));
}

template <typename Message>
absl::StatusOr<Validity> ValidityOf(const Message& message) {
  Validity valid;
  if (!message.valid_from().empty()) {
    ASSIGN_OR_RETURN(valid.from, ParseDate(message.valid_from()));
  }
  if (!message.valid_to().empty()) {
    ASSIGN_OR_RETURN(valid.to, ParseDate(message.valid_to()));
  }
  return valid;
}

absl::StatusOr<Facts> RosterFactsOf(Vocabulary& vocabulary, const v1::RosterEntry& entry) {
  const std::string_view series = RosterSeries(entry.role());
  if (series.empty()) return Unreadable(absl::StrCat("role ", static_cast<int>(entry.role())));
  RosterFacts facts;
  facts.role = vocabulary.Series(series);
  for (const std::string& village : entry.villages()) facts.villages.push_back(vocabulary.Member(village));
  ASSIGN_OR_RETURN(facts.valid, ValidityOf(entry));
  return Facts(std::move(facts));
}

}  // namespace

std::string_view RosterSeries(v1::RosterRole role) {
  switch (role) {
    case v1::ROSTER_ROLE_LEGAL_COUNSEL:
      return "roster.legal_counsel";
    case v1::ROSTER_ROLE_LAW_SAVVY_PERSON:
      return "roster.law_savvy_person";
    case v1::ROSTER_ROLE_MEDIATOR:
      return "roster.mediator";
    case v1::ROSTER_ROLE_ENFORCEMENT_OFFICER:
      return "roster.enforcement_officer";
    case v1::ROSTER_ROLE_GOV_COUNSEL:
      return "roster.gov_counsel";
    case v1::ROSTER_ROLE_MEDIATION_COMMITTEE:
      return "roster.mediation_committee";
    case v1::ROSTER_ROLE_LEGAL_CULTURE_SITE:
      return "roster.legal_culture_site";
    default:
      return "";
  }
}

absl::StatusOr<Facts> FactsOf(Vocabulary& vocabulary, const v1::TownshipRecord& record) {
  switch (record.record_case()) {
    case v1::TownshipRecord::kTownship: {
      ASSIGN_OR_RETURN(const Validity valid, ValidityOf(record.township()));
      return Facts(TownshipFacts{record.township().display_name_zh(), record.township().type(), valid});
    }
    case v1::TownshipRecord::kVillage: {
      ASSIGN_OR_RETURN(const Validity valid, ValidityOf(record.village()));
      return Facts(VillageFacts{vocabulary.Member(LastPart(record.village().name())),
                                record.village().display_name_zh(), valid});
    }
    case v1::TownshipRecord::kPopulation: {
      int year = 0;
      const std::string_view text = LastPart(record.population().name());
      if (!absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &year) || year < 1 || year > 9999) {
        return Unreadable(record.population().name());
      }
      return Facts(PopulationFacts{year, record.population().residents()});
    }
    case v1::TownshipRecord::kRosterEntry:
      return RosterFactsOf(vocabulary, record.roster_entry());
    case v1::TownshipRecord::RECORD_NOT_SET:
      break;
  }
  return Facts();
}

absl::StatusOr<FeedBatch> ReadTownshipChanges(Vocabulary& vocabulary, std::string_view message) {
  v1::WatchChangesResponse parsed;
  if (!parsed.ParseFromArray(message.data(), static_cast<int>(message.size()))) return Unreadable("a batch");
  FeedBatch batch{std::string(LastPart(parsed.township())), {}, parsed.head_revision()};
  batch.changes.reserve(static_cast<size_t>(parsed.changes_size()));
  for (const v1::TownshipChange& change : parsed.changes()) {
    Change& read = batch.changes.emplace_back();
    read.revision = change.revision();
    ASSIGN_OR_RETURN(read.before, FactsOf(vocabulary, change.previous_record()));
    ASSIGN_OR_RETURN(read.after, FactsOf(vocabulary, change.record()));
  }
  return batch;
}

absl::StatusOr<SnapshotPart> ReadTownshipSnapshot(Vocabulary& vocabulary, std::string_view message,
                                                  TownBuilder& builder) {
  v1::StreamSnapshotResponse parsed;
  if (!parsed.ParseFromArray(message.data(), static_cast<int>(message.size())))
    return Unreadable("a snapshot");
  for (const v1::TownshipRecord& record : parsed.records()) {
    ASSIGN_OR_RETURN(const Facts facts, FactsOf(vocabulary, record));
    builder.Add(facts);
  }
  return SnapshotPart{parsed.read_revision(), parsed.records_size(), parsed.last()};
}

}  // namespace zhenhui::reporting

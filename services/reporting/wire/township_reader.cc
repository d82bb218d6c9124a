#include "services/reporting/wire/township_reader.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"
#include "zhenhui/townships/v1/township_service.pb.h"

namespace zhenhui::reporting {
namespace {

namespace pb = townships::v1;

absl::Status RegisterUnreadable(std::string_view what) {
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

absl::StatusOr<Facts> RosterFactsOf(Vocabulary& vocabulary, const pb::RosterEntry& entry) {
  const std::string_view series = RosterSeries(entry.role());
  if (series.empty()) return RegisterUnreadable(absl::StrCat("role ", static_cast<int>(entry.role())));
  RosterFacts facts;
  facts.role = vocabulary.Series(series);
  for (const std::string& village : entry.villages()) facts.villages.push_back(vocabulary.Member(village));
  ASSIGN_OR_RETURN(facts.valid, ValidityOf(entry));
  return Facts(std::move(facts));
}

}  // namespace

std::string_view RosterSeries(pb::RosterRole role) {
  switch (role) {
    case pb::ROSTER_ROLE_LEGAL_COUNSEL:
      return "roster.legal_counsel";
    case pb::ROSTER_ROLE_LAW_SAVVY_PERSON:
      return "roster.law_savvy_person";
    case pb::ROSTER_ROLE_MEDIATOR:
      return "roster.mediator";
    case pb::ROSTER_ROLE_ENFORCEMENT_OFFICER:
      return "roster.enforcement_officer";
    case pb::ROSTER_ROLE_GOV_COUNSEL:
      return "roster.gov_counsel";
    case pb::ROSTER_ROLE_MEDIATION_COMMITTEE:
      return "roster.mediation_committee";
    case pb::ROSTER_ROLE_LEGAL_CULTURE_SITE:
      return "roster.legal_culture_site";
    default:
      return "";
  }
}

absl::StatusOr<Facts> FactsOf(Vocabulary& vocabulary, const pb::TownshipRecord& record) {
  switch (record.record_case()) {
    case pb::TownshipRecord::kTownship: {
      ASSIGN_OR_RETURN(const Validity valid, ValidityOf(record.township()));
      return Facts(TownshipFacts{record.township().display_name_zh(), record.township().type(), valid});
    }
    case pb::TownshipRecord::kVillage: {
      ASSIGN_OR_RETURN(const Validity valid, ValidityOf(record.village()));
      return Facts(VillageFacts{vocabulary.Member(LastPart(record.village().name())),
                                record.village().display_name_zh(), valid});
    }
    case pb::TownshipRecord::kPopulation: {
      int year = 0;
      const std::string_view text = LastPart(record.population().name());
      if (!absl::SimpleAtoi(Absl(text), &year) || year < 1 || year > 9999) {
        return RegisterUnreadable(record.population().name());
      }
      return Facts(PopulationFacts{year, record.population().residents()});
    }
    case pb::TownshipRecord::kRosterEntry:
      return RosterFactsOf(vocabulary, record.roster_entry());
    case pb::TownshipRecord::RECORD_NOT_SET:
      break;
  }
  return Facts();
}

absl::StatusOr<FeedBatch> ReadTownshipChanges(Vocabulary& vocabulary, std::string_view message) {
  pb::WatchChangesResponse parsed;
  if (!parsed.ParseFromArray(message.data(), static_cast<int>(message.size())))
    return RegisterUnreadable("a batch");
  FeedBatch batch{std::string(LastPart(parsed.township())), {}, parsed.head_revision()};
  batch.changes.reserve(static_cast<size_t>(parsed.changes_size()));
  for (const pb::TownshipChange& change : parsed.changes()) {
    Change& read = batch.changes.emplace_back();
    read.revision = change.revision();
    ASSIGN_OR_RETURN(read.before, FactsOf(vocabulary, change.previous_record()));
    ASSIGN_OR_RETURN(read.after, FactsOf(vocabulary, change.record()));
  }
  return batch;
}

absl::StatusOr<SnapshotPart> ReadTownshipSnapshot(Vocabulary& vocabulary, std::string_view message,
                                                  TownBuilder& builder) {
  pb::StreamSnapshotResponse parsed;
  if (!parsed.ParseFromArray(message.data(), static_cast<int>(message.size())))
    return RegisterUnreadable("a snapshot");
  for (const pb::TownshipRecord& record : parsed.records()) {
    ASSIGN_OR_RETURN(const Facts facts, FactsOf(vocabulary, record));
    builder.Add(facts);
  }
  return SnapshotPart{parsed.read_revision(), parsed.records_size(), parsed.last()};
}

}  // namespace zhenhui::reporting

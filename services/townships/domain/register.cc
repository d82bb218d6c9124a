#include "services/townships/domain/register.h"

#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/townships/domain/checks.h"

namespace zhenhui::townships {
namespace {

const char* NameOf(RecordType type) {
  switch (type) {
    case RecordType::kTownship:
      return "TOWNSHIP";
    case RecordType::kVillage:
      return "VILLAGE";
    case RecordType::kPopulation:
      return "POPULATION";
    case RecordType::kRosterEntry:
      return "ROSTER_ENTRY";
  }
  return "RECORD";
}

absl::Status EtagMismatch(int64_t revision) {
  return Error(
      absl::StatusCode::kAborted, "ETAG_MISMATCH",
      absl::StrCat("it changed meanwhile, its etag is now ", revision, "; read it again, then decide"));
}

// Thrown away by validate_only: the transaction must roll back, and the results are already known.
absl::Status OnlyValidated() { return absl::CancelledError("validate_only"); }

// Decides one record of an import and notes the result.
void DecideItem(const ImportItem& item, const Existing& existing, const std::string& reason,
                ImportResult& result, std::vector<Write>& writes) {
  const auto found = existing.find(result.id);
  if (found == existing.end()) {
    if (!item.etag.empty()) {
      result.violations.push_back(
          {"etag", "ETAG_MISMATCH", "there is no such record to correct; leave the etag out"});
      return;
    }
    result.outcome = Outcome::kCreated;
    writes.push_back({item.record, 0, reason});
    return;
  }
  const Stored& stored = found->second;
  result.revision = stored.revision;
  if (stored.record == item.record) {
    result.outcome = Outcome::kUnchanged;
  } else if (item.etag.empty()) {
    result.violations.push_back(
        {"name", "ID_IN_USE",
         absl::StrCat("it exists with other content; to correct it give its etag ", stored.revision)});
  } else if (!EtagMatches(item.etag, stored.revision)) {
    result.violations.push_back(
        {"etag", "ETAG_MISMATCH", absl::StrCat("it changed meanwhile, its etag is now ", stored.revision)});
  } else if (auto bad = CheckReason(reason); !bad.empty()) {
    result.violations = std::move(bad);
  } else {
    result.outcome = Outcome::kUpdated;
    writes.push_back({item.record, stored.revision, reason});
  }
}

}  // namespace

absl::Status RecordNotFound(RecordType type, const std::string& id) {
  return Error(absl::StatusCode::kNotFound, absl::StrCat(NameOf(type), "_NOT_FOUND"),
               absl::StrCat("there is no such record: ", id));
}

absl::Status DistrictNotFound(const std::string& code) {
  return Error(absl::StatusCode::kNotFound, "DISTRICT_NOT_FOUND",
               absl::StrCat("there is no district ", code));
}

absl::StatusOr<std::vector<FieldViolation>> Register::CheckReferences(const Record& record,
                                                                      absl::Time deadline) {
  std::vector<FieldViolation> out;
  if (TypeOf(record) == RecordType::kTownship) return out;
  const std::string township = TownshipOf(record);
  auto owner = repository_.Get(township, RecordType::kTownship, township, deadline);
  if (absl::IsNotFound(owner.status())) {
    out.push_back({"name", "TOWNSHIP_NOT_FOUND", absl::StrCat("register the township ", township, " first")});
    return out;
  }
  RETURN_IF_ERROR(owner.status());
  if (const auto* entry = std::get_if<RosterEntry>(&record)) {
    for (size_t i = 0; i < entry->villages.size(); ++i) {
      auto village = repository_.Get(township, RecordType::kVillage, entry->villages[i], deadline);
      if (absl::IsNotFound(village.status())) {
        out.push_back({absl::StrCat("villages[", i, "]"), "VILLAGE_NOT_FOUND",
                       absl::StrCat("register the village ", entry->villages[i], " first")});
      } else {
        RETURN_IF_ERROR(village.status());
      }
    }
  }
  return out;
}

absl::StatusOr<ImportReport> Register::Import(std::vector<ImportItem> items, bool validate_only,
                                              const WriteContext& context) {
  ImportReport report;
  report.results.resize(items.size());
  std::map<std::string, std::vector<size_t>> by_township;
  std::set<std::pair<std::string, std::string>> seen;
  for (size_t i = 0; i < items.size(); ++i) {
    ImportItem& item = items[i];
    ImportResult& result = report.results[i];
    result.id = IdOf(item.record);
    result.violations = std::move(item.violations);
    for (FieldViolation& violation : CheckRecord(item.record))
      result.violations.push_back(std::move(violation));
    const std::string township = TownshipOf(item.record);
    if (!seen.insert({township, result.id}).second) {
      result.violations.push_back(
          {"name", "DUPLICATE_IN_BATCH", "an earlier record of this import has the same id"});
    }
    if (!result.violations.empty()) continue;
    ASSIGN_OR_RETURN(result.violations, CheckReferences(item.record, context.deadline));
    if (result.violations.empty()) by_township[township].push_back(i);
  }
  for (const auto& [township, indexes] : by_township) {
    RETURN_IF_ERROR(ImportTownship(township, items, indexes, validate_only, context, report));
  }
  return report;
}

absl::Status Register::ImportTownship(const std::string& township, const std::vector<ImportItem>& items,
                                      const std::vector<size_t>& indexes, bool validate_only,
                                      const WriteContext& context, ImportReport& report) {
  std::vector<std::string> ids;
  for (const size_t i : indexes) ids.push_back(report.results[i].id);
  const auto decide = [&](const Existing& existing) -> absl::StatusOr<std::vector<Write>> {
    std::vector<Write> writes;
    for (const size_t i : indexes) {
      ImportResult fresh{.id = report.results[i].id, .violations = {}};
      DecideItem(items[i], existing, context.reason, fresh, writes);
      report.results[i] = std::move(fresh);
    }
    if (validate_only) return OnlyValidated();
    return writes;
  };
  auto outcome = repository_.WriteRecords(township, TypeOf(items[indexes.front()].record), ids, decide,
                                          context.by, context.deadline);
  if (validate_only && absl::IsCancelled(outcome.status())) return absl::OkStatus();
  RETURN_IF_ERROR(outcome.status());
  std::map<std::string, int64_t> revisions;
  for (const Stored& stored : outcome->written) revisions[IdOf(stored.record)] = stored.revision;
  for (const size_t i : indexes) {
    ImportResult& result = report.results[i];
    if (const auto found = revisions.find(result.id); found != revisions.end())
      result.revision = found->second;
  }
  report.last_revisions[township] = outcome->last_revision;
  return absl::OkStatus();
}

absl::StatusOr<Stored> Register::Create(Record record, const WriteContext& context) {
  RETURN_IF_ERROR(InvalidFields(CheckRecord(record)));
  ASSIGN_OR_RETURN(auto missing, CheckReferences(record, context.deadline));
  RETURN_IF_ERROR(InvalidFields(std::move(missing)));
  const RecordType type = TypeOf(record);
  const auto decide = [&](const Existing& existing) -> absl::StatusOr<std::vector<Write>> {
    if (!existing.empty()) {
      return Error(absl::StatusCode::kAlreadyExists, absl::StrCat(NameOf(type), "_EXISTS"),
                   absl::StrCat(IdOf(record), " exists; update it instead"));
    }
    return std::vector<Write>{{record, 0, context.reason}};
  };
  ASSIGN_OR_RETURN(auto outcome, repository_.WriteRecords(TownshipOf(record), type, {IdOf(record)}, decide,
                                                          context.by, context.deadline));
  return outcome.written.front();
}

absl::StatusOr<Stored> Register::Update(const std::string& township, RecordType type, const std::string& id,
                                        const std::string& etag, Change change, const WriteContext& context,
                                        const Record* create) {
  ASSIGN_OR_RETURN(auto current, [&]() -> absl::StatusOr<std::optional<Stored>> {
    auto stored = repository_.Get(township, type, id, context.deadline);
    if (stored.ok()) return *std::move(stored);
    if (create != nullptr && etag.empty() && absl::IsNotFound(stored.status())) return std::nullopt;
    return stored.status();
  }());
  if (!current) return Create(*create, context);
  // References are read before the lock: places are never removed, so they cannot vanish meanwhile.
  ASSIGN_OR_RETURN(const Record wanted, change(current->record));
  RETURN_IF_ERROR(InvalidFields(CheckRecord(wanted)));
  ASSIGN_OR_RETURN(auto missing, CheckReferences(wanted, context.deadline));
  RETURN_IF_ERROR(InvalidFields(std::move(missing)));
  std::optional<Stored> unchanged;
  const auto decide = [&](const Existing& existing) -> absl::StatusOr<std::vector<Write>> {
    const auto found = existing.find(id);
    if (found == existing.end()) return RecordNotFound(type, id);
    const Stored& stored = found->second;
    if (!etag.empty() && !EtagMatches(etag, stored.revision)) return EtagMismatch(stored.revision);
    // Without an etag the change is made to what is there now, not to what was there before the lock.
    ASSIGN_OR_RETURN(Record next, stored.revision == current->revision ? wanted : change(stored.record));
    RETURN_IF_ERROR(InvalidFields(CheckRecord(next)));
    unchanged.reset();
    if (next == stored.record) {
      unchanged = stored;
      return std::vector<Write>{};
    }
    return std::vector<Write>{{std::move(next), stored.revision, context.reason}};
  };
  ASSIGN_OR_RETURN(auto outcome,
                   repository_.WriteRecords(township, type, {id}, decide, context.by, context.deadline));
  return unchanged ? *std::move(unchanged) : outcome.written.front();
}

absl::StatusOr<StoredDistrict> Register::CreateDistrict(const District& district, absl::Time deadline) {
  RETURN_IF_ERROR(InvalidFields(CheckDistrict(district)));
  const auto decide = [&](const std::optional<StoredDistrict>& existing) -> absl::StatusOr<District> {
    if (existing) {
      return Error(absl::StatusCode::kAlreadyExists, "DISTRICT_EXISTS",
                   absl::StrCat(district.code, " exists; update it instead"));
    }
    return district;
  };
  return repository_.WriteDistrict(district.code, decide, deadline);
}

absl::StatusOr<StoredDistrict> Register::UpdateDistrict(const std::string& code, const std::string& etag,
                                                        DistrictChange change, absl::Time deadline) {
  const auto decide = [&](const std::optional<StoredDistrict>& existing) -> absl::StatusOr<District> {
    if (!existing) return DistrictNotFound(code);
    if (!etag.empty() && !EtagMatches(etag, existing->version)) return EtagMismatch(existing->version);
    ASSIGN_OR_RETURN(District next, change(existing->district));
    RETURN_IF_ERROR(InvalidFields(CheckDistrict(next)));
    return next;
  };
  return repository_.WriteDistrict(code, decide, deadline);
}

}  // namespace zhenhui::townships

#include "services/townships/wire/convert.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/time/date.h"
#include "services/townships/domain/checks.h"
#include "services/townships/wire/names.h"

namespace zhenhui::townships {
namespace {

using Violations = std::vector<FieldViolation>;

std::optional<Date> ReadDate(const char* field, const std::string& text, Violations& violations) {
  if (text.empty()) return std::nullopt;
  if (auto date = ParseDate(text); date.ok()) return *date;
  violations.push_back({field, "DATE_MALFORMED", "a date is a real day in the form 2024-03-05"});
  return std::nullopt;
}

template <typename Message>
Validity ReadValidity(const Message& message, Violations& violations) {
  return {ReadDate("valid_from", message.valid_from(), violations),
          ReadDate("valid_to", message.valid_to(), violations)};
}

void BadName(const char* form, Violations& violations) {
  violations.push_back({"name", "NAME_INVALID", absl::StrCat("the name has the form ", form)});
}

template <typename Message>
void PutValidity(const Validity& validity, Message* out) {
  if (validity.from) out->set_valid_from(FormatDate(*validity.from));
  if (validity.to) out->set_valid_to(FormatDate(*validity.to));
}

template <typename Place, typename Message>
void PutNames(const Place& place, Message* out) {
  out->set_display_name_zh(place.name_zh);
  out->set_display_name_en(place.name_en);
}

template <typename Message>
void PutRevision(const Stored& stored, Message* out) {
  if (stored.revision == 0) return;
  out->set_etag(MakeEtag(stored.revision));
  out->set_revision(stored.revision);
}

}  // namespace

Read<District> FromProto(const v1::District& message) {
  Read<District> read;
  auto code = ParseDistrictName(message.name());
  if (!code) BadName("districts/630106", read.violations);
  read.value = {code.value_or(""), message.display_name_zh(), message.display_name_en(),
                ReadValidity(message, read.violations)};
  if (message.confirmation_due_day() != 0) read.value.confirmation_due_day = message.confirmation_due_day();
  return read;
}

Read<Township> FromProto(const v1::Township& message) {
  Read<Township> read;
  auto code = ParseTownshipName(message.name());
  if (!code) BadName("townships/630106101", read.violations);
  read.value = {code.value_or(""), message.display_name_zh(), message.display_name_en(),
                static_cast<TownshipType>(message.type()), ReadValidity(message, read.violations)};
  return read;
}

Read<Village> FromProto(const v1::Village& message) {
  Read<Village> read;
  auto name = ParseChildName(message.name(), "villages");
  if (!name) BadName("townships/630106101/villages/630106101201", read.violations);
  if (name && name->id.substr(0, name->township.size()) != name->township) {
    read.violations.push_back(
        {"name", "VILLAGE_OUTSIDE", "the village's code does not begin with its township's"});
  }
  read.value = {name ? name->id : "", message.display_name_zh(), message.display_name_en(),
                static_cast<VillageType>(message.type()), ReadValidity(message, read.violations)};
  return read;
}

Read<Population> FromProto(const v1::Population& message) {
  Read<Population> read;
  auto name = ParseChildName(message.name(), "populations");
  int year = 0;
  if (!name || name->id.size() != 4 || !absl::SimpleAtoi(name->id, &year)) {
    BadName("townships/630106101/populations/2024", read.violations);
  }
  read.value = {name ? name->township : "", year, message.residents()};
  return read;
}

Read<RosterEntry> FromProto(const v1::RosterEntry& message) {
  Read<RosterEntry> read;
  auto name = ParseChildName(message.name(), "rosterEntries");
  if (!name) BadName("townships/630106101/rosterEntries/{id}", read.violations);
  RosterEntry& entry = read.value;
  entry.township = name ? name->township : "";
  entry.id = name ? name->id : "";
  entry.role = static_cast<RosterRole>(message.role());
  entry.villages.assign(message.villages().begin(), message.villages().end());
  std::sort(entry.villages.begin(), entry.villages.end());
  entry.name = message.display_name();
  entry.validity = ReadValidity(message, read.violations);
  return read;
}

v1::District ToProto(const StoredDistrict& stored) {
  v1::District out;
  out.set_name(DistrictName(stored.district.code));
  PutNames(stored.district, &out);
  PutValidity(stored.district.validity, &out);
  out.set_confirmation_due_day(stored.district.confirmation_due_day);
  if (stored.version != 0) out.set_etag(MakeEtag(stored.version));
  return out;
}

void ToProto(const Stored& stored, v1::Township* out) {
  const auto& township = std::get<Township>(stored.record);
  out->set_name(TownshipName(township.code));
  PutNames(township, out);
  out->set_type(static_cast<v1::TownshipType>(township.type));
  PutValidity(township.validity, out);
  PutRevision(stored, out);
}

void ToProto(const Stored& stored, v1::Village* out) {
  const auto& village = std::get<Village>(stored.record);
  out->set_name(ChildNameOf(TownshipOf(stored.record), "villages", village.code));
  PutNames(village, out);
  out->set_type(static_cast<v1::VillageType>(village.type));
  PutValidity(village.validity, out);
  PutRevision(stored, out);
}

void ToProto(const Stored& stored, v1::Population* out) {
  const auto& population = std::get<Population>(stored.record);
  out->set_name(ChildNameOf(population.township, "populations", IdOf(stored.record)));
  out->set_residents(population.residents);
  PutRevision(stored, out);
}

void ToProto(const Stored& stored, v1::RosterEntry* out) {
  const auto& entry = std::get<RosterEntry>(stored.record);
  out->set_name(ChildNameOf(entry.township, "rosterEntries", entry.id));
  out->set_role(static_cast<v1::RosterRole>(entry.role));
  for (const std::string& village : entry.villages) out->add_villages(village);
  out->set_display_name(entry.name);
  PutValidity(entry.validity, out);
  out->set_revision_reason(stored.reason);
  PutRevision(stored, out);
}

std::string EncodeRecord(const Record& record) {
  v1::TownshipRecord out;
  const Stored bare{.record = record, .reason = "", .by = ""};
  switch (TypeOf(record)) {
    case RecordType::kTownship:
      ToProto(bare, out.mutable_township());
      break;
    case RecordType::kVillage:
      ToProto(bare, out.mutable_village());
      break;
    case RecordType::kPopulation:
      ToProto(bare, out.mutable_population());
      break;
    case RecordType::kRosterEntry:
      ToProto(bare, out.mutable_roster_entry());
      break;
  }
  return out.SerializeAsString();
}

absl::StatusOr<Record> DecodeRecord(const std::string& bytes) {
  const auto damaged = [] {
    return Error(absl::StatusCode::kInternal, "RECORD_DAMAGED", "a stored record cannot be read");
  };
  const auto take = [&](auto read) -> absl::StatusOr<Record> {
    if (!read.violations.empty()) return damaged();
    return Record(std::move(read.value));
  };
  v1::TownshipRecord message;
  if (!message.ParseFromString(bytes)) return damaged();
  switch (message.record_case()) {
    case v1::TownshipRecord::kTownship:
      return take(FromProto(message.township()));
    case v1::TownshipRecord::kVillage:
      return take(FromProto(message.village()));
    case v1::TownshipRecord::kPopulation:
      return take(FromProto(message.population()));
    case v1::TownshipRecord::kRosterEntry:
      return take(FromProto(message.roster_entry()));
    case v1::TownshipRecord::RECORD_NOT_SET:
      break;
  }
  return damaged();
}

}  // namespace zhenhui::townships

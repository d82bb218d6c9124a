#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "common/time/date.h"

// What the townships service keeps. Codes are official division codes: 6 digits for a district, 9 for a
// township, 12 for a village; the parent's code is a prefix.
namespace zhenhui::townships {

// Days on which a place exists or an entry stands, both inclusive; absent is "always" and "still".
struct Validity {
  std::optional<Date> from;
  std::optional<Date> to;

  bool Contains(Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
  friend bool operator==(const Validity&, const Validity&) = default;
};

inline constexpr int kDefaultDueDay = 5;

struct District {
  std::string code;
  std::string name_zh;
  std::string name_en;
  Validity validity;
  int confirmation_due_day =
      kDefaultDueDay;  // of the next month: up to it a month is confirmed in time; 1 to 28
  friend bool operator==(const District&, const District&) = default;
};

enum class TownshipType { kUnspecified = 0, kTown = 1, kTownship = 2, kEthnicTownship = 3, kSubdistrict = 4 };

struct Township {
  std::string code;
  std::string name_zh;
  std::string name_en;
  TownshipType type = TownshipType::kUnspecified;
  Validity validity;
  friend bool operator==(const Township&, const Township&) = default;
};

enum class VillageType { kUnspecified = 0, kVillage = 1, kCommunity = 2 };

struct Village {
  std::string code;
  std::string name_zh;
  std::string name_en;
  VillageType type = VillageType::kUnspecified;
  Validity validity;
  friend bool operator==(const Village&, const Village&) = default;
};

// Residents at the end of a year, in persons.
struct Population {
  std::string township;
  int year = 0;
  int64_t residents = 0;
  friend bool operator==(const Population&, const Population&) = default;
};

enum class RosterRole {
  kUnspecified = 0,
  kLegalCounsel = 1,
  kLawSavvyPerson = 2,
  kMediator = 3,
  kEnforcementOfficer = 4,
  kGovCounsel = 5,
  kMediationCommittee = 6,
  kLegalCultureSite = 7,
};

struct RosterEntry {
  std::string township;
  std::string id;
  RosterRole role = RosterRole::kUnspecified;
  std::vector<std::string> villages;  // sorted, without repeats; empty is the town as a whole
  std::string name;
  Validity validity;  // `from` is always present
  friend bool operator==(const RosterEntry&, const RosterEntry&) = default;
};

// The records of the change feed. The order is that of RecordType.
using Record = std::variant<Township, Village, Population, RosterEntry>;

// Stored as a number: never renumber.
enum class RecordType { kTownship = 1, kVillage = 2, kPopulation = 3, kRosterEntry = 4 };

RecordType TypeOf(const Record& record);
// The nine digits of the township that owns the record.
std::string TownshipOf(const Record& record);
// Unique among the township's records of its type: the code, the year in four digits, or the client's id.
std::string IdOf(const Record& record);

// A record as it is kept.
struct Stored {
  Record record;
  int64_t revision = 0;
  std::string reason;
  std::string by;
  absl::Time at = absl::InfinitePast();
};

// A district with the number of its version, from 1.
struct StoredDistrict {
  District district;
  int64_t version = 0;
};

// An etag is the revision (or version) in decimal digits. Empty: no precondition.
std::string MakeEtag(int64_t revision);
bool EtagMatches(std::string_view etag, int64_t revision);

}  // namespace zhenhui::townships

#include "samples/roster.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "samples/places.h"
#include "samples/random.h"

namespace zhenhui::samples {
namespace {

struct RoleText {
  const char* role;
  const char* id_prefix;
  const char* name;
};
constexpr RoleText kCounsel = {"legal_counsel", "lc", "法律顾问"};
constexpr RoleText kLawSavvy = {"law_savvy_person", "ls", "法律明白人"};
constexpr RoleText kMediator = {"mediator", "md", "人民调解员"};
constexpr RoleText kOfficer = {"enforcement_officer", "eo", "执法人员"};
constexpr RoleText kGovCounsel = {"gov_counsel", "gc", "政府法律顾问"};
constexpr RoleText kCommittee = {"mediation_committee", "mc", "人民调解委员会"};
constexpr RoleText kCultureSite = {"legal_culture_site", "cs", "法治文化阵地"};

class RosterMaker {
 public:
  explicit RosterMaker(const std::string& township)
      : township_(township),
        is_report_town_(township == kReportTown),
        villages_(VillagesOf(township)),
        random_(SeedOf(absl::StrCat("roster ", township))) {}

  std::vector<RosterEntry> Make() {
    AddCounsels();
    AddForEachVillage(kLawSavvy, is_report_town_ ? 3 : 2, is_report_town_ ? 3 : 5);
    AddForEachVillage(kMediator, 1, 2);
    AddForTown(kMediator, random_.Between(1, 3));
    AddForTown(kCommittee, 1);
    AddForEachVillage(kCommittee, 1, 1);
    AddForTown(kOfficer, random_.Between(6, 20));
    AddForTown(kGovCounsel, random_.Between(1, 2));
    AddForTown(kCultureSite, random_.Between(1, 4));
    return std::move(entries_);
  }

 private:
  // The report town has a counsel of its own in each village. Elsewhere one serves up to four villages, and
  // the last village of every third town has none, so that coverage differs between towns.
  void AddCounsels() {
    const bool gap = !is_report_town_ && random_.Below(3) == 0;
    const size_t covered = villages_.size() - (gap ? 1 : 0);
    for (size_t at = 0; at < covered;) {
      const size_t size = is_report_town_ ? 1 : static_cast<size_t>(random_.Between(1, 4));
      std::vector<std::string> served;
      for (const size_t end = std::min(at + size, covered); at < end; ++at) {
        served.push_back(villages_[at].code);
      }
      Add(kCounsel, std::move(served));
    }
  }

  void AddForEachVillage(const RoleText& text, int low, int high) {
    for (const Village& village : villages_) {
      const int64_t count = random_.Between(low, high);
      for (int64_t i = 0; i < count; ++i) Add(text, {village.code});
    }
  }

  void AddForTown(const RoleText& text, int64_t count) {
    for (int64_t i = 0; i < count; ++i) Add(text, {});
  }

  void Add(const RoleText& text, std::vector<std::string> villages) {
    if (text.role != last_role_) {
      last_role_ = text.role;
      number_ = NextNumber(text.role);
    }
    RosterEntry entry;
    entry.id = absl::StrFormat("%s-%03d", text.id_prefix, number_);
    entry.township = township_;
    entry.role = text.role;
    entry.villages = std::move(villages);
    entry.name = absl::StrFormat("示例%s%02d", text.name, number_);
    SetTerm(entry);
    entries_.push_back(std::move(entry));
    ++number_;
  }

  int NextNumber(std::string_view role) const {
    return 1 + static_cast<int>(std::count_if(entries_.begin(), entries_.end(),
                                              [&](const RosterEntry& entry) { return entry.role == role; }));
  }

  // Most stood before 2023 began; some came in 2023, a few elsewhere in 2024 or have left since.
  void SetTerm(RosterEntry& entry) {
    const int64_t when = random_.Between(1, 100);
    entry.valid_from = Date(2021, 1, 1) + random_.Between(0, 700);
    if (when > 80) entry.valid_from = Date(2023, 1, 1) + random_.Between(0, 364);
    if (is_report_town_) return;
    if (when > 92) entry.valid_from = Date(2024, 1, 1) + random_.Between(0, 300);
    if (when <= 4) entry.valid_to = FormatDate(Date(2024, 2, 1) + random_.Between(0, 300));
  }

  const std::string township_;
  const bool is_report_town_;
  const std::vector<Village> villages_;
  Random random_;
  std::vector<RosterEntry> entries_;
  std::string last_role_;
  int number_ = 1;
};

}  // namespace

std::vector<RosterEntry> RosterOf(const std::string& township) { return RosterMaker(township).Make(); }

}  // namespace zhenhui::samples

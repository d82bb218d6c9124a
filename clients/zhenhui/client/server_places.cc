#include "clients/zhenhui/client/server_places.h"

#include <set>

#include "clients/zhenhui/input/catalogue.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using townships::v1::TownshipService;

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// 上新庄 is how people write 上新庄镇, 马场 how they write 马场村.
std::string WithoutSuffix(const std::string& name) {
  for (const std::string suffix :
       {"民族乡", "街道办事处", "街道", "村民委员会", "村委会", "社区居委会", "社区", "镇", "乡", "村"}) {
    if (name.size() > suffix.size() &&
        name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0) {
      return name.substr(0, name.size() - suffix.size());
    }
  }
  return name;
}

absl::StatusOr<std::string> OnlyOne(const std::set<std::string>& codes, const std::string& unknown,
                                    const std::string& name) {
  if (codes.empty()) return Error(absl::StatusCode::kNotFound, unknown, "no place is called " + name);
  if (codes.size() > 1) {
    return Error(absl::StatusCode::kFailedPrecondition, "AMBIGUOUS_PLACE",
                 "several places are called " + name);
  }
  return *codes.begin();
}

// Whole names first; shortened ones only when no whole name matches.
template <typename Place>
std::set<std::string> Matching(const std::vector<Place>& places, const std::string& name,
                               const std::string& date) {
  std::set<std::string> whole;
  std::set<std::string> shortened;
  for (const Place& place : places) {
    if (!date.empty() && ((!place.valid_from().empty() && date < place.valid_from()) ||
                          (!place.valid_to().empty() && date > place.valid_to()))) {
      continue;
    }
    const std::string own = FoldName(place.display_name_zh());
    if (own == FoldName(name) || FoldName(place.display_name_en()) == FoldName(name)) {
      whole.insert(LastPart(place.name()));
    } else if (WithoutSuffix(own) == WithoutSuffix(FoldName(name))) {
      shortened.insert(LastPart(place.name()));
    }
  }
  return whole.empty() ? shortened : whole;
}

}  // namespace

absl::Status ServerPlaces::LoadDistrict(const std::string& district) {
  townships::v1::ListTownshipsRequest request;
  request.set_parent("districts/" + district);
  request.set_page_size(1000);
  do {
    townships::v1::ListTownshipsResponse response;
    RETURN_IF_ERROR(connection_->Call(connection_->townships(), &TownshipService::Stub::ListTownships,
                                      request, &response));
    townships_->insert(townships_->end(), response.townships().begin(), response.townships().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status ServerPlaces::LoadTownships() {
  if (townships_.has_value()) return absl::OkStatus();
  townships_.emplace();
  if (scope_.size() >= 9) {
    townships::v1::GetTownshipRequest request;
    request.set_name("townships/" + scope_.substr(0, 9));
    townships::v1::GetTownshipResponse response;
    RETURN_IF_ERROR(
        connection_->Call(connection_->townships(), &TownshipService::Stub::GetTownship, request, &response));
    townships_->push_back(response.township());
    return absl::OkStatus();
  }
  if (scope_.size() == 6) return LoadDistrict(scope_);
  townships::v1::ListDistrictsRequest request;
  request.set_page_size(1000);
  do {
    townships::v1::ListDistrictsResponse response;
    RETURN_IF_ERROR(connection_->Call(connection_->townships(), &TownshipService::Stub::ListDistricts,
                                      request, &response));
    for (const auto& district : response.districts())
      RETURN_IF_ERROR(LoadDistrict(LastPart(district.name())));
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::StatusOr<std::string> ServerPlaces::Township(const std::string& name) {
  RETURN_IF_ERROR(LoadTownships());
  return OnlyOne(Matching(*townships_, name, ""), "UNKNOWN_TOWNSHIP", name);
}

absl::StatusOr<const std::vector<townships::v1::Village>*> ServerPlaces::Villages(
    const std::string& township) {
  if (const auto found = villages_.find(township); found != villages_.end()) return &found->second;
  std::vector<townships::v1::Village> villages;
  townships::v1::ListVillagesRequest request;
  request.set_parent("townships/" + township);
  request.set_page_size(1000);
  do {
    townships::v1::ListVillagesResponse response;
    RETURN_IF_ERROR(connection_->Call(connection_->townships(), &TownshipService::Stub::ListVillages, request,
                                      &response));
    villages.insert(villages.end(), response.villages().begin(), response.villages().end());
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  return &(villages_[township] = std::move(villages));
}

absl::StatusOr<std::string> ServerPlaces::Village(const std::string& township, const std::string& name,
                                                  const std::string& date) {
  const auto villages = Villages(township);
  if (!villages.ok()) {
    // A township that does not exist has no villages; the service says so for the record.
    if (absl::IsNotFound(villages.status())) return OnlyOne({}, "UNKNOWN_VILLAGE", name);
    return villages.status();
  }
  return OnlyOne(Matching(**villages, name, date), "UNKNOWN_VILLAGE", name);
}

absl::StatusOr<std::map<std::string, std::string>> ServerPlaces::VillageNames(const std::string& township) {
  ASSIGN_OR_RETURN(const std::vector<townships::v1::Village>* villages, Villages(township));
  std::map<std::string, std::string> names;
  for (const auto& village : *villages) names[LastPart(village.name())] = village.display_name_zh();
  return names;
}

}  // namespace zhenhui::cli

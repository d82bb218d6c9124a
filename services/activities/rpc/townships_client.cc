#include "services/activities/rpc/townships_client.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/activities/wire/names.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::activities {
namespace {

namespace townships_v1 = zhenhui::townships::v1;

constexpr int kPage = 1000;
constexpr size_t kDistrictDigits = 6;

absl::Status Unavailable() {
  return WithRetryDelay(
      Error(absl::StatusCode::kUnavailable, "REGISTER_UNAVAILABLE",
            "the register of places cannot be reached, so records cannot be checked; send them again"),
      absl::Seconds(1));
}

absl::Status Translate(std::string_view township, const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const absl::Status error = rpc::FromGrpc(status);
  if (absl::IsNotFound(error)) {
    return Error(absl::StatusCode::kNotFound, "TOWNSHIP_NOT_FOUND",
                 "the register of places has no township " + std::string(township));
  }
  log::Warning("the register of places failed",
               {{"township", township}, {"reason", ReasonOf(error)}, {"why", std::string(error.message())}});
  return Unavailable();
}

// Validities come from another process: one that cannot be read is no reason to lose a push, but to try
// again.
absl::StatusOr<std::optional<Date>> ReadDay(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const absl::StatusOr<Date> date = ParseDate(text);
  if (!date.ok()) return Unavailable();
  return *date;
}

template <typename Message>
absl::StatusOr<Validity> ReadValidity(const Message& message) {
  Validity validity;
  ASSIGN_OR_RETURN(validity.from, ReadDay(message.valid_from()));
  ASSIGN_OR_RETURN(validity.to, ReadDay(message.valid_to()));
  return validity;
}

absl::Status ReadVillages(townships_v1::TownshipService::Stub& stub, std::string_view township,
                          absl::Time until, Places& places) {
  townships_v1::ListVillagesRequest request;
  request.set_parent(TownshipName(township));
  request.set_page_size(kPage);
  do {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, until - absl::Now());
    townships_v1::ListVillagesResponse page;
    RETURN_IF_ERROR(Translate(township, stub.ListVillages(&context, request, &page)));
    for (const townships_v1::Village& village : page.villages()) {
      ASSIGN_OR_RETURN(const Validity validity, ReadValidity(village));
      places.villages.emplace(village.name().substr(village.name().rfind('/') + 1), validity);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

// The rule of a town's district; the default's where the register has no such district.
absl::StatusOr<int> ReadDueDay(townships_v1::TownshipService::Stub& stub, std::string_view township,
                               absl::Time until) {
  townships_v1::GetDistrictRequest request;
  request.set_name("districts/" + std::string(township.substr(0, kDistrictDigits)));
  townships_v1::GetDistrictResponse response;
  grpc::ClientContext context;
  rpc::PrepareContext(&context, until - absl::Now());
  const grpc::Status status = stub.GetDistrict(&context, request, &response);
  if (status.error_code() == grpc::StatusCode::NOT_FOUND) return kDefaultDueDay;
  RETURN_IF_ERROR(Translate(township, status));
  const int day = response.district().confirmation_due_day();
  return day == 0 ? kDefaultDueDay : day;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Places>> TownshipsClient::Get(std::string_view township, Freshness,
                                                                   absl::Time deadline) {
  const absl::Time until = std::min(deadline, absl::Now() + timeout_);
  const auto stub = townships_v1::TownshipService::NewStub(channel_);
  townships_v1::GetTownshipRequest request;
  request.set_name(TownshipName(township));
  townships_v1::GetTownshipResponse response;
  grpc::ClientContext context;
  rpc::PrepareContext(&context, until - absl::Now());
  RETURN_IF_ERROR(Translate(township, stub->GetTownship(&context, request, &response)));
  auto places = std::make_shared<Places>();
  ASSIGN_OR_RETURN(places->township, ReadValidity(response.township()));
  places->name_zh = response.township().display_name_zh();
  RETURN_IF_ERROR(ReadVillages(*stub, township, until, *places));
  ASSIGN_OR_RETURN(places->confirmation_due_day, ReadDueDay(*stub, township, until));
  return places;
}

absl::StatusOr<std::vector<std::string>> TownshipsClient::TownshipsOf(std::string_view district,
                                                                      absl::Time deadline) {
  const absl::Time until = std::min(deadline, absl::Now() + timeout_);
  const auto stub = townships_v1::TownshipService::NewStub(channel_);
  townships_v1::ListTownshipsRequest request;
  request.set_parent("districts/" + std::string(district));
  request.set_page_size(kPage);
  std::vector<std::string> codes;
  do {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, until - absl::Now());
    townships_v1::ListTownshipsResponse page;
    RETURN_IF_ERROR(Translate(district, stub->ListTownships(&context, request, &page)));
    for (const townships_v1::Township& township : page.townships()) {
      codes.push_back(township.name().substr(township.name().rfind('/') + 1));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (codes.empty()) {
    return Error(absl::StatusCode::kNotFound, "DISTRICT_NOT_FOUND",
                 "the register of places has no township of district " + std::string(district));
  }
  return codes;
}

}  // namespace zhenhui::activities

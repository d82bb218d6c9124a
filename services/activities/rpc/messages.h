#pragma once
#include <string>
#include <string_view>

#include "services/activities/domain/activity.h"
#include "services/activities/domain/completeness.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/push.h"
#include "services/activities/domain/target.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

// From the domain to the public messages: pure functions.
namespace zhenhui::activities {

void ToProto(std::string_view township, const StoredActivity& stored, v1::Activity* out);
void ToProto(std::string_view township, const MonthConfirmation& confirmation, v1::MonthConfirmation* out);
void ToProto(const StoredTarget& stored, v1::Target* out);
void ToProto(const TownStanding& town, v1::TownCompleteness* out);
void ToProto(const KindCatalogue& catalogue, v1::ListKindsResponse* out);

// One result for each record of a batch, in order.
void ToProto(PushResult result, google::protobuf::RepeatedPtrField<zhenhui::common::v1::RecordResult>* out);

// The freshness token: everything up to `revision`.
zhenhui::common::v1::FeedPosition Position(std::string_view township, int64_t revision);

google::protobuf::Timestamp ToTimestamp(absl::Time time);

}  // namespace zhenhui::activities

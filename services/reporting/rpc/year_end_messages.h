#pragma once
#include <string>

#include "absl/time/time.h"
#include "services/reporting/domain/year_end/year_ends.h"
#include "zhenhui/reporting/v1/year_end.pb.h"

// From year ends to messages. Pure.
namespace zhenhui::reporting {

// "districts/630106/yearEnds/2024".
std::string YearEndName(const YearKey& key);

void SetTimestamp(absl::Time time, google::protobuf::Timestamp* out);
// `metric` says how it is printed.
void ToProto(const YearMetric& metric, const Figure& figure, v1::Figure* out);
// One town; without `changes`, which need the store.
void ToProto(const YearEndView& view, size_t town, v1::TownSignature* out);
void ToProto(const Blocking& blocking, v1::Blocker* out);
void ToProto(const YearEndView& view, v1::YearEnd* out);
// What the events alone say; without towns, digest and blockers.
void ToProto(const YearKey& key, const YearEndState& state, v1::YearEnd* out);
void ToProto(const YearEvent& event, v1::YearEndEvent* out);

}  // namespace zhenhui::reporting

#pragma once
#include <string>
#include <string_view>

#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/rollup.h"
#include "zhenhui/common/v1/feed_position.pb.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

// From the domain's answers to messages; comparisons are written without (comparison_writer.h). Texts are
// moved out of the arguments that are taken by value or
// `&&`.
namespace zhenhui::reporting {

common::v1::Feed ToProto(Feed feed);
void ToProto(std::string_view township, Feed feed, int64_t revision, common::v1::FeedPosition* out);

// The revisions of the towns, of both feeds for each.
template <typename Repeated>
void AddRevisions(std::string_view township, const Applied& applied, Repeated* out) {
  for (const Feed feed : kFeeds) ToProto(township, feed, applied[feed], out->Add());
}

// `decimal` as PrintFigure gives it.
void ToProto(const Figure& figure, std::string decimal, v1::Figure* out);
void ToProto(const Metric& metric, v1::Metric* out);
void ToProto(RollupRow&& row, v1::RollupRow* out);

}  // namespace zhenhui::reporting

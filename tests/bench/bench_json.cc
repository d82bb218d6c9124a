// A comparison's answer as JSON: our writer from the wire bytes, against protobuf's own from the message.
// Needs no server.
#include <benchmark/benchmark.h>

#include <google/protobuf/util/json_util.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/json_writer.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

namespace zhenhui::bench {
namespace {

using reporting::v1::CompareTownshipsResponse;

CompareTownshipsResponse Answer(int metrics) {
  CompareTownshipsResponse answer;
  for (int m = 0; m < metrics; ++m) {
    auto* comparison = answer.add_comparisons();
    comparison->set_metric(absl::StrCat("metrics/law_lectures", m));
    comparison->set_metric_version(1);
    comparison->set_median("12.50");
    comparison->set_gini("0.1234");
    for (int town = 0; town < 16; ++town) {
      auto* figure = comparison->add_townships();
      figure->set_township(absl::StrCat("townships/", 630106101 + town));
      figure->set_display_name_zh("某某镇人民政府");
      figure->mutable_figure()->set_value(1000 + 37 * town);
      figure->mutable_figure()->set_decimal(absl::StrCat(1000 + 37 * town));
      figure->mutable_last_year()->set_value(900 + 31 * town);
      figure->mutable_last_year()->set_decimal(absl::StrCat(900 + 31 * town));
      figure->set_per_village("41.67");
      figure->set_per_10000_residents("123.45");
      figure->set_rank(town + 1);
      figure->set_share_percent("6.25");
      figure->set_difference_from_median("-3.50");
      figure->set_change_percent("11.11");
    }
  }
  for (int town = 0; town < 16; ++town) {
    auto* position = answer.add_revisions();
    position->set_township(absl::StrCat("townships/", 630106101 + town));
    position->set_revision(123456 + town);
  }
  return answer;
}

void OurWriter(benchmark::State& state) {
  using namespace gateway::transcoding;  // NOLINT: one function
  const auto schema = *Schema::Load(BuiltInDescriptors());
  const Plans plans(*schema);
  const MessagePlan& plan = *plans.Find("zhenhui.reporting.v1.CompareTownshipsResponse");
  const std::string bytes = Answer(static_cast<int>(state.range(0))).SerializeAsString();
  std::string json;
  for (auto _ : state) {
    json.clear();
    if (!AppendJson(plans, plan, bytes, &json).ok()) state.SkipWithError("not written");
    benchmark::DoNotOptimize(json.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(json.size()) * static_cast<int64_t>(state.iterations()));
}

// What a gateway would do: parse, then write.
void ProtobufsWriter(benchmark::State& state) {
  const std::string bytes = Answer(static_cast<int>(state.range(0))).SerializeAsString();
  std::string json;
  for (auto _ : state) {
    CompareTownshipsResponse answer;
    json.clear();
    if (!answer.ParseFromString(bytes) || !google::protobuf::util::MessageToJsonString(answer, &json).ok()) {
      state.SkipWithError("not written");
    }
    benchmark::DoNotOptimize(json.data());
  }
  state.SetBytesProcessed(static_cast<int64_t>(json.size()) * static_cast<int64_t>(state.iterations()));
}

BENCHMARK(OurWriter)->Arg(1)->Arg(20)->Unit(benchmark::kMicrosecond);
BENCHMARK(ProtobufsWriter)->Arg(1)->Arg(20)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace zhenhui::bench

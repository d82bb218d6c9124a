#include "services/reporting/rpc/rollup_service.h"

#include <utility>

#include "common/rpc/stream.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/fresh_unary.h"
#include "services/reporting/rpc/raw_message.h"
#include "services/reporting/rpc/requests.h"
#include "services/reporting/rpc/rollup_query.h"
#include "services/reporting/rpc/rollup_watch.h"
#include "services/reporting/wire/comparison_writer.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

using rpc::Call;

void SetTime(absl::Time time, google::protobuf::Timestamp* out) {
  const int64_t micros = absl::ToUnixMicros(time);
  out->set_seconds(micros / 1'000'000);
  out->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

absl::StatusOr<TownScope> CheckedScope(const v1::Scope& scope, const auth::Claims& claims) {
  Violations violations;
  TownScope read = ReadScope(scope, violations);
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(RequireScope(claims, read));
  return read;
}

}  // namespace

RollupServiceImpl::RollupServiceImpl(const RpcDependencies& dependencies) : deps_(dependencies) {
  SetMessageAllocatorFor_QueryRollup(&rollup_messages_);
}

absl::Status RollupServiceImpl::Ready() const {
  if (!deps_.upkeep->loaded()) {
    return WithRetryDelay(Error(absl::StatusCode::kUnavailable, "NOT_LOADED",
                                "the figures are not loaded from the database yet; ask again shortly"),
                          absl::Seconds(1));
  }
  return deps_.catalogue->agreement();
}

grpc::ServerUnaryReactor* RollupServiceImpl::ListMetrics(grpc::CallbackServerContext* context,
                                                         const v1::ListMetricsRequest* request,
                                                         v1::ListMetricsResponse* response) {
  return rpc::UnaryInline(context, *deps_.authenticator, ZH_REPORTING_METHOD("ListMetrics"), response,
                          [&](const Call&) -> absl::Status {
                            const std::string& tier = request->tier();
                            if (!tier.empty() && tier != "core" && tier != "ext") {
                              return InvalidFields({{"tier", "TIER_INVALID", "give core, ext or nothing"}});
                            }
                            const MetricCatalogue& catalogue = deps_.catalogue->metrics();
                            for (const Metric& metric : catalogue.metrics()) {
                              if (tier.empty() || metric.core == (tier == "core"))
                                ToProto(metric, response->add_metrics());
                            }
                            response->set_catalogue_version(static_cast<int32_t>(catalogue.version()));
                            return absl::OkStatus();
                          });
}

grpc::ServerUnaryReactor* RollupServiceImpl::GetMetric(grpc::CallbackServerContext* context,
                                                       const v1::GetMetricRequest* request,
                                                       v1::GetMetricResponse* response) {
  return rpc::UnaryInline(context, *deps_.authenticator, ZH_REPORTING_METHOD("GetMetric"), response,
                          [&](const Call&) -> absl::Status {
                            ASSIGN_OR_RETURN(const MetricPlan* const plan,
                                             ReadMetric(deps_.catalogue->plans(), request->name()));
                            ToProto(*plan->metric, response->mutable_metric());
                            return absl::OkStatus();
                          });
}

grpc::ServerUnaryReactor* RollupServiceImpl::QueryRollup(grpc::CallbackServerContext* context,
                                                         const v1::QueryRollupRequest* request,
                                                         v1::QueryRollupResponse* response) {
  const auto check = [this, request](const Call& call) -> absl::StatusOr<Fresh<RollupRequest>> {
    RETURN_IF_ERROR(Ready());
    ASSIGN_OR_RETURN(RollupRequest read, ReadRollup(deps_.catalogue->plans(), *request, call.claims));
    ASSIGN_OR_RETURN(auto positions, ReadPositions(request->at_least_as_fresh(), call.claims));
    return Fresh<RollupRequest>{std::move(read), std::move(positions)};
  };
  const auto answer = [this, response](const Call& call, const Fresh<RollupRequest>& fresh) {
    return AnswerRollup(*deps_.cube, *deps_.sources, *deps_.clock, call, fresh.request, response);
  };
  Executor* const executor = AsksRegister(request->group_by()) ? deps_.executor : nullptr;
  return FreshUnary(context, *deps_.authenticator, ZH_REPORTING_METHOD("QueryRollup"), *deps_.cube, executor,
                    response, check, answer);
}

absl::StatusOr<Fresh<CompareRequest>> RollupServiceImpl::CheckCompare(const Call& call,
                                                                      const grpc::ByteBuffer& in) const {
  RETURN_IF_ERROR(Ready());
  // A usual request with everything in it fits the block, so that nothing of it is allocated one by one.
  alignas(8) char block[1024];
  google::protobuf::Arena arena(block, sizeof(block));
  auto* request = google::protobuf::Arena::CreateMessage<v1::CompareTownshipsRequest>(&arena);
  if (!ParseBytes(in, request)) return rpc::MessageMalformed();
  ASSIGN_OR_RETURN(CompareRequest read, ReadCompare(deps_.catalogue->plans(), *request, call.claims));
  ASSIGN_OR_RETURN(auto positions, ReadPositions(request->at_least_as_fresh(), call.claims));
  return Fresh<CompareRequest>{std::move(read), std::move(positions)};
}

grpc::ServerUnaryReactor* RollupServiceImpl::CompareTownships(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* in,
                                                              grpc::ByteBuffer* out) {
  const auto check = [this, in](const Call& call) { return CheckCompare(call, *in); };
  const auto answer = [this, out](const Call&, const Fresh<CompareRequest>& fresh) -> absl::Status {
    const ComparisonQuery& query = fresh.request.query;
    ASSIGN_OR_RETURN(const auto towns, TownsOf(*deps_.cube, fresh.request.scope, query.period));
    ASSIGN_OR_RETURN(const auto compared,
                     Compare(deps_.cube->vocabulary(), query, towns, deps_.clock->Today()));
    *out = TakeBytes(WriteComparisons(compared, towns));
    return absl::OkStatus();
  };
  return FreshUnary(context, *deps_.authenticator, ZH_REPORTING_METHOD("CompareTownships"), *deps_.cube,
                    nullptr, out, check, answer, &own_records_);
}

grpc::ServerUnaryReactor* RollupServiceImpl::ExplainFigure(grpc::CallbackServerContext* context,
                                                           const v1::ExplainFigureRequest* request,
                                                           v1::ExplainFigureResponse* response) {
  const auto check = [this, request](const Call& call) -> absl::StatusOr<Fresh<ExplainRequest>> {
    RETURN_IF_ERROR(Ready());
    ASSIGN_OR_RETURN(ExplainRequest read, ReadExplain(deps_.catalogue->plans(), *request, call.claims));
    ASSIGN_OR_RETURN(auto positions, ReadPositions(request->at_least_as_fresh(), call.claims));
    return Fresh<ExplainRequest>{std::move(read), std::move(positions)};
  };
  const auto answer = [this, request, response](const Call& call, const Fresh<ExplainRequest>& fresh) {
    v1::ExplainFigureRequest filter = *request;
    filter.clear_page_token();
    filter.clear_page_size();
    filter.clear_at_least_as_fresh();
    return deps_.explainer->Explain(call, fresh.request, filter.SerializeAsString(), request->page_token(),
                                    response);
  };
  return FreshUnary(context, *deps_.authenticator, ZH_REPORTING_METHOD("ExplainFigure"), *deps_.cube,
                    deps_.executor, response, check, answer);
}

grpc::ServerUnaryReactor* RollupServiceImpl::GetFreshness(grpc::CallbackServerContext* context,
                                                          const v1::GetFreshnessRequest* request,
                                                          v1::GetFreshnessResponse* response) {
  return rpc::UnaryInline(context, *deps_.authenticator, ZH_REPORTING_METHOD("GetFreshness"), response,
                          [&](const Call& call) { return Freshness(call, *request, response); });
}

absl::Status RollupServiceImpl::Freshness(const Call& call, const v1::GetFreshnessRequest& request,
                                          v1::GetFreshnessResponse* response) const {
  RETURN_IF_ERROR(Ready());
  ASSIGN_OR_RETURN(const TownScope scope, CheckedScope(request.scope(), call.claims));
  ASSIGN_OR_RETURN(const auto codes, CodesOf(*deps_.cube, scope));
  std::optional<absl::Time> verified = absl::InfiniteFuture();
  for (const std::string& code : codes) {
    ASSIGN_OR_RETURN(const TownFreshness town, deps_.cube->Freshness(code));
    for (const Feed feed : kFeeds) {
      v1::FeedFreshness& out = *response->add_feeds();
      ToProto(code, feed, town.applied[feed], out.mutable_applied());
      out.set_head_revision(town.head[feed]);
      out.set_flushed_revision(town.flushed[feed]);
      if (const auto& when = town.applied_time[static_cast<size_t>(feed)])
        SetTime(*when, out.mutable_applied_time());
    }
    if (!town.verified_equal_time) verified.reset();
    if (verified) verified = std::min(*verified, *town.verified_equal_time);
  }
  response->set_following(deps_.upkeep->following());
  if (verified && !codes.empty()) SetTime(*verified, response->mutable_verified_equal_time());
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* RollupServiceImpl::VerifyTotals(grpc::CallbackServerContext* context,
                                                          const v1::VerifyTotalsRequest* request,
                                                          v1::VerifyTotalsResponse* response) {
  return rpc::Unary(context, *deps_.authenticator, ZH_REPORTING_METHOD("VerifyTotals"), *deps_.executor,
                    response,
                    [this, request, response](const Call& call) { return Verify(call, *request, response); });
}

absl::Status RollupServiceImpl::Verify(const Call& call, const v1::VerifyTotalsRequest& request,
                                       v1::VerifyTotalsResponse* response) {
  constexpr int kMaxDifferences = 1000;
  if (!deps_.upkeep->loaded()) RETURN_IF_ERROR(Ready());
  ASSIGN_OR_RETURN(const TownScope scope, CheckedScope(request.scope(), call.claims));
  ASSIGN_OR_RETURN(const auto codes, CodesOf(*deps_.cube, scope));
  bool equal = true;
  for (const std::string& code : codes) {
    ASSIGN_OR_RETURN(const Verdict verdict,
                     deps_.upkeep->verifier().Verify(code, call.deadline, [] { return false; }));
    equal = equal && verdict.equal();
    const auto add = [&]() -> v1::CellDifference* {
      if (response->differences_size() >= kMaxDifferences) return nullptr;
      v1::CellDifference* out = response->add_differences();
      out->set_township(TownshipName(code));
      return out;
    };
    for (const CellDifference& difference : verdict.differences.differences) {
      v1::CellDifference* out = add();
      if (out == nullptr) break;
      out->set_series(difference.series);
      out->set_member(difference.member);
      out->set_date(FormatDate(difference.bucket));
      out->set_held(difference.held);
      out->set_recomputed(difference.recomputed);
    }
    // Names and validities are no cells; a difference is shown under a series of this name.
    if (v1::CellDifference* out = verdict.differences.places_equal ? nullptr : add())
      out->set_series("places");
    response->set_cells_compared(response->cells_compared() + verdict.differences.cells_compared);
    response->set_records_read(response->records_read() + verdict.records);
    AddRevisions(code, verdict.applied, response->mutable_revisions());
  }
  response->set_equal(equal);
  SetTime(deps_.clock->Now(), response->mutable_verify_time());
  return absl::OkStatus();
}

grpc::ServerWriteReactor<v1::WatchRollupsResponse>* RollupServiceImpl::WatchRollups(
    grpc::CallbackServerContext* context, const v1::WatchRollupsRequest* request) {
  using Refused = rpc::RefusedStream<v1::WatchRollupsResponse>;
  const auto call = rpc::BeginCall(context, *deps_.authenticator, ZH_REPORTING_METHOD("WatchRollups"),
                                   absl::InfiniteDuration());
  if (!call.ok()) return new Refused(call.status());
  if (const absl::Status ready = Ready(); !ready.ok()) return new Refused(ready);
  auto query = ReadWatch(deps_.catalogue->plans(), *request, call->claims);
  if (!query.ok()) return new Refused(query.status());
  return StartRollupWatch(*deps_.cube, *deps_.board, *deps_.watch_executor, *deps_.clock, *std::move(query),
                          call->claims.expires);
}

}  // namespace zhenhui::reporting

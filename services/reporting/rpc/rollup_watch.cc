#include "services/reporting/rpc/rollup_watch.h"

#include <map>
#include <set>
#include <utility>

#include "common/rpc/live_stream.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

class RollupWatch {
 public:
  RollupWatch(Cube& cube, WatchBoard& board, const Clock& clock, RollupRequest request,
              const std::shared_ptr<rpc::Waker>& waker)
      : cube_(cube),
        board_(board),
        clock_(clock),
        request_(std::move(request)),
        place_(board.Register(request_.scope.townships, request_.scope.district, waker)) {}

  absl::StatusOr<std::vector<v1::WatchRollupsResponse>> Next() {
    if (board_.closed()) {
      return Error(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "this server stops; connect again");
    }
    std::set<std::string> changed = place_->TakeChanged();
    const Date today = clock_.Today();
    const bool all = sent_for_ != today;  // at first, and each midnight: a month more may be unconfirmed
    if (!all && changed.empty()) return std::vector<v1::WatchRollupsResponse>();
    sent_for_ = today;
    ASSIGN_OR_RETURN(std::vector<TownView> towns, TownsOf(cube_, request_.scope, request_.query.period));
    if (!all) std::erase_if(towns, [&](const TownView& town) { return changed.count(town.code) == 0; });
    ASSIGN_OR_RETURN(auto rows, Rollup(cube_.vocabulary(), request_.query, towns, today));
    v1::WatchRollupsResponse response;
    for (const RollupRow& row : rows) AddIfNew(row, response);
    if (response.figures().empty() && !first_) return std::vector<v1::WatchRollupsResponse>();
    first_ = false;
    for (const TownView& town : towns)
      AddRevisions(town.code, town.state->applied(), response.mutable_revisions());
    return std::vector<v1::WatchRollupsResponse>{std::move(response)};
  }

 private:
  void AddIfNew(const RollupRow& row, v1::WatchRollupsResponse& response) {
    const auto [held, is_new] = sent_.try_emplace({row.township, row.metric}, row.figure);
    if (!is_new && held->second == row.figure) return;
    held->second = row.figure;
    v1::ChangedFigure& out = *response.add_figures();
    out.set_township(TownshipName(row.township));
    out.set_metric(row.metric->name);
    ToProto(row.figure, PrintFigure(*row.metric, row.figure), out.mutable_figure());
  }

  Cube& cube_;
  WatchBoard& board_;
  const Clock& clock_;
  const RollupRequest request_;
  const std::shared_ptr<WatchBoard::Watch> place_;
  std::map<std::pair<std::string, const MetricPlan*>, Figure> sent_;
  std::optional<Date> sent_for_;
  bool first_ = true;
};

}  // namespace

grpc::ServerWriteReactor<v1::WatchRollupsResponse>* StartRollupWatch(Cube& cube, WatchBoard& board,
                                                                     Executor& executor, const Clock& clock,
                                                                     RollupRequest request,
                                                                     absl::Time expires) {
  auto waker = std::make_shared<rpc::Waker>();
  auto watch = std::make_shared<RollupWatch>(cube, board, clock, std::move(request), waker);
  return new rpc::LiveStream<v1::WatchRollupsResponse>(
      executor, [watch] { return watch->Next(); }, std::move(waker), nullptr, absl::Seconds(1),
      rpc::Lifetime{.expires = expires});
}

absl::StatusOr<RollupRequest> ReadWatch(const MetricPlans& plans, const v1::WatchRollupsRequest& request,
                                        const auth::Claims& claims) {
  v1::QueryRollupRequest as_query;
  *as_query.mutable_scope() = request.scope();
  *as_query.mutable_metrics() = request.metrics();
  as_query.set_start_date(request.start_date());
  as_query.set_end_date(request.end_date());
  as_query.set_group_by(v1::GROUP_BY_TOWNSHIP);
  ASSIGN_OR_RETURN(RollupRequest read, ReadRollup(plans, as_query, claims));
  RETURN_IF_ERROR(CheckPeriod(read.query.period));
  return read;
}

}  // namespace zhenhui::reporting

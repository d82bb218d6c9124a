#include "services/reporting/rpc/oversight_service.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/page_token.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/fresh_unary.h"
#include "services/reporting/rpc/oversight_messages.h"
#include "services/reporting/wire/figures.h"

namespace zhenhui::reporting {
namespace {

using rpc::Call;

// The place of an item in a list: the next page goes on behind it. Pages show what is there when they are
// read.
using ItemKey = std::tuple<std::string, int, std::string>;  // township, type, member or id

ItemKey KeyOf(const Gap& gap) { return {gap.township, static_cast<int>(gap.type), gap.member}; }

template <typename Request>
std::string FilterOf(Request request) {
  request.clear_page_token();
  request.clear_page_size();
  return request.SerializeAsString();
}

absl::StatusOr<std::optional<ItemKey>> ReadKey(const std::string& filter, const std::string& token) {
  ASSIGN_OR_RETURN(const std::vector<std::string> fields, rpc::DecodePageToken(filter, token));
  if (fields.empty()) return std::nullopt;
  int type = 0;
  if (fields.size() != 3 || !absl::SimpleAtoi(fields[1], &type)) {
    return Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                 "begin again without a page token");
  }
  return ItemKey{fields[0], type, fields[2]};
}

std::string TokenOf(const std::string& filter, const ItemKey& key) {
  return rpc::EncodePageToken(filter, {std::get<0>(key), absl::StrCat(std::get<1>(key)), std::get<2>(key)});
}

Period WholeYear(int year) { return {Date(year, 1, 1), Date(year, 12, 31)}; }

// The explanations of some towns, by township and alarm.
using Explanations = std::map<std::pair<std::string, std::string>, AlarmExplanation>;

const AlarmExplanation* Find(const Explanations& explanations, const Alarm& alarm) {
  const auto found = explanations.find({alarm.township, alarm.id});
  if (found == explanations.end() || found->second.fingerprint != FingerprintOf(alarm)) return nullptr;
  return &found->second;
}

}  // namespace

absl::StatusOr<std::vector<TownView>> OversightServiceImpl::Towns(const TownScope& scope,
                                                                  const Period& period) const {
  ASSIGN_OR_RETURN(std::vector<TownView> towns, TownsOf(*deps_.cube, scope, period));
  std::sort(towns.begin(), towns.end(), [](const TownView& a, const TownView& b) { return a.code < b.code; });
  return towns;
}

absl::Status OversightServiceImpl::PlanStatus(const Call& call, const PlanRequest& request,
                                              v1::GetPlanStatusResponse* response) {
  ASSIGN_OR_RETURN(const auto towns, Towns(request.scope, WholeYear(request.year)));
  ASSIGN_OR_RETURN(const auto targets, deps_.sources->Targets(call, request.scope, request.year));
  ASSIGN_OR_RETURN(const auto items, PlanStatusOf(deps_.cube->vocabulary(), *deps_.plans, targets, towns,
                                                  request.year, request.as_of, deps_.clock->Today()));
  for (const PlanItem& item : items) {
    if (!request.overdue_only || item.state == PlanState::kOverdue) ToProto(item, response->add_items());
  }
  response->set_as_of_date(FormatDate(request.as_of));
  for (const TownView& town : towns)
    AddRevisions(town.code, town.state->applied(), response->mutable_revisions());
  return absl::OkStatus();
}

// Asks for the catalogue only where it is needed; UNKNOWN_KIND.
absl::StatusOr<std::vector<AudienceName>> OversightServiceImpl::Audiences(const Call& call,
                                                                          const GapQuery& query) const {
  std::vector<AudienceName> audiences;
  if (query.kind.empty() && !query.Wants(GapType::kAudience)) return audiences;
  ASSIGN_OR_RETURN(const auto kinds, deps_.sources->Kinds(call));
  const bool known = std::any_of(kinds.kinds().begin(), kinds.kinds().end(),
                                 [&](const auto& kind) { return kind.code() == query.kind; });
  if (!query.kind.empty() && !known) {
    return InvalidFields({{"kind", "UNKNOWN_KIND", "the catalogue has no such kind; ListKinds gives all"}});
  }
  for (const auto& audience : kinds.audiences())
    audiences.push_back({audience.code(), audience.display_name_zh()});
  return audiences;
}

absl::Status OversightServiceImpl::Gaps(const Call& call, const v1::ListGapsRequest& request,
                                        v1::ListGapsResponse* response) {
  RETURN_IF_ERROR(deps_.ready());
  ASSIGN_OR_RETURN(const GapRequest read, ReadGaps(request, call.claims));
  const std::string filter = FilterOf(request);
  ASSIGN_OR_RETURN(const auto after, ReadKey(filter, request.page_token()));
  ASSIGN_OR_RETURN(const auto audiences, Audiences(call, read.query));
  ASSIGN_OR_RETURN(const auto towns, Towns(read.scope, read.query.period));
  Vocabulary& vocabulary = deps_.cube->vocabulary();
  bool full = false;
  for (const TownView& town : towns) {
    if (!after) ToProto(town.code, EvennessOf(vocabulary, read.query, town), response->add_evenness());
    AddRevisions(town.code, town.state->applied(), response->mutable_revisions());
    if (full || (after && town.code < std::get<0>(*after))) continue;
    std::vector<RosterEntryName> roster;
    if (read.query.Wants(GapType::kRosterEntry)) {
      ASSIGN_OR_RETURN(roster,
                       deps_.sources->Roster(call, town.code, town.state->applied()[Feed::kTownships]));
    }
    std::optional<ItemKey> last;
    for (const Gap& gap : GapsOf(vocabulary, read.query, town, audiences, roster)) {
      if (after && KeyOf(gap) <= *after) continue;
      if (response->gaps_size() == read.page_size) {
        full = true;
        break;
      }
      ToProto(gap, response->add_gaps());
      last = KeyOf(gap);
    }
    // Nothing is known of the towns behind a full page: the next page may be empty, and then is the last.
    if (response->gaps_size() == read.page_size && last) {
      response->set_next_page_token(TokenOf(filter, *last));
      full = true;
    }
  }
  return absl::OkStatus();
}

absl::Status OversightServiceImpl::Alarms(const Call& call, const v1::ListAlarmsRequest& request,
                                          v1::ListAlarmsResponse* response) {
  RETURN_IF_ERROR(deps_.ready());
  ASSIGN_OR_RETURN(const AlarmRequest read, ReadAlarms(request, call.claims));
  const std::string filter = FilterOf(request);
  ASSIGN_OR_RETURN(const auto after, ReadKey(filter, request.page_token()));
  ASSIGN_OR_RETURN(const auto towns, Towns(read.scope, WholeYear(read.year)));
  std::vector<std::string> codes;
  for (const TownView& town : towns) codes.push_back(town.code);
  ASSIGN_OR_RETURN(auto stored,
                   deps_.alarms->Newest(codes, read.year, absl::InfiniteFuture(), call.deadline));
  Explanations explanations;
  for (AlarmExplanation& one : stored) explanations[{one.township, one.alarm}] = std::move(one);

  std::optional<ItemKey> last;
  for (const TownView& town : towns) {
    AddRevisions(town.code, town.state->applied(), response->mutable_revisions());
    if (!response->next_page_token().empty() || (after && town.code < std::get<0>(*after))) continue;
    ASSIGN_OR_RETURN(std::vector<Alarm> alarms, AlarmsOf(deps_.cube->vocabulary(), *deps_.plans, town,
                                                         read.year, deps_.clock->Today(), read.types));
    std::sort(alarms.begin(), alarms.end(),
              [](const Alarm& a, const Alarm& b) { return std::tie(a.type, a.id) < std::tie(b.type, b.id); });
    for (const Alarm& alarm : alarms) {
      const ItemKey key{alarm.township, static_cast<int>(alarm.type), alarm.id};
      const AlarmExplanation* explanation = Find(explanations, alarm);
      if ((after && key <= *after) || (read.unexplained_only && explanation != nullptr)) continue;
      if (response->alarms_size() == read.page_size) {
        response->set_next_page_token(TokenOf(filter, *last));
        break;
      }
      ToProto(alarm, explanation, response->add_alarms());
      last = key;
    }
  }
  return absl::OkStatus();
}

absl::Status OversightServiceImpl::Explain(const Call& call, const v1::ExplainAlarmRequest& request,
                                           v1::Alarm* out) {
  RETURN_IF_ERROR(deps_.ready());
  ASSIGN_OR_RETURN(const AlarmName name, ReadExplanation(request, call.claims));
  ASSIGN_OR_RETURN(TownStatePtr state, deps_.cube->Snapshot(name.township));
  const TownView town{name.township, std::move(state)};
  ASSIGN_OR_RETURN(const auto alarms, AlarmsOf(deps_.cube->vocabulary(), *deps_.plans, town, name.year,
                                               deps_.clock->Today(), {}));
  const auto alarm =
      std::find_if(alarms.begin(), alarms.end(), [&](const Alarm& one) { return one.id == name.id; });
  if (alarm == alarms.end()) {
    return Error(absl::StatusCode::kNotFound, "ALARM_NOT_FOUND",
                 "the town's figures raise no such alarm now; list the alarms again");
  }
  const AlarmExplanation explanation{
      name.township,       name.id,           name.year, FingerprintOf(*alarm), request.explanation(),
      call.claims.subject, deps_.clock->Now()};
  RETURN_IF_ERROR(deps_.alarms->Add(explanation, call.deadline));
  ToProto(*alarm, &explanation, out);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* OversightServiceImpl::GetPlanStatus(grpc::CallbackServerContext* context,
                                                              const v1::GetPlanStatusRequest* request,
                                                              v1::GetPlanStatusResponse* response) {
  const auto check = [this, request](const Call& call) -> absl::StatusOr<Fresh<PlanRequest>> {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(PlanRequest read, ReadPlanStatus(*request, call.claims, deps_.clock->Today()));
    ASSIGN_OR_RETURN(auto positions, ReadPositions(request->at_least_as_fresh(), call.claims));
    return Fresh<PlanRequest>{std::move(read), std::move(positions)};
  };
  const auto answer = [this, response](const Call& call, const Fresh<PlanRequest>& fresh) {
    return PlanStatus(call, fresh.request, response);
  };
  return FreshUnary(context, *deps_.authenticator, ZH_OVERSIGHT_METHOD("GetPlanStatus"), *deps_.cube,
                    deps_.executor, response, check, answer);
}

grpc::ServerUnaryReactor* OversightServiceImpl::ListGaps(grpc::CallbackServerContext* context,
                                                         const v1::ListGapsRequest* request,
                                                         v1::ListGapsResponse* response) {
  return rpc::Unary(context, *deps_.authenticator, ZH_OVERSIGHT_METHOD("ListGaps"), *deps_.executor, response,
                    [this, request, response](const Call& call) { return Gaps(call, *request, response); });
}

grpc::ServerUnaryReactor* OversightServiceImpl::ListAlarms(grpc::CallbackServerContext* context,
                                                           const v1::ListAlarmsRequest* request,
                                                           v1::ListAlarmsResponse* response) {
  return rpc::Unary(context, *deps_.authenticator, ZH_OVERSIGHT_METHOD("ListAlarms"), *deps_.executor,
                    response,
                    [this, request, response](const Call& call) { return Alarms(call, *request, response); });
}

grpc::ServerUnaryReactor* OversightServiceImpl::ExplainAlarm(grpc::CallbackServerContext* context,
                                                             const v1::ExplainAlarmRequest* request,
                                                             v1::ExplainAlarmResponse* response) {
  return rpc::Unary(context, *deps_.authenticator, ZH_OVERSIGHT_METHOD("ExplainAlarm"), *deps_.executor,
                    response, [this, request, response](const Call& call) {
                      return Explain(call, *request, response->mutable_alarm());
                    });
}

}  // namespace zhenhui::reporting

#include "services/reporting/rpc/explainer.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/page_token.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/status_macros.h"
#include "services/reporting/rpc/register_contributions.h"
#include "services/reporting/wire/activity_reader.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

// The records come in this order.
bool ReadsRegister(const ExplainSources& sources) {
  return !sources.roster_roles.empty() || sources.villages || sources.residents || sources.distinct;
}

}  // namespace

// Where a page begins, and what all pages share.
struct Explainer::Page {
  enum class Stage { kActivities = 0, kRegister = 1, kEnd = 2 };

  Applied pinned;
  Figure figure;
  Stage stage = Stage::kActivities;
  std::string cursor;  // kActivities: that service's page token; kRegister: the last record's name

  std::vector<std::string> Fields() const {
    const auto number = [](int64_t value) { return absl::StrCat(value); };
    return {number(pinned[Feed::kActivities]),
            number(pinned[Feed::kTownships]),
            number(static_cast<int>(figure.state)),
            number(figure.value),
            number(figure.denominator),
            number(figure.unconfirmed_months),
            number(static_cast<int>(stage)),
            cursor};
  }
  static absl::StatusOr<Page> From(const std::vector<std::string>& fields) {
    int64_t numbers[7];
    bool ok = fields.size() == 8;
    for (size_t i = 0; ok && i < 7; ++i) ok = absl::SimpleAtoi(fields[i], &numbers[i]);
    if (!ok)
      return Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                   "begin again without a page token");
    Page page;
    page.pinned[Feed::kActivities] = numbers[0];
    page.pinned[Feed::kTownships] = numbers[1];
    page.figure = {static_cast<FigureState>(numbers[2]), numbers[3], numbers[4],
                   static_cast<int>(numbers[5])};
    page.stage = static_cast<Stage>(numbers[6]);
    page.cursor = fields[7];
    return page;
  }
};

Explainer::Explainer(Cube& cube, const Clock& clock, const std::shared_ptr<grpc::Channel>& activities,
                     const std::shared_ptr<grpc::Channel>& townships)
    : cube_(cube),
      clock_(clock),
      activities_(activities::v1::ActivityService::NewStub(activities)),
      townships_(townships::v1::TownshipService::NewStub(townships)) {}

absl::StatusOr<Explainer::Page> Explainer::FirstPage(const ExplainRequest& request) const {
  ASSIGN_OR_RETURN(const TownStatePtr state, cube_.Snapshot(request.township));
  Page page;
  page.pinned = state->applied();
  ASSIGN_OR_RETURN(page.figure, ExplainedFigure(cube_.vocabulary(), request.query, *state, clock_.Today()));
  return page;
}

absl::Status Explainer::Explain(const rpc::Call& call, const ExplainRequest& request,
                                const std::string& filter, const std::string& page_token,
                                v1::ExplainFigureResponse* response) {
  ASSIGN_OR_RETURN(const std::vector<std::string> fields, rpc::DecodePageToken(filter, page_token));
  ASSIGN_OR_RETURN(Page page, fields.empty() ? FirstPage(request) : Page::From(fields));
  if (page.stage == Page::Stage::kActivities) RETURN_IF_ERROR(AddActivities(call, request, page, response));
  if (page.stage == Page::Stage::kRegister) RETURN_IF_ERROR(AddRegister(call, request, page, response));
  if (page.stage != Page::Stage::kEnd)
    response->set_next_page_token(rpc::EncodePageToken(filter, page.Fields()));
  ToProto(page.figure, PrintFigure(*request.query.metric, page.figure), response->mutable_figure());
  AddRevisions(request.township, page.pinned, response->mutable_revisions());
  response->set_metric_version(request.query.metric->metric->version);
  return absl::OkStatus();
}

absl::Status Explainer::AddActivities(const rpc::Call& call, const ExplainRequest& request, Page& page,
                                      v1::ExplainFigureResponse* response) {
  const ExplainSources sources = SourcesOf(cube_.vocabulary(), *request.query.metric);
  activities::v1::ListActivitiesRequest list;
  list.set_parent(TownshipName(request.township));
  list.set_page_size(request.page_size);
  list.set_start_date(FormatDate(request.query.period.begin));
  list.set_end_date(FormatDate(request.query.period.end));
  for (const std::string& kind : sources.activity_kinds) list.add_kinds(kind);
  list.set_village(request.query.village);
  list.set_audience(request.query.audience);
  list.set_read_revision(page.pinned[Feed::kActivities]);
  // Revision 0 is the empty town; the service would take it for the newest.
  bool more = !sources.activity_kinds.empty() && list.read_revision() != 0;
  // One page with something on it is enough; pages of nothing but zeros are passed over.
  while (more && response->contributions().empty()) {
    list.set_page_token(page.cursor);
    grpc::ClientContext context;
    rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
    activities::v1::ListActivitiesResponse answer;
    RETURN_IF_ERROR(rpc::FromGrpc(activities_->ListActivities(&context, list, &answer)));
    for (const activities::v1::Activity& activity : answer.activities()) {
      ASSIGN_OR_RETURN(const Facts facts, FactsOf(cube_.vocabulary(), activity));
      const ContributionAmounts amounts = ContributionOf(cube_.vocabulary(), request.query, facts);
      if (amounts.is_zero()) continue;
      v1::Contribution& out = *response->add_contributions();
      out.set_record(activity.name());
      out.set_revision(activity.revision());
      out.set_date(activity.date());
      out.set_title(activity.title());
      if (!activity.village().empty()) out.add_villages(activity.village());
      out.set_kind(activity.kind());
      out.set_value(amounts.value);
      out.set_denominator(amounts.denominator);
    }
    page.cursor = answer.next_page_token();
    more = !page.cursor.empty();
  }
  if (more) return absl::OkStatus();
  page.cursor.clear();
  page.stage = ReadsRegister(sources) ? Page::Stage::kRegister : Page::Stage::kEnd;
  return absl::OkStatus();
}

// A register is small, so each page reads all of it and shows its part.
absl::Status Explainer::AddRegister(const rpc::Call& call, const ExplainRequest& request, Page& page,
                                    v1::ExplainFigureResponse* response) {
  page.stage = Page::Stage::kEnd;
  const int64_t revision = page.pinned[Feed::kTownships];
  if (revision == 0) return absl::OkStatus();
  townships::v1::StreamSnapshotRequest ask;
  ask.set_township(TownshipName(request.township));
  ask.set_read_revision(revision);
  grpc::ClientContext context;
  rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
  const auto stream = townships_->StreamSnapshot(&context, ask);
  std::vector<townships::v1::TownshipRecord> records;
  for (townships::v1::StreamSnapshotResponse part; stream->Read(&part);) {
    std::move(part.mutable_records()->begin(), part.mutable_records()->end(), std::back_inserter(records));
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  ASSIGN_OR_RETURN(auto contributions, RegisterContributions(cube_.vocabulary(), request.query,
                                                             request.township, revision, records));
  std::string last = page.cursor;
  for (v1::Contribution& contribution : contributions) {
    if (contribution.record() <= page.cursor) continue;
    if (response->contributions_size() == request.page_size) {
      page.stage = Page::Stage::kRegister;
      page.cursor = std::move(last);
      return absl::OkStatus();
    }
    last = contribution.record();
    *response->add_contributions() = std::move(contribution);
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting

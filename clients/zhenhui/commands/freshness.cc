#include <CLI/CLI.hpp>

#include "absl/time/time.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::RollupService;

// Local wall time of China, where all users are.
std::string TimeText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                          absl::FixedTimeZone(8 * 3600));
}

int Freshness(const ScopeOptions& scope, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto resolved = scope.Resolve(context, **connection);
  if (!resolved.ok()) return context.Fail(resolved.status());
  reporting::v1::GetFreshnessRequest request;
  *request.mutable_scope() = *resolved;
  reporting::v1::GetFreshnessResponse response;
  const absl::Status asked =
      (*connection)->Call((*connection)->reporting(), &RollupService::Stub::GetFreshness, request, &response);
  if (!asked.ok()) return context.Fail(asked);
  Table table;
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(context.T(Msg::kHeadFeed));
  for (const Msg heading : {Msg::kHeadApplied, Msg::kHeadHead, Msg::kHeadStored}) {
    table.AddColumn(context.T(heading), Align::kRight);
  }
  table.AddColumn(context.T(Msg::kHeadTime));
  for (const auto& feed : response.feeds()) {
    const bool activities = feed.applied().feed() == common::v1::FEED_ACTIVITIES;
    table.AddRow({LastPart(feed.applied().township()),
                  context.T(activities ? Msg::kFeedActivities : Msg::kFeedTownships),
                  std::to_string(feed.applied().revision()), std::to_string(feed.head_revision()),
                  std::to_string(feed.flushed_revision()), TimeText(feed.applied_time())});
  }
  context.Print(table, response);
  if (!response.following()) context.Note(context.T(Msg::kNotFollowing));
  if (response.has_verified_equal_time()) {
    context.Note(context.T(Msg::kVerifyEqual) + " " + TimeText(response.verified_equal_time()));
  }
  return kExitOk;
}

int Verify(const ScopeOptions& scope, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto resolved = scope.Resolve(context, **connection);
  if (!resolved.ok()) return context.Fail(resolved.status());
  reporting::v1::VerifyTotalsRequest request;
  *request.mutable_scope() = *resolved;
  reporting::v1::VerifyTotalsResponse response;
  const absl::Status asked =
      (*connection)->Call((*connection)->reporting(), &RollupService::Stub::VerifyTotals, request, &response);
  if (!asked.ok()) return context.Fail(asked);
  Table table;
  for (const Msg heading : {Msg::kHeadTownship, Msg::kHeadSeries, Msg::kHeadMember, Msg::kHeadDate}) {
    table.AddColumn(context.T(heading));
  }
  for (const Msg heading : {Msg::kHeadHeld, Msg::kHeadRecomputed, Msg::kHeadDifference}) {
    table.AddColumn(context.T(heading), Align::kRight);
  }
  for (const auto& cell : response.differences()) {
    table.AddRow({LastPart(cell.township()), cell.series(), cell.member(), cell.date(),
                  std::to_string(cell.held()), std::to_string(cell.recomputed()),
                  std::to_string(cell.held() - cell.recomputed())});
  }
  if (context.output() != Output::kTable || table.rows() > 0) context.Print(table, response);
  if (context.output() == Output::kTable) {
    context.out << context.T(Msg::kCellsCompared, {std::to_string(response.cells_compared()),
                                                   std::to_string(response.records_read())})
                << '\n'
                << (response.equal()
                        ? context.T(Msg::kVerifyEqual)
                        : context.T(Msg::kVerifyDiffers, {std::to_string(response.differences_size())}))
                << '\n';
  }
  return response.equal() ? kExitOk : kExitDifferences;
}

}  // namespace

void AddFreshness(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("freshness", "数字有多新 (how fresh the figures are)");
  auto scope = std::make_shared<ScopeOptions>();
  scope->AddTo(*command);
  command->callback(
      [scope, &context] { context.action = [scope, &context] { return Freshness(*scope, context); }; });
}

void AddVerify(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("verify", "从记录重算并核对每个统计格 (recompute every cell and compare)");
  auto scope = std::make_shared<ScopeOptions>();
  scope->AddTo(*command);
  command->callback(
      [scope, &context] { context.action = [scope, &context] { return Verify(*scope, context); }; });
}

}  // namespace zhenhui::cli

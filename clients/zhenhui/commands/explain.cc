#include <CLI/CLI.hpp>

#include "clients/zhenhui/client/server_places.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/output/figures.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::RollupService;

struct ExplainFlags {
  std::string township;
  std::string metric;
  std::string village;
  std::string audience;
  PeriodOptions period;
  FreshOptions fresh;
  int limit = 0;
};

absl::StatusOr<reporting::v1::ExplainFigureRequest> MakeRequest(const ExplainFlags& flags, Context& context,
                                                                Connection& connection) {
  reporting::v1::ExplainFigureRequest request;
  ASSIGN_OR_RETURN(const std::string township, ResolveTownship(context, connection, flags.township));
  request.set_township("townships/" + township);
  ASSIGN_OR_RETURN(const MetricCatalogue catalogue, MetricCatalogue::Load(connection));
  request.set_metric(catalogue.Resolve({flags.metric}).front());
  ASSIGN_OR_RETURN(const Period period, flags.period.Resolve(context.clock.Today()));
  request.set_start_date(FormatDate(period.begin));
  request.set_end_date(FormatDate(period.end));
  request.set_village(flags.village);
  if (!flags.village.empty() && !IsCode(flags.village, 12)) {
    ASSIGN_OR_RETURN(const std::string village,
                     ServerPlaces(&connection, context.Scope()).Village(township, flags.village, ""));
    request.set_village(village);
  }
  request.set_audience(flags.audience);
  request.set_page_size(1000);
  reporting::v1::Scope scope;
  scope.add_townships(request.township());
  ASSIGN_OR_RETURN(const std::vector<common::v1::FeedPosition> positions,
                   flags.fresh.Resolve(context, scope));
  request.mutable_at_least_as_fresh()->Add(positions.begin(), positions.end());
  return request;
}

// All pages as one answer, or the first `limit` records when it is not 0.
absl::StatusOr<reporting::v1::ExplainFigureResponse> ReadPages(reporting::v1::ExplainFigureRequest request,
                                                               int limit, Connection& connection) {
  reporting::v1::ExplainFigureResponse all;
  do {
    reporting::v1::ExplainFigureResponse page;
    RETURN_IF_ERROR(
        connection.Call(connection.reporting(), &RollupService::Stub::ExplainFigure, request, &page));
    if (request.page_token().empty()) {
      all = page;
    } else {
      all.mutable_contributions()->MergeFrom(page.contributions());
    }
    all.set_next_page_token(page.next_page_token());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty() && (limit == 0 || all.contributions_size() < limit));
  if (limit > 0 && all.contributions_size() > limit) {
    all.mutable_contributions()->DeleteSubrange(limit, all.contributions_size() - limit);
    all.set_next_page_token("more");
  }
  return all;
}

Table MakeTable(const Context& context, const reporting::v1::ExplainFigureResponse& response, bool ratio) {
  Table table;
  for (const Msg heading :
       {Msg::kHeadDate, Msg::kHeadRecord, Msg::kHeadKind, Msg::kHeadVillage, Msg::kHeadTitle}) {
    table.AddColumn(context.T(heading));
  }
  table.AddColumn(context.T(Msg::kHeadValue), Align::kRight);
  if (ratio) table.AddColumn("/", Align::kRight);
  for (const auto& item : response.contributions()) {
    std::string villages;
    for (const std::string& village : item.villages()) villages += (villages.empty() ? "" : ";") + village;
    table.AddRow({item.date(), LastPart(item.record()), item.kind(), villages, item.title(),
                  std::to_string(item.value()), std::to_string(item.denominator())});
  }
  return table;
}

int Explain(const ExplainFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto request = MakeRequest(flags, context, **connection);
  if (!request.ok()) return context.Fail(request.status());
  const auto response = ReadPages(*request, flags.limit, **connection);
  if (!response.ok()) return context.Fail(response.status());
  const auto& figure = response->figure();
  context.Print(MakeTable(context, *response, figure.denominator() != 0), *response);
  if (!response->next_page_token().empty()) {
    context.Note(context.T(Msg::kExplainPartial, {std::to_string(response->contributions_size())}));
    return kExitOk;
  }
  int64_t value = 0;
  int64_t denominator = 0;
  for (const auto& item : response->contributions()) {
    value += item.value();
    denominator += item.denominator();
  }
  const auto text = [&figure](int64_t top, int64_t bottom) {
    return std::to_string(top) + (figure.denominator() != 0 ? "/" + std::to_string(bottom) : "");
  };
  if (value != figure.value() || denominator != figure.denominator()) {
    context.err << context.T(Msg::kExplainDiffers,
                             {text(value, denominator), text(figure.value(), figure.denominator())})
                << '\n';
    return kExitDifferences;
  }
  context.Note(context.T(Msg::kExplainEqual,
                         {std::to_string(response->contributions_size()), text(value, denominator)}));
  return kExitOk;
}

}  // namespace

void AddExplain(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("explain", "一个数字由哪些记录组成 (the records behind a figure)");
  auto flags = std::make_shared<ExplainFlags>();
  command->add_option("--township,-t", flags->township, "乡镇代码或名称 (township, code or name)");
  command->add_option("--metric,-m", flags->metric, "指标代码或名称 (metric)")->required();
  command->add_option("--village", flags->village, "只看这个村（代码或名称）(only this village)");
  command->add_option("--audience", flags->audience, "只看这种受众 (only this audience, code)");
  command->add_option("--limit", flags->limit, "最多列几条，0 为全部 (at most so many; 0 is all)")
      ->check(CLI::NonNegativeNumber);
  flags->period.AddTo(*command);
  flags->fresh.AddTo(*command);
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Explain(*flags, context); }; });
}

}  // namespace zhenhui::cli

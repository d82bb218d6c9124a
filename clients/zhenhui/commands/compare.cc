#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/output/figures.h"
#include "clients/zhenhui/output/files.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::MetricComparison;
using reporting::v1::RankWithheld;
using reporting::v1::RollupService;
using reporting::v1::TownshipFigure;

struct CompareFlags {
  ScopeOptions scope;
  PeriodOptions period;
  FreshOptions fresh;
  std::vector<std::string> metrics;
  std::string normalise;
  std::string out;
};

// Why towns have no rank, numbered as they are met: "[1]" beside the dash in the rank column, and what it
// means below the table.
class Footnotes {
 public:
  // Empty for a reason that this program does not know.
  std::string MarkOf(RankWithheld why) {
    if (Notes().count(why) == 0) return "";
    auto met = std::find(reasons_.begin(), reasons_.end(), why);
    if (met == reasons_.end()) met = reasons_.insert(met, why);
    return absl::StrCat("[", met - reasons_.begin() + 1, "]");
  }

  void Print(const Context& context) {
    for (const RankWithheld why : reasons_) context.out << context.T(Notes().at(why), {MarkOf(why)}) << '\n';
  }

 private:
  static const std::map<RankWithheld, Msg>& Notes() {
    static const std::map<RankWithheld, Msg> kNotes = {
        {reporting::v1::RANK_WITHHELD_UNCONFIRMED_MONTHS, Msg::kRankUnconfirmed},
        {reporting::v1::RANK_WITHHELD_NOT_REPORTED, Msg::kRankNotReported},
        {reporting::v1::RANK_WITHHELD_NOT_APPLICABLE, Msg::kRankNotApplicable},
        {reporting::v1::RANK_WITHHELD_NO_BASE, Msg::kRankNoBase}};
    return kNotes;
  }

  std::vector<RankWithheld> reasons_;
};

std::string RankText(const TownshipFigure& town, Footnotes& notes) {
  if (town.rank() == 0) return absl::StrCat("\u2014", notes.MarkOf(town.rank_withheld()));
  return absl::StrCat(town.rank(), town.tied() ? "=" : "");
}

void AddColumns(const Context& context, Table* table) {
  table->AddColumn(context.T(Msg::kHeadRank), Align::kRight);
  table->AddColumn(context.T(Msg::kHeadTownship));
  for (const Msg heading : {Msg::kHeadValue, Msg::kHeadPerVillage, Msg::kHeadPer10000, Msg::kHeadShare,
                            Msg::kHeadFromMedian, Msg::kHeadLastYear, Msg::kHeadChange}) {
    table->AddColumn(context.T(heading), Align::kRight);
  }
}

std::vector<std::string> Cells(const Context& context, const TownshipFigure& town, std::string rank) {
  return {std::move(rank),
          town.display_name_zh().empty() ? LastPart(town.township()) : town.display_name_zh(),
          FigureText(town.figure(), context.language()),
          town.per_village(),
          town.per_10000_residents(),
          town.share_percent(),
          town.difference_from_median(),
          FigureText(town.last_year(), context.language()),
          town.change_percent()};
}

// Best first; towns without a rank last, in the order of the answer.
std::vector<TownshipFigure> ByRank(const MetricComparison& comparison) {
  std::vector<TownshipFigure> towns(comparison.townships().begin(), comparison.townships().end());
  std::stable_sort(towns.begin(), towns.end(), [](const TownshipFigure& a, const TownshipFigure& b) {
    return (a.rank() == 0 ? INT32_MAX : a.rank()) < (b.rank() == 0 ? INT32_MAX : b.rank());
  });
  return towns;
}

void PrintComparison(const Context& context, const MetricComparison& comparison, const std::string& title) {
  context.out << title << '\n';
  Table table;
  AddColumns(context, &table);
  Footnotes notes;
  for (const TownshipFigure& town : ByRank(comparison))
    table.AddRow(Cells(context, town, RankText(town, notes)));
  table.AddRow({"", context.T(Msg::kTotal), FigureText(comparison.total(), context.language())});
  table.Print(context.out);
  if (!comparison.median().empty()) {
    context.out << context.T(Msg::kMedian, {comparison.median()});
    if (!comparison.gini().empty()) context.out << "  " << context.T(Msg::kGini, {comparison.gini()});
    context.out << '\n';
  }
  notes.Print(context);
}

void PrintCsv(const Context& context, const reporting::v1::CompareTownshipsResponse& response) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadMetric));
  table.AddColumn(context.T(Msg::kHeadCode));
  AddColumns(context, &table);
  table.AddColumn(context.T(Msg::kHeadState));
  for (const MetricComparison& comparison : response.comparisons()) {
    for (const TownshipFigure& town : comparison.townships()) {
      std::vector<std::string> cells = {LastPart(comparison.metric()), LastPart(town.township())};
      // Numbers only, for a spreadsheet to reckon with; why there is none stands in the last column.
      const std::vector<std::string> shared =
          Cells(context, town, town.rank() == 0 ? "" : std::to_string(town.rank()));
      cells.insert(cells.end(), shared.begin(), shared.end());
      cells[4] = FigureCsv(town.figure(), context.language());
      cells[9] = FigureCsv(town.last_year(), context.language());
      cells.push_back(FigureStateCode(town.figure()));
      table.AddRow(std::move(cells));
    }
  }
  table.PrintCsv(context.out);
}

absl::StatusOr<reporting::v1::CompareTownshipsRequest> MakeRequest(const CompareFlags& flags,
                                                                   Context& context, Connection& connection,
                                                                   const MetricCatalogue& catalogue) {
  reporting::v1::CompareTownshipsRequest request;
  ASSIGN_OR_RETURN(*request.mutable_scope(), flags.scope.Resolve(context, connection));
  ASSIGN_OR_RETURN(const Period period, flags.period.Resolve(context.clock.Today()));
  request.set_start_date(FormatDate(period.begin));
  request.set_end_date(FormatDate(period.end));
  for (const std::string& metric : catalogue.Resolve(flags.metrics)) request.add_metrics(metric);
  if (flags.normalise == "village") request.set_normalisation(reporting::v1::NORMALISATION_PER_VILLAGE);
  if (flags.normalise == "residents")
    request.set_normalisation(reporting::v1::NORMALISATION_PER_10000_RESIDENTS);
  ASSIGN_OR_RETURN(const std::vector<common::v1::FeedPosition> positions,
                   flags.fresh.Resolve(context, request.scope()));
  request.mutable_at_least_as_fresh()->Add(positions.begin(), positions.end());
  return request;
}

// Writes the comparison as the service makes it: with what figures mean, and the revisions that they include.
int Export(const CompareFlags& flags, Context& context, Connection& connection,
           const reporting::v1::CompareTownshipsRequest& comparison) {
  reporting::v1::ExportComparisonRequest request;
  *request.mutable_comparison() = comparison;
  request.set_format(absl::EndsWithIgnoreCase(flags.out, ".csv") ? reporting::v1::REPORT_FORMAT_CSV
                                                                 : reporting::v1::REPORT_FORMAT_XLSX);
  reporting::v1::ExportComparisonResponse response;
  const absl::Status exported = connection.Call(
      connection.reports(), &reporting::v1::ReportService::Stub::ExportComparison, request, &response);
  if (!exported.ok()) return context.Fail(exported);
  const absl::Status written = WriteFile(flags.out, response.body().data());
  if (!written.ok()) return context.Fail(written);
  context.out << flags.out << '\n';
  return kExitOk;
}

int Compare(const CompareFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  const auto request = MakeRequest(flags, context, **connection, *catalogue);
  if (!request.ok()) return context.Fail(request.status());
  if (!flags.out.empty()) return Export(flags, context, **connection, *request);
  reporting::v1::CompareTownshipsResponse response;
  const absl::Status compared =
      (*connection)
          ->Call((*connection)->reporting(), &RollupService::Stub::CompareTownships, *request, &response);
  if (!compared.ok()) return context.Fail(compared);
  if (context.output() == Output::kJson) {
    context.PrintJson(response);
  } else if (context.output() == Output::kCsv) {
    PrintCsv(context, response);
  } else {
    for (int i = 0; i < response.comparisons_size(); ++i) {
      if (i > 0) context.out << '\n';
      PrintComparison(context, response.comparisons(i),
                      catalogue->Title(response.comparisons(i).metric(), context.chinese()) + "  " +
                          request->start_date() + " ~ " + request->end_date());
    }
  }
  return kExitOk;
}

}  // namespace

void AddCompare(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("compare", "比较各乡镇 (compare townships: rank, share, median, last year)");
  auto flags = std::make_shared<CompareFlags>();
  flags->scope.AddTo(*command);
  flags->period.AddTo(*command);
  flags->fresh.AddTo(*command);
  command->add_option("--metric,-m", flags->metrics, "指标代码或名称，可重复 (metrics, code or Chinese name)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->required();
  command
      ->add_option("--normalise,--normalize", flags->normalise,
                   "按什么排名 (rank by: none, village or residents)")
      ->check(CLI::IsMember({"none", "village", "residents"}));
  command
      ->add_option("--out,-o", flags->out,
                   "写成文件：.xlsx 或 .csv，含口径和数据时点 (write a file, with definitions and revisions)")
      ->check([](const std::string& file) {
        const bool known = absl::EndsWithIgnoreCase(file, ".xlsx") || absl::EndsWithIgnoreCase(file, ".csv");
        return known ? std::string()
                     : std::string("文件名要以 .xlsx 或 .csv 结尾 (a file ends with .xlsx or .csv)");
      });
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Compare(*flags, context); }; });
}

}  // namespace zhenhui::cli

#include <memory>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/commands/year_end.h"
#include "clients/zhenhui/output/figures.h"
#include "clients/zhenhui/output/files.h"
#include "common/status/status_macros.h"

// What shows a year end and changes nothing: status, figures, certificate, restatements, events.
namespace zhenhui::cli {
namespace {

using reporting::v1::YearEndService;

struct ShowFlags {
  YearEndFlags which;
  std::string out;
  std::string period;
  int generation = 0;
};

int Status(const ShowFlags& flags, Context& context) {
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  const auto year_end = GetYearEnd(context, *name);
  if (!year_end.ok()) return context.Fail(year_end.status());
  PrintYearEnd(context, *year_end);
  return kExitOk;
}

int Figures(const ShowFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto town = flags.which.Town(context);
  if (!town.ok()) return context.Fail(town.status());
  const auto catalogue = MetricCatalogue::Load(**connection);
  if (!catalogue.ok()) return context.Fail(catalogue.status());
  reporting::v1::GetTownYearRequest request;
  request.set_name(absl::StrCat("districts/", town->substr(0, 6), "/yearEnds/", flags.which.year));
  request.set_township(*town);
  reporting::v1::GetTownYearResponse response;
  const absl::Status called =
      (*connection)->Call((*connection)->year_ends(), &YearEndService::Stub::GetTownYear, request, &response);
  if (!called.ok()) return context.Fail(called);
  const std::string period = flags.period.empty() ? absl::StrCat(flags.which.year) : flags.period;
  const bool csv = context.output() == Output::kCsv;
  Table table;
  table.AddColumn(context.T(Msg::kHeadCode));
  table.AddColumn(context.T(Msg::kHeadMetric));
  table.AddColumn(context.T(Msg::kHeadPeriod));
  table.AddColumn(context.T(Msg::kHeadValue), Align::kRight);
  if (csv) table.AddColumn(context.T(Msg::kHeadState));
  for (const auto& figure : response.figures()) {
    if (period != "all" && figure.period() != period) continue;
    table.AddRow({LastPart(figure.metric()), catalogue->Title(figure.metric(), context.chinese()),
                  figure.period(),
                  csv ? FigureCsv(figure.figure(), context.language())
                      : FigureText(figure.figure(), context.language()),
                  FigureStateCode(figure.figure())});
  }
  context.Print(table, response);
  if (context.output() == Output::kTable)
    context.out << Two(context, "校验值：", "digest: ") << response.digest() << '\n';
  return kExitOk;
}

int Certificate(const ShowFlags& flags, Context& context) {
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  const auto certificate = GetCertificate(context, *name, flags.generation);
  if (!certificate.ok()) return context.Fail(certificate.status());
  const absl::Status written = WriteFile(flags.out, certificate->certificate());
  if (!written.ok()) return context.Fail(written);
  context.Note(absl::StrCat(Two(context, "证书已写入 ", "certificate written to "), flags.out));
  context.Note("sha256 " + certificate->digest());
  return kExitOk;
}

int Restatements(const ShowFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  reporting::v1::ListRestatementsRequest request;
  request.set_parent(*name);
  request.set_page_size(100);
  reporting::v1::ListRestatementsResponse all;
  do {
    reporting::v1::ListRestatementsResponse page;
    const absl::Status called =
        (*connection)
            ->Call((*connection)->year_ends(), &YearEndService::Stub::ListRestatements, request, &page);
    if (!called.ok()) return context.Fail(called);
    all.MergeFrom(page);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  all.clear_next_page_token();
  Table table;
  for (const char* heading : {"#", "乡镇 township", "指标 metric", "期间 period"}) table.AddColumn(heading);
  table.AddColumn(Two(context, "原数", "old"), Align::kRight);
  table.AddColumn(Two(context, "现数", "new"), Align::kRight);
  table.AddColumn(Two(context, "记录", "records"));
  table.AddColumn(context.T(Msg::kHeadReason));
  table.AddColumn(Two(context, "更正人", "by"));
  for (const auto& one : all.restatements()) {
    const auto* record = one.records().empty() ? nullptr : &one.records(0);
    for (const auto& figure : one.figures()) {
      table.AddRow({LastPart(one.name()), LastPart(one.township()), LastPart(figure.metric()),
                    figure.period(), FigureText(figure.old_figure(), context.language()),
                    FigureText(figure.new_figure(), context.language()), absl::StrCat(one.records_size()),
                    record == nullptr ? "" : record->reason(),
                    record == nullptr ? "" : record->changed_by()});
    }
  }
  context.Print(table, all);
  return kExitOk;
}

int Events(const ShowFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  reporting::v1::ListYearEndEventsRequest request;
  request.set_parent(*name);
  reporting::v1::ListYearEndEventsResponse response;
  const absl::Status called =
      (*connection)
          ->Call((*connection)->year_ends(), &YearEndService::Stub::ListYearEndEvents, request, &response);
  if (!called.ok()) return context.Fail(called);
  Table table;
  table.AddColumn("#", Align::kRight);
  table.AddColumn(context.T(Msg::kHeadTime));
  table.AddColumn(Two(context, "事项", "event"));
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(Two(context, "人员", "by"));
  table.AddColumn(Two(context, "校验值", "digest"));
  table.AddColumn(Two(context, "说明", "note"));
  for (const auto& event : response.events()) {
    table.AddRow({absl::StrCat(event.number()), ChinaTime(event.time()), event.type(),
                  LastPart(event.township()), event.by(), event.digest().substr(0, 12), event.text()});
  }
  context.Print(table, response);
  return kExitOk;
}

CLI::App* AddShow(CLI::App& group, Context& context, const std::shared_ptr<ShowFlags>& flags,
                  const char* name, const char* what, int (*show)(const ShowFlags&, Context&)) {
  CLI::App* command = group.add_subcommand(name, what);
  command->callback([=, &context] { context.action = [=, &context] { return show(*flags, context); }; });
  return command;
}

}  // namespace

void AddYearEndShows(CLI::App& group, Context& context) {
  auto status = std::make_shared<ShowFlags>();
  status->which.AddTo(*AddShow(group, context, status, "status",
                               "进度和缺什么 (where it stands, and what is missing)", Status));

  auto figures = std::make_shared<ShowFlags>();
  CLI::App* command = AddShow(group, context, figures, "figures",
                              "乡镇要签字的数字 (the figures that a town signs)", Figures);
  command->add_option("--year", figures->which.year, "年份 (year)")
      ->required()
      ->check(CLI::Range(1900, 9998));
  figures->which.AddTownship(*command);
  command->add_option("--period", figures->period,
                      "期间：2024、2024-Q1、2024-03 或 all (period; default: the year)");

  auto certificate = std::make_shared<ShowFlags>();
  command =
      AddShow(group, context, certificate, "certificate", "取证书 (fetch the certificate)", Certificate);
  certificate->which.AddTo(*command);
  command->add_option("--out", certificate->out, "写入的文件 (file to write)")->required();
  command->add_option("--generation", certificate->generation,
                      "第几次结账，默认最近 (which closing; default: the newest)");

  auto restatements = std::make_shared<ShowFlags>();
  restatements->which.AddTo(*AddShow(group, context, restatements, "restatements",
                                     "结账后的更正 (late changes of a closed year)", Restatements));

  auto events = std::make_shared<ShowFlags>();
  events->which.AddTo(
      *AddShow(group, context, events, "events", "全部经过 (everything that happened)", Events));
}

}  // namespace zhenhui::cli

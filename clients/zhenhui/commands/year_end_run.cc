#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/commands/report.h"
#include "clients/zhenhui/commands/year_end.h"
#include "clients/zhenhui/output/files.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

// The automated job: closes a year and writes its certificate and reports. Everything that it does may be
// done again or twice at once: closing closes once, reports are rendered once, and a file is replaced whole
// or left alone.
namespace zhenhui::cli {
namespace {

using reporting::v1::YearEnd;
using reporting::v1::YearEndService;

constexpr absl::Duration kBetweenLooks = absl::Seconds(2);

struct RunFlags {
  YearEndFlags which;
  std::string out = ".";
  std::string wait;
  std::vector<std::string> formats = ReportFormNames();
};

// What was done, for the summary.
struct RunSummary {
  int written = 0;
  int kept = 0;
};

// Whether it may be otherwise in a moment.
bool Passing(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status);
}

// Asks again until nothing blocks, the time is over, or somebody else has closed it. A server that is away
// for a moment is waited for too.
absl::StatusOr<YearEnd> WaitUntilClosable(Context& context, const std::string& name, absl::Time until) {
  std::string told;
  for (;;) {
    absl::StatusOr<YearEnd> year_end = GetYearEnd(context, name);
    const bool last = absl::Now() >= until;
    if (!year_end.ok() && (last || !Passing(year_end.status()))) return year_end.status();
    if (year_end.ok() && (last || year_end->blockers_size() == 0)) return year_end;
    const std::string now =
        year_end.ok() ? absl::StrCat(year_end->blockers_size(),
                                     Two(context, " 件事未完成，等待中", " things are missing, waiting"))
                      : Two(context, "服务器暂时连不上，等待中", "the server is away, waiting");
    if (now != told) context.Note(told = now);
    absl::SleepFor(std::min(kBetweenLooks, until - absl::Now()));
  }
}

absl::StatusOr<YearEnd> CloseIt(Context& context, const std::string& name) {
  ASSIGN_OR_RETURN(Connection * connection, context.Connect());
  reporting::v1::CloseYearEndRequest request;
  request.set_name(name);
  reporting::v1::CloseYearEndResponse response;
  RETURN_IF_ERROR(
      connection->Call(connection->year_ends(), &YearEndService::Stub::CloseYearEnd, request, &response));
  return std::move(*response.mutable_year_end());
}

absl::Status Save(const std::string& path, const std::string& bytes, RunSummary& summary) {
  bool written = false;
  RETURN_IF_ERROR(WriteFile(path, bytes, &written));
  ++(written ? summary.written : summary.kept);
  return absl::OkStatus();
}

absl::Status RenderAll(Context& context, const RunFlags& flags, const YearEnd& year_end,
                       const std::string& district, RunSummary& summary) {
  std::vector<std::string> places = {""};  // the district
  for (const auto& town : year_end.townships()) places.push_back(LastPart(town.township()));
  for (const std::string& place : places) {
    for (const ReportForm& form : ReportForms()) {
      if (std::find(flags.formats.begin(), flags.formats.end(), form.name) == flags.formats.end()) continue;
      ASSIGN_OR_RETURN(const FetchedReport report,
                       FetchReport(context, year_end.name(), place, form.format, /*draft=*/false));
      const std::string file = absl::StrCat(flags.out, "/", flags.which.year, "-",
                                            place.empty() ? district : place, ".", form.name);
      RETURN_IF_ERROR(Save(file, report.bytes, summary));
    }
  }
  return absl::OkStatus();
}

absl::Status Produce(Context& context, const RunFlags& flags, const YearEnd& year_end, RunSummary& summary) {
  std::error_code failed;
  std::filesystem::create_directories(flags.out, failed);
  if (failed) return Error(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE", flags.out);
  ASSIGN_OR_RETURN(const auto certificate, GetCertificate(context, year_end.name(), year_end.generation()));
  const std::string district = LastPart(year_end.name().substr(0, year_end.name().find("/yearEnds")));
  RETURN_IF_ERROR(Save(absl::StrCat(flags.out, "/", flags.which.year, "-", district, ".certificate.txt"),
                       certificate.certificate(), summary));
  return RenderAll(context, flags, year_end, district, summary);
}

int Run(const RunFlags& flags, Context& context) {
  absl::Duration wait = absl::ZeroDuration();
  if (!flags.wait.empty() && !absl::ParseDuration(flags.wait, &wait))
    return context.Fail(
        UsageError(Two(context, "--wait 写成 30m、2h 或 90s", "--wait is such as 30m, 2h or 90s")));
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  auto year_end = WaitUntilClosable(context, *name, absl::Now() + wait);
  if (!year_end.ok()) return context.Fail(year_end.status());
  if (year_end->blockers_size() == 0 && year_end->state() != reporting::v1::YEAR_END_STATE_CLOSED) {
    auto closed = CloseIt(context, *name);
    // Something changed between the look and the closing: say what.
    if (!closed.ok() && ReasonOf(closed.status()) == "YEAR_END_BLOCKED") closed = GetYearEnd(context, *name);
    if (!closed.ok()) return context.Fail(closed.status());
    year_end = std::move(closed);
  }
  if (year_end->state() != reporting::v1::YEAR_END_STATE_CLOSED) {
    PrintYearEnd(context, *year_end);
    return kExitBlocked;
  }
  RunSummary summary;
  const absl::Status produced = Produce(context, flags, *year_end, summary);
  if (!produced.ok()) return context.Fail(produced);
  PrintYearEnd(context, *year_end);
  context.Note(absl::StrCat(Two(context, "新写入文件 ", "files written: "), summary.written,
                            Two(context, "，已有且相同 ", ", there already: "), summary.kept, "  ",
                            flags.out));
  return kExitOk;
}

}  // namespace

void AddYearEndRun(CLI::App& group, Context& context) {
  CLI::App* command = group.add_subcommand(
      "run",
      "自动结账并生成报告，可重复运行 (the job: close, certify, render; safe to run twice and at once)");
  auto flags = std::make_shared<RunFlags>();
  flags->which.AddTo(*command);
  command->add_option("--out", flags->out, "写入的文件夹 (folder to write into)")->capture_default_str();
  command->add_option("--wait", flags->wait,
                      "最多等多久，如 2h；默认不等 (how long to wait; default: not at all)");
  command->add_option("--format", flags->formats, "报告格式 (docx, xlsx, csv, md, json; default: all)")
      ->delimiter(',')
      ->check(CLI::IsMember(ReportFormNames()));
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Run(*flags, context); }; });
}

}  // namespace zhenhui::cli

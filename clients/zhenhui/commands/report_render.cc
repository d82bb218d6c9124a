#include <algorithm>
#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/commands/report.h"
#include "clients/zhenhui/commands/year_end.h"
#include "clients/zhenhui/output/files.h"
#include "common/digest/sha256.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

struct RenderFlags {
  YearEndFlags which;
  std::vector<std::string> formats = {"docx"};
  std::string out = ".";
  bool draft = false;
};

struct SavedReport {
  std::string path;
  std::string digest;
  size_t bytes = 0;
};

// The name comes from the server: it must not lead out of the folder.
std::string SafeFileName(const std::string& name, const std::string& otherwise) {
  std::string safe;
  for (const char c : name)
    if (c != '/' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) safe += c;
  return safe.empty() || safe[0] == '.' ? otherwise : safe;
}

absl::StatusOr<std::vector<SavedReport>> SaveReports(const RenderFlags& flags, Context& context) {
  ASSIGN_OR_RETURN(const std::string name, flags.which.Name(context));
  std::string township;
  if (!flags.which.township.empty()) {
    ASSIGN_OR_RETURN(township, flags.which.Town(context));
  }
  std::vector<SavedReport> saved;
  for (const ReportForm& form : ReportForms()) {
    if (std::find(flags.formats.begin(), flags.formats.end(), form.name) == flags.formats.end()) continue;
    ASSIGN_OR_RETURN(const FetchedReport report,
                     FetchReport(context, name, township, form.format, flags.draft));
    // Only now: a refusal leaves no empty folder behind.
    std::error_code failed;
    std::filesystem::create_directories(flags.out, failed);
    if (failed) return Error(absl::StatusCode::kInvalidArgument, "FILE_UNWRITABLE", flags.out);
    const std::string file = SafeFileName(report.file_name, absl::StrCat("report.", form.name));
    saved.push_back({absl::StrCat(flags.out, "/", file), report.digest, report.bytes.size()});
    RETURN_IF_ERROR(WriteFile(saved.back().path, report.bytes));
  }
  return saved;
}

void PrintSaved(const Context& context, const std::vector<SavedReport>& saved) {
  if (context.output() == Output::kJson) {
    nlohmann::ordered_json files = nlohmann::ordered_json::array();
    for (const SavedReport& report : saved)
      files.push_back({{"file", report.path}, {"bytes", report.bytes}, {"digest", report.digest}});
    context.out << nlohmann::ordered_json{{"reports", files}}.dump(2) << '\n';
    return;
  }
  Table table;
  table.AddColumn(Two(context, "文件", "File"));
  table.AddColumn(Two(context, "字节", "Bytes"), Align::kRight);
  table.AddColumn("SHA-256");
  for (const SavedReport& report : saved)
    table.AddRow({report.path, std::to_string(report.bytes), report.digest});
  context.output() == Output::kCsv ? table.PrintCsv(context.out) : table.Print(context.out);
}

int RenderReports(const RenderFlags& flags, Context& context) {
  const auto saved = SaveReports(flags, context);
  if (!saved.ok()) return context.Fail(saved.status());
  PrintSaved(context, *saved);
  return kExitOk;
}

}  // namespace

const std::vector<ReportForm>& ReportForms() {
  static const std::vector<ReportForm> kForms = {{"docx", reporting::v1::REPORT_FORMAT_DOCX},
                                                 {"xlsx", reporting::v1::REPORT_FORMAT_XLSX},
                                                 {"csv", reporting::v1::REPORT_FORMAT_CSV},
                                                 {"md", reporting::v1::REPORT_FORMAT_MARKDOWN},
                                                 {"json", reporting::v1::REPORT_FORMAT_JSON}};
  return kForms;
}

std::vector<std::string> ReportFormNames() {
  std::vector<std::string> names;
  for (const ReportForm& form : ReportForms()) names.emplace_back(form.name);
  return names;
}

absl::StatusOr<FetchedReport> FetchReport(Context& context, const std::string& year_end,
                                          const std::string& township, reporting::v1::ReportFormat format,
                                          bool draft) {
  ASSIGN_OR_RETURN(Connection * connection, context.Connect());
  reporting::v1::RenderReportRequest request;
  request.set_parent(year_end);
  request.set_township(township);
  request.set_format(format);
  request.set_draft(draft);
  grpc::ClientContext call;
  rpc::PrepareContext(&call, absl::Seconds(context.options.timeout_seconds));
  const auto stream = connection->reports().RenderReport(&call, request);
  FetchedReport report;
  for (reporting::v1::RenderReportResponse part; stream->Read(&part);) {
    report.bytes += part.body().data();
    if (!part.file_name().empty()) report.file_name = part.file_name();
    if (!part.digest().empty()) report.digest = part.digest();
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  if (Sha256Hex(report.bytes) != report.digest)
    return Error(absl::StatusCode::kDataLoss, "REPORT_DAMAGED", "a report did not arrive whole; run again");
  return report;
}

void AddReportRender(CLI::App& group, Context& context) {
  CLI::App* command = group.add_subcommand(
      "render",
      "生成乡镇年度报告或区级比较报告 (write a town's annual report, or the district's comparison report)");
  auto flags = std::make_shared<RenderFlags>();
  flags->which.AddTo(*command);
  flags->which.AddTownship(*command);
  command->add_option("--format,-f", flags->formats, "格式，可用逗号分隔 (docx, xlsx, csv, md, json)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(ReportFormNames()))
      ->capture_default_str();
  command->add_option("--out,-o", flags->out, "写到哪个文件夹 (folder to write into)")->capture_default_str();
  command->add_flag("--draft", flags->draft,
                    "按现有数据生成草稿 (a draft from the figures as they stand now)");
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return RenderReports(*flags, context); }; });
}

}  // namespace zhenhui::cli

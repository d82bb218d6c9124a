#include <algorithm>
#include <map>
#include <set>

#include <CLI/CLI.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/commands/report.h"
#include "clients/zhenhui/input/input_file.h"
#include "clients/zhenhui/output/figures.h"
#include "clients/zhenhui/output/files.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/text/encoding.h"

namespace zhenhui::cli {
namespace {

using reporting::v1::CheckReportRequest;
using reporting::v1::CheckReportResponse;
using reporting::v1::Claim;
using reporting::v1::ReportService;
using reporting::v1::Verdict;

constexpr size_t kMaxNarrativeBytes = 3u << 20;  // as the service takes it
constexpr size_t kReadLimit = 64u << 20;         // what is larger is not even read
constexpr std::string_view kWordMark = "PK\x03\x04";

// A verdict's stable code for programs and for --fail-on, and its names for people.
struct VerdictWord {
  Verdict verdict;
  const char* code;
  const char* zh;
  const char* en;
  bool fails;  // without --fail-on
};

const std::vector<VerdictWord>& VerdictWords() {
  static const std::vector<VerdictWord> kWords = {
      {reporting::v1::VERDICT_MATCH, "match", "相符", "match", false},
      {reporting::v1::VERDICT_APPROXIMATE_MATCH, "approximate_match", "约数相符", "approximate match", false},
      {reporting::v1::VERDICT_ROUNDING, "rounding", "取整", "rounding", false},
      {reporting::v1::VERDICT_OVERSTATED, "overstated", "多报", "overstated", true},
      {reporting::v1::VERDICT_UNDERSTATED, "understated", "少报", "understated", true},
      {reporting::v1::VERDICT_NO_RECORD, "no_record", "无记录", "no record", true},
      {reporting::v1::VERDICT_AMBIGUOUS_METRIC, "ambiguous_metric", "指标不明", "ambiguous", false},
      {reporting::v1::VERDICT_UNIT_MISMATCH, "unit_mismatch", "单位不符", "unit mismatch", true},
      {reporting::v1::VERDICT_WRONG_PERIOD, "wrong_period", "时期不符", "wrong period", true},
      {reporting::v1::VERDICT_PLAN_NOT_RESULT, "plan_not_result", "是计划不是结果", "plan, not result",
       false},
      {reporting::v1::VERDICT_INTERNALLY_INCONSISTENT, "internally_inconsistent", "前后矛盾",
       "contradicts itself", true},
      {reporting::v1::VERDICT_UNLINKED, "unlinked", "无对应指标", "not kept", false}};
  return kWords;
}

const VerdictWord& WordOf(Verdict verdict) {
  static const VerdictWord kUnknown = {reporting::v1::VERDICT_UNSPECIFIED, "unknown", "未知", "unknown",
                                       false};
  for (const VerdictWord& word : VerdictWords())
    if (word.verdict == verdict) return word;
  return kUnknown;
}

struct CheckFlags {
  std::string file;
  std::string township;
  int year = 0;
  std::string html;
  std::string encoding = "auto";
  std::vector<std::string> fail_on;  // codes; empty: the verdicts that fail by themselves
};

// The file's bytes; text as UTF-8 if its encoding was named, else as it is, for the service to see.
absl::StatusOr<std::string> ReadReportFile(const CheckFlags& flags) {
  ASSIGN_OR_RETURN(std::string bytes,
                   flags.file == "-" ? ReadBytes(flags.file) : ReadFile(flags.file, kReadLimit));
  ASSIGN_OR_RETURN(const Encoding encoding, ParseEncoding(flags.encoding));
  if (encoding != Encoding::kAuto && !absl::StartsWith(bytes, {kWordMark.data(), kWordMark.size()})) {
    ASSIGN_OR_RETURN(bytes, DecodeText(std::move(bytes), encoding));
  }
  if (bytes.size() > kMaxNarrativeBytes)
    return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE", flags.file);
  return bytes;
}

absl::StatusOr<CheckReportResponse> CheckAtServer(const CheckFlags& flags, const std::string& bytes,
                                                  Context& context, Connection& connection) {
  CheckReportRequest request;
  ASSIGN_OR_RETURN(const std::string township, ResolveTownship(context, connection, flags.township));
  request.set_township("townships/" + township);
  request.set_year(flags.year);
  request.set_content(bytes);
  request.set_annotate(!flags.html.empty());
  CheckReportResponse response;
  RETURN_IF_ERROR(
      connection.Call(connection.reports(), &ReportService::Stub::CheckReport, request, &response));
  return response;
}

std::string MetricText(const Context& context, const MetricCatalogue& catalogue, const Claim& claim) {
  if (!claim.metric().empty()) return catalogue.Title(claim.metric(), context.chinese());
  std::vector<std::string> candidates;
  for (const std::string& metric : claim.candidates())
    candidates.push_back(catalogue.Title(metric, context.chinese()));
  return absl::StrJoin(candidates, " / ");
}

// "3:12": paragraph, and the figure's first character in it, both from 1.
std::string PlaceOfClaim(const Claim& claim) {
  return absl::StrCat(claim.paragraph(), ":", claim.begin() + 1);
}

Table PeoplesTable(const Context& context, const MetricCatalogue& catalogue,
                   const CheckReportResponse& response) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadPosition), Align::kRight);
  for (const Msg heading : {Msg::kHeadQuote, Msg::kHeadVerdict, Msg::kHeadMetric})
    table.AddColumn(context.T(heading));
  table.AddColumn(context.T(Msg::kHeadRecorded), Align::kRight);
  table.AddColumn(context.T(Msg::kHeadSuggestion));
  for (const Claim& claim : response.claims()) {
    const VerdictWord& word = WordOf(claim.verdict());
    // What contradicts itself has no figure of the records to be held against: why says it all.
    const std::string& suggestion = context.chinese() ? claim.suggestion_zh() : claim.suggestion_en();
    const bool why = suggestion.empty() || claim.verdict() == reporting::v1::VERDICT_INTERNALLY_INCONSISTENT;
    const std::string& advice = !why                ? suggestion
                                : context.chinese() ? claim.message_zh()
                                                    : claim.message_en();
    table.AddRow({PlaceOfClaim(claim), claim.quote(), context.chinese() ? word.zh : word.en,
                  MetricText(context, catalogue, claim),
                  claim.has_recorded() ? FigureText(claim.recorded(), context.language()) : "", advice});
  }
  return table;
}

Table SpreadsheetTable(const Context& context, const CheckReportResponse& response) {
  Table table;
  for (const char* heading :
       {"paragraph", "begin", "end", "quote", "verdict", "metric", "recorded", "state", "start_date",
        "end_date", "message_zh", "message_en", "suggestion_zh", "suggestion_en", "sentence"}) {
    table.AddColumn(heading);
  }
  for (const Claim& claim : response.claims()) {
    std::vector<std::string> metrics(claim.candidates().begin(), claim.candidates().end());
    if (!claim.metric().empty()) metrics = {claim.metric()};
    for (std::string& metric : metrics) metric = LastPart(metric);
    const bool recorded = claim.has_recorded();
    table.AddRow({std::to_string(claim.paragraph()), std::to_string(claim.begin()),
                  std::to_string(claim.end()), claim.quote(), WordOf(claim.verdict()).code,
                  absl::StrJoin(metrics, "|"),
                  recorded ? FigureCsv(claim.recorded(), context.language()) : "",
                  recorded ? FigureStateCode(claim.recorded()) : "", claim.start_date(), claim.end_date(),
                  claim.message_zh(), claim.message_en(), claim.suggestion_zh(), claim.suggestion_en(),
                  claim.sentence()});
  }
  return table;
}

std::string Summary(const Context& context, const CheckReportResponse& response) {
  std::map<Verdict, int> counts;
  for (const Claim& claim : response.claims()) ++counts[claim.verdict()];
  std::vector<std::string> parts;
  for (const VerdictWord& word : VerdictWords()) {
    if (counts[word.verdict] == 0) continue;
    parts.push_back(absl::StrCat(context.chinese() ? word.zh : word.en, " ", counts[word.verdict]));
  }
  const std::string characters = std::to_string(response.characters());
  if (parts.empty()) return context.T(Msg::kCheckNothing, {characters});
  return context.T(Msg::kCheckSummary, {characters, std::to_string(response.claims_size()),
                                        absl::StrJoin(parts, context.chinese() ? "，" : ", ")});
}

bool Fails(const CheckFlags& flags, const CheckReportResponse& response) {
  const std::set<std::string> named(flags.fail_on.begin(), flags.fail_on.end());
  return std::any_of(response.claims().begin(), response.claims().end(), [&](const Claim& claim) {
    const VerdictWord& word = WordOf(claim.verdict());
    return named.empty() ? word.fails : named.count(word.code) > 0;
  });
}

int CheckReport(const CheckFlags& flags, Context& context) {
  const absl::StatusOr<std::string> bytes = ReadReportFile(flags);
  if (!bytes.ok()) return context.Fail(bytes.status());
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  absl::StatusOr<CheckReportResponse> response = CheckAtServer(flags, *bytes, context, **connection);
  if (!response.ok()) return context.Fail(response.status());
  if (!flags.html.empty()) {
    if (const absl::Status written = WriteFile(flags.html, response->annotated_html()); !written.ok())
      return context.Fail(written);
    context.Note(context.T(Msg::kCheckWritten, {flags.html}));
    response->clear_annotated_html();
  }
  if (context.output() == Output::kJson) {
    context.PrintJson(*response);
  } else if (context.output() == Output::kCsv) {
    SpreadsheetTable(context, *response).PrintCsv(context.out);
  } else {
    const auto catalogue = MetricCatalogue::Load(**connection);
    if (!catalogue.ok()) return context.Fail(catalogue.status());
    if (response->claims_size() > 0) PeoplesTable(context, *catalogue, *response).Print(context.out);
    context.out << Summary(context, *response) << '\n';
  }
  return Fails(flags, *response) ? kExitDifferences : kExitOk;
}

std::vector<std::string> FailOnChoices() {
  std::vector<std::string> choices = {"none"};
  for (const VerdictWord& word : VerdictWords()) choices.emplace_back(word.code);
  return choices;
}

}  // namespace

void AddReportCheck(CLI::App& group, Context& context) {
  CLI::App* command = group.add_subcommand(
      "check",
      "核对报告中的数字；发现不符时退出码为 5 (check a report's figures; exit code 5 when they differ)");
  auto flags = std::make_shared<CheckFlags>();
  command
      ->add_option("file", flags->file,
                   "报告：.docx、.txt 或 .md，- 为标准输入 (the report; - is standard input)")
      ->required();
  command->add_option("--township,-t", flags->township, "乡镇代码或名称 (township, code or name)");
  command->add_option("--year,-y", flags->year, "报告所写的年份 (year that it reports on)")
      ->check(CLI::Range(1900, 2200))
      ->required();
  command->add_option("--html", flags->html, "另存批注页，可在浏览器中打开或打印 (write an annotated page)");
  command
      ->add_option("--encoding", flags->encoding,
                   "文本编码 (of text: auto, utf-8, gb18030, utf-16le, utf-16be)")
      ->capture_default_str();
  command
      ->add_option(
          "--fail-on", flags->fail_on,
          "遇到哪些结论时退出码为 5；none 为从不。默认 overstated、understated、no_record、unit_mismatch、"
          "wrong_period、internally_inconsistent (which verdicts mean exit code 5)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember(FailOnChoices()));
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return CheckReport(*flags, context); }; });
}

}  // namespace zhenhui::cli

#include "clients/zhenhui/commands/year_end.h"

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "common/digest/sha256.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/certificate.h"

namespace zhenhui::cli {

using reporting::v1::YearEnd;
using reporting::v1::YearEndService;

namespace {

std::string StateText(const Context& context, const YearEnd& year_end) {
  switch (year_end.state()) {
    case reporting::v1::YEAR_END_STATE_OPEN:
      return Two(context, "未开始签字", "open");
    case reporting::v1::YEAR_END_STATE_SIGNING:
      return Two(context, "乡镇签字中", "signing");
    case reporting::v1::YEAR_END_STATE_CLOSING:
      return Two(context, "审定中", "closing");
    case reporting::v1::YEAR_END_STATE_CLOSED:
      return Two(context, "已结账", "closed");
    default:
      return "";
  }
}

std::string SignatureText(const Context& context, const reporting::v1::TownSignature& town) {
  switch (town.state()) {
    case reporting::v1::SIGNATURE_STATE_VALID:
      return Two(context, "已签字", "signed");
    case reporting::v1::SIGNATURE_STATE_VOID:
      return Two(context, "签字已失效", "void");
    default:
      return Two(context, "未签字", "not signed");
  }
}

Table TownTable(const Context& context, const YearEnd& year_end) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadCode));
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(Two(context, "签字", "signature"));
  table.AddColumn(Two(context, "签字人", "by"));
  table.AddColumn(context.T(Msg::kHeadTime));
  table.AddColumn(Two(context, "未确认月数", "unconfirmed months"), Align::kRight);
  table.AddColumn(Two(context, "校验值", "digest"));
  table.AddColumn(Two(context, "签字后变化", "changes since"));
  for (const auto& town : year_end.townships()) {
    std::string changes;
    for (const std::string& change : town.changes())
      absl::StrAppend(&changes, changes.empty() ? "" : "; ", change);
    table.AddRow({LastPart(town.township()), town.display_name_zh(), SignatureText(context, town),
                  town.signed_by(), ChinaTime(town.sign_time()), absl::StrCat(town.unconfirmed_months()),
                  town.current_digest().substr(0, 12), changes});
  }
  return table;
}

}  // namespace

void YearEndFlags::AddTo(CLI::App& app) {
  app.add_option("--district,-d", district, "区县代码，默认按令牌 (district code; default: the token's)");
  app.add_option("--year", year, "年份 (year)")->required()->check(CLI::Range(1900, 9998));
}

void YearEndFlags::AddTownship(CLI::App& app) {
  app.add_option("--township,-t", township,
                 "乡镇代码或名称，默认按令牌 (township, code or name; default: the token's)");
}

absl::StatusOr<std::string> YearEndFlags::Town(Context& context) const {
  ASSIGN_OR_RETURN(Connection * connection, context.Connect());
  return ResolveTownship(context, *connection, township);
}

absl::StatusOr<std::string> YearEndFlags::Name(Context& context) const {
  std::string code = LastPart(district);
  if (code.empty() && !township.empty()) {
    ASSIGN_OR_RETURN(const std::string town, Town(context));
    code = town.substr(0, 6);
  }
  if (code.empty()) code = context.Scope().substr(0, 6);
  if (code.size() != 6 || code.find_first_not_of("0123456789") != std::string::npos)
    return UsageError(Two(context, "请用 --district 写 6 位区县代码，如 630106（令牌没有限定区县时必须写）",
                          "--district is 6 digits such as 630106; needed where the token covers more"));
  return absl::StrCat("districts/", code, "/yearEnds/", year);
}

std::string Two(const Context& context, const char* zh, const char* en) {
  return context.chinese() ? zh : en;
}

std::string ChinaTime(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", absl::FromUnixSeconds(time.seconds()),
                          absl::FixedTimeZone(8 * 3600));
}

void PrintBlockers(const Context& context, const YearEnd& year_end) {
  for (const auto& blocker : year_end.blockers()) {
    context.out << "  [" << blocker.reason() << "] " << LastPart(blocker.township())
                << (blocker.township().empty() ? "" : " ")
                << (context.chinese() ? blocker.message_zh() : blocker.message_en()) << '\n';
  }
}

void PrintYearEnd(const Context& context, const YearEnd& year_end) {
  if (context.output() != Output::kTable) return context.Print(TownTable(context, year_end), year_end);
  context.out << year_end.name() << "  " << StateText(context, year_end);
  if (year_end.generation() > 0)
    context.out << Two(context, "  第 ", "  closing ") << year_end.generation()
                << Two(context, " 次结账", "");
  context.out << '\n';
  if (year_end.townships_size() > 0) TownTable(context, year_end).Print(context.out);
  if (!year_end.digest().empty())
    context.out << Two(context, "全区校验值：", "district digest: ") << year_end.digest() << '\n';
  for (const auto& approval : year_end.approvals()) {
    context.out << Two(context, "审定：", "approved: ") << approval.approved_by() << "  "
                << ChinaTime(approval.approve_time()) << '\n';
  }
  if (year_end.state() == reporting::v1::YEAR_END_STATE_CLOSED) {
    context.out << Two(context, "结账：", "closed: ") << year_end.closed_by() << "  "
                << ChinaTime(year_end.close_time()) << '\n'
                << Two(context, "证书：", "certificate: ") << year_end.certificate_digest() << '\n'
                << Two(context, "结账后更正（重述）：", "restatements since: ") << year_end.restatements()
                << '\n';
  }
  if (!year_end.reopen_requested_by().empty()) {
    context.out << Two(context, "申请重新打开：", "reopening asked for by ") << year_end.reopen_requested_by()
                << "  " << year_end.reopen_reason() << '\n';
  }
  if (year_end.blockers_size() == 0) return;
  context.out << Two(context, "还不能结账：", "it cannot be closed yet:") << '\n';
  PrintBlockers(context, year_end);
}

absl::StatusOr<YearEnd> GetYearEnd(Context& context, const std::string& name) {
  ASSIGN_OR_RETURN(Connection * connection, context.Connect());
  reporting::v1::GetYearEndRequest request;
  request.set_name(name);
  reporting::v1::GetYearEndResponse response;
  RETURN_IF_ERROR(
      connection->Call(connection->year_ends(), &YearEndService::Stub::GetYearEnd, request, &response));
  return std::move(*response.mutable_year_end());
}

absl::StatusOr<reporting::v1::GetCertificateResponse> GetCertificate(Context& context,
                                                                     const std::string& name,
                                                                     int generation) {
  ASSIGN_OR_RETURN(Connection * connection, context.Connect());
  reporting::v1::GetCertificateRequest request;
  request.set_name(name);
  request.set_generation(generation);
  reporting::v1::GetCertificateResponse response;
  RETURN_IF_ERROR(
      connection->Call(connection->year_ends(), &YearEndService::Stub::GetCertificate, request, &response));
  const absl::Status whole = reporting::ParseCertificate(response.certificate()).status();
  if (Sha256Hex(response.certificate()) == response.digest() && whole.ok()) return response;
  return Error(absl::StatusCode::kDataLoss, "CERTIFICATE_DAMAGED",
               absl::StrCat("the certificate did not arrive whole: ", std::string(whole.message())));
}

void AddYearEnd(CLI::App& app, Context& context) {
  CLI::App* group = app.add_subcommand("year-end", "年度结账 (sign, approve, close and certify a year)");
  group->require_subcommand(1);
  AddYearEndShows(*group, context);
  AddYearEndActs(*group, context);
  AddYearEndVerify(*group, context);
  AddYearEndRun(*group, context);
}

}  // namespace zhenhui::cli

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/commands/year_end.h"
#include "clients/zhenhui/output/figures.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

// What changes a year end: sign, approve, close, reopen.
namespace zhenhui::cli {
namespace {

using reporting::v1::YearEndService;

struct ActFlags {
  YearEndFlags which;
  std::string digest;
  bool yes = false;
  std::string note;
  std::string reason;
  bool approve = false;
  bool rehearse = false;
};

// Signing without having looked is no signature: the digest is given, or --yes says that the figures shown
// are meant.
constexpr size_t kShortestDigest = 8;

bool Meant(const ActFlags& flags, const std::string& digest) {
  if (flags.digest.empty()) return flags.yes;
  return flags.digest.size() >= kShortestDigest && digest.starts_with(flags.digest);
}

int NotMeant(const ActFlags& flags, Context& context, const std::string& digest) {
  if (!flags.digest.empty()) {
    return context.Fail(UsageError(absl::StrCat(
        "--digest ", flags.digest,
        Two(context, " 不是现在数字的校验值 ", " is not that of the figures now, "), digest,
        Two(context, "，请重新核对（至少写前 8 位）", "; look at them again (at least 8 digits)"))));
  }
  context.out << Two(context, "校验值：", "digest: ") << digest << '\n';
  return context.Usage(
      Two(context, "核对以上数字后，用 --digest 写出校验值（至少前 8 位），或加 --yes",
          "look at the figures, then give their digest (at least 8 digits of it) with --digest, or --yes"));
}

void PrintCoreFigures(const Context& context, const reporting::v1::GetTownYearResponse& town,
                      const MetricCatalogue& catalogue, const std::string& year) {
  Table table;
  table.AddColumn(context.T(Msg::kHeadMetric));
  table.AddColumn(context.T(Msg::kHeadValue), Align::kRight);
  // By field of work, as the report prints them: so a clerk compares the two.
  std::map<std::string, std::string> sections;
  for (const auto& metric : catalogue.response().metrics()) sections[metric.name()] = metric.section();
  std::vector<const reporting::v1::YearFigure*> figures;
  for (const auto& figure : town.figures()) {
    if (figure.period() == year) figures.push_back(&figure);
  }
  std::stable_sort(figures.begin(), figures.end(), [&](const auto* a, const auto* b) {
    return sections[a->metric()] < sections[b->metric()];
  });
  for (const auto* figure : figures) {
    table.AddRow({catalogue.Title(figure->metric(), context.chinese()),
                  FigureText(figure->figure(), context.language())});
  }
  table.Print(context.out);
}

int Sign(const ActFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto town = flags.which.Town(context);
  if (!town.ok()) return context.Fail(town.status());
  const std::string name = absl::StrCat("districts/", town->substr(0, 6), "/yearEnds/", flags.which.year);
  reporting::v1::GetTownYearRequest look;
  look.set_name(name);
  look.set_township(*town);
  reporting::v1::GetTownYearResponse seen;
  const absl::Status looked =
      (*connection)->Call((*connection)->year_ends(), &YearEndService::Stub::GetTownYear, look, &seen);
  if (!looked.ok()) return context.Fail(looked);
  if (!Meant(flags, seen.digest())) {
    const auto catalogue = MetricCatalogue::Load(**connection);
    if (!catalogue.ok()) return context.Fail(catalogue.status());
    if (flags.digest.empty()) PrintCoreFigures(context, seen, *catalogue, absl::StrCat(flags.which.year));
    return NotMeant(flags, context, seen.digest());
  }
  reporting::v1::SignTownYearRequest request;
  request.set_name(name);
  request.set_township(*town);
  request.set_digest(seen.digest());
  request.set_note(flags.note);
  reporting::v1::SignTownYearResponse response;
  const absl::Status called =
      (*connection)
          ->Call((*connection)->year_ends(), &YearEndService::Stub::SignTownYear, request, &response);
  if (!called.ok()) return context.Fail(called);
  if (context.output() == Output::kJson) context.PrintJson(response);
  context.Note(
      absl::StrCat(Two(context, "已签字：", "signed: "), *town, " ", response.signature().signed_digest()));
  if (response.signature().unconfirmed_months() > 0) {
    context.Note(
        absl::StrCat(response.signature().unconfirmed_months(),
                     Two(context, " 个月尚未确认；确认后数字状态会变，须重新签字",
                         " months are not confirmed; confirming them changes figures, so sign again then")));
  }
  return kExitOk;
}

int Finish(Context& context, const absl::Status& status, const reporting::v1::YearEnd& year_end) {
  if (!status.ok()) return context.Fail(status);
  PrintYearEnd(context, year_end);
  return kExitOk;
}

int Approve(const ActFlags& flags, Context& context) {
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  const auto seen = GetYearEnd(context, *name);
  if (!seen.ok()) return context.Fail(seen.status());
  if (!Meant(flags, seen->digest())) {
    if (flags.digest.empty()) PrintYearEnd(context, *seen);
    return NotMeant(flags, context, seen->digest());
  }
  Connection* const connection = *context.Connect();
  reporting::v1::ApproveYearEndRequest request;
  request.set_name(*name);
  request.set_digest(seen->digest());
  reporting::v1::ApproveYearEndResponse response;
  const absl::Status called =
      connection->Call(connection->year_ends(), &YearEndService::Stub::ApproveYearEnd, request, &response);
  if (ReasonOf(called) == "YEAR_END_BLOCKED") {
    PrintBlockers(context, *seen);
    context.Fail(called);
    return kExitBlocked;
  }
  const int code = Finish(context, called, response.year_end());
  if (called.ok() && response.year_end().approvals_size() == 1)
    context.Note(Two(context, "还需另一位区级人员审定", "another person of the district must approve too"));
  return code;
}

int Close(const ActFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  reporting::v1::CloseYearEndRequest request;
  request.set_name(*name);
  // What blocks is listed by the rehearsal, which changes nothing; only then it is closed.
  request.set_validate_only(true);
  reporting::v1::CloseYearEndResponse response;
  absl::Status called =
      (*connection)
          ->Call((*connection)->year_ends(), &YearEndService::Stub::CloseYearEnd, request, &response);
  if (!called.ok()) return context.Fail(called);
  if (response.year_end().blockers_size() > 0) {
    PrintYearEnd(context, response.year_end());
    return kExitBlocked;
  }
  if (flags.rehearse) {
    PrintYearEnd(context, response.year_end());
    context.Note(
        Two(context, "演练：可以结账，没有写入任何内容", "rehearsal: it can be closed; nothing was written"));
    return kExitOk;
  }
  request.set_validate_only(false);
  called = (*connection)
               ->Call((*connection)->year_ends(), &YearEndService::Stub::CloseYearEnd, request, &response);
  return Finish(context, called, response.year_end());
}

int Reopen(const ActFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto name = flags.which.Name(context);
  if (!name.ok()) return context.Fail(name.status());
  if (flags.approve == !flags.reason.empty())
    return context.Fail(UsageError(Two(context, "一人用 --reason 申请，另一人用 --approve 批准",
                                       "one person asks with --reason, another approves with --approve")));
  if (flags.approve) {
    reporting::v1::ApproveReopeningRequest request;
    request.set_name(*name);
    reporting::v1::ApproveReopeningResponse response;
    const absl::Status called =
        (*connection)
            ->Call((*connection)->year_ends(), &YearEndService::Stub::ApproveReopening, request, &response);
    return Finish(context, called, response.year_end());
  }
  reporting::v1::RequestReopeningRequest request;
  request.set_name(*name);
  request.set_reason(flags.reason);
  reporting::v1::RequestReopeningResponse response;
  const absl::Status called =
      (*connection)
          ->Call((*connection)->year_ends(), &YearEndService::Stub::RequestReopening, request, &response);
  return Finish(context, called, response.year_end());
}

CLI::App* Add(CLI::App& group, Context& context, const std::shared_ptr<ActFlags>& flags, const char* name,
              const char* what, int (*act)(const ActFlags&, Context&)) {
  CLI::App* command = group.add_subcommand(name, what);
  command->callback([=, &context] { context.action = [=, &context] { return act(*flags, context); }; });
  return command;
}

void AddDigest(CLI::App& command, ActFlags& flags) {
  command.add_option("--digest", flags.digest,
                     "您核对过的校验值，至少前 8 位 (digest that you saw, 8 digits or more)");
  command.add_flag("--yes", flags.yes, "就按现在的数字 (the figures as they stand now)");
}

}  // namespace

void AddYearEndActs(CLI::App& group, Context& context) {
  auto sign = std::make_shared<ActFlags>();
  CLI::App* command = Add(group, context, sign, "sign", "乡镇签字 (sign a town's figures)", Sign);
  command->add_option("--year", sign->which.year, "年份 (year)")->required()->check(CLI::Range(1900, 9998));
  sign->which.AddTownship(*command);
  AddDigest(*command, *sign);
  command->add_option("--note", sign->note, "说明 (note)");

  auto approve = std::make_shared<ActFlags>();
  command = Add(group, context, approve, "approve", "区级审定，须两人 (approve; two persons must)", Approve);
  approve->which.AddTo(*command);
  AddDigest(*command, *approve);

  auto close = std::make_shared<ActFlags>();
  command = Add(group, context, close, "close", "结账 (close the year)", Close);
  close->which.AddTo(*command);
  command->add_flag("--rehearse", close->rehearse, "演练：只看缺什么 (only say what is missing)");

  auto reopen = std::make_shared<ActFlags>();
  command = Add(group, context, reopen, "reopen", "重新打开，须两人 (reopen; two persons must)", Reopen);
  reopen->which.AddTo(*command);
  command->add_option("--reason", reopen->reason, "申请并写明原因 (ask, and say why)");
  command->add_flag("--approve", reopen->approve, "同意别人的申请 (approve what another asked for)");
}

}  // namespace zhenhui::cli

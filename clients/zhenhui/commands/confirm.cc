#include <CLI/CLI.hpp>

#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/input/normalise.h"
#include "clients/zhenhui/input/simple_csv.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using activities::v1::ActivityService;

struct ConfirmFlags {
  std::string file;
  std::string township;
  std::vector<std::string> months;
  std::string note;
};

struct TownMonth {
  std::string township;  // 9 digits
  std::string month;     // "2024-03"
  std::string note;
};

// "2024-01..2024-12" gives each month, both ends inclusive.
absl::StatusOr<std::vector<std::string>> ExpandMonths(const std::string& text) {
  const size_t dots = text.find("..");
  const auto first = NormaliseMonth(text.substr(0, dots));
  const auto last = dots == std::string::npos ? first : NormaliseMonth(text.substr(dots + 2));
  if (!first.has_value() || !last.has_value() || *last < *first) {
    return UsageError("--month is such as 2024-03 or 2024-01..2024-12, not " + text);
  }
  std::vector<std::string> months;
  ASSIGN_OR_RETURN(Date day, ParseDate(*first + "-01"));
  for (; FormatDate(day).substr(0, 7) <= *last; day = NextBucket(day, Bucket::kMonth)) {
    months.push_back(FormatDate(day).substr(0, 7));
  }
  return months;
}

absl::StatusOr<std::vector<TownMonth>> Collect(const ConfirmFlags& flags, Context& context,
                                               Connection& connection) {
  std::vector<TownMonth> all;
  if (!flags.months.empty()) {
    ASSIGN_OR_RETURN(const std::string township, ResolveTownship(context, connection, flags.township));
    for (const std::string& text : flags.months) {
      ASSIGN_OR_RETURN(const std::vector<std::string> months, ExpandMonths(text));
      for (const std::string& month : months) all.push_back({township, month, flags.note});
    }
  }
  if (!flags.file.empty()) {
    ASSIGN_OR_RETURN(
        const std::vector<SimpleRow> rows,
        ReadSimpleCsv(flags.file, {{"township", {"乡镇"}}, {"month", {"月份"}}, {"note", {"备注"}}},
                      {"township", "month"}));
    std::map<std::string, std::string> codes;  // a file names the same few towns over and over
    for (const SimpleRow& row : rows) {
      if (codes.count(row["township"]) == 0) {
        ASSIGN_OR_RETURN(codes[row["township"]], ResolveTownship(context, connection, row["township"]));
      }
      all.push_back({codes[row["township"]], NormaliseMonth(row["month"]).value_or(row["month"]),
                     row["note"].empty() ? flags.note : row["note"]});
    }
  }
  if (all.empty()) return UsageError("give --month or a file");
  return all;
}

int Confirm(const ConfirmFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  const auto months = Collect(flags, context, **connection);
  if (!months.ok()) return context.Fail(months.status());
  Positions positions;
  Table table;
  table.AddColumn(context.T(Msg::kHeadTownship));
  table.AddColumn(context.T(Msg::kHeadPeriod));
  table.AddColumn(context.T(Msg::kHeadRevision), Align::kRight);
  size_t refused = 0;
  int failed = kExitOk;
  activities::v1::ListMonthConfirmationsResponse confirmed;
  for (const TownMonth& one : *months) {
    activities::v1::ConfirmMonthRequest request;
    request.set_parent("townships/" + one.township);
    request.set_month(one.month);
    request.set_note(one.note);
    activities::v1::ConfirmMonthResponse response;
    const absl::Status status =
        (*connection)
            ->Call((*connection)->activities(), &ActivityService::Stub::ConfirmMonth, request, &response);
    if (!status.ok()) {
      context.err << one.township << " " << one.month << ": ";
      failed = context.Fail(status);
      // The others of the list would meet the same closed door.
      if (failed == kExitUnavailable || absl::IsUnauthenticated(status)) break;
      ++refused;
      continue;
    }
    positions.Add(response.position());
    table.AddRow({one.township, one.month, std::to_string(response.month_confirmation().revision())});
    *confirmed.add_month_confirmations() = response.month_confirmation();
  }
  StorePositions(context.options.server, positions);
  // A list of 400 months is no reading matter; the number is.
  if (context.output() != Output::kTable) context.Print(table, confirmed);
  context.Note(context.T(Msg::kConfirmed, {std::to_string(table.rows())}));
  for (const auto& position : positions.All()) {
    if (months->size() <= 12) context.Note(context.T(Msg::kFreshnessToken, {FormatPosition(position)}));
  }
  if (refused > 0) context.Note(context.T(Msg::kConfirmRefused, {std::to_string(refused)}));
  if (refused > 0 && failed != kExitUnavailable && table.rows() > 0) return kExitSomeRefused;
  return failed;
}

}  // namespace

void AddConfirm(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("confirm", "确认月份已报齐，零即为零 (declare months complete)");
  auto flags = std::make_shared<ConfirmFlags>();
  command->add_option("file", flags->file, "CSV：township,month (CSV file)");
  command->add_option("--township,-t", flags->township, "乡镇代码或名称 (township, code or name)");
  command
      ->add_option("--month", flags->months, "月份或范围，可重复 (2024-03 or 2024-01..2024-12; repeatable)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--note", flags->note, "说明 (note)");
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Confirm(*flags, context); }; });
}

}  // namespace zhenhui::cli

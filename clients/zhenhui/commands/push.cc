#include <CLI/CLI.hpp>

#include "absl/time/clock.h"
#include "clients/zhenhui/client/pusher.h"
#include "clients/zhenhui/client/server_places.h"
#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/push_report.h"
#include "clients/zhenhui/commands/query_options.h"
#include "clients/zhenhui/output/progress.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

using activities::v1::ActivityService;
using reporting::v1::RollupService;

struct PushFlags {
  std::vector<std::string> files;
  std::string township;
  size_t batch = 500;
  bool validate_only = false;
  bool all_or_nothing = false;
  std::string reason;
  std::string rejects;
  bool wait = false;
  std::string encoding = "auto";
  std::vector<std::string> ignored_columns;
  int retries = 8;
};

// The pusher knows a record by one number: the file's index above this bit, the record's index below it.
constexpr size_t kFileShift = 40;

std::vector<std::vector<Batch>> MakeBatches(const PushFlags& flags, const std::vector<InputFile>& files,
                                            bool validate_only) {
  std::map<std::string, BatchBuilder> builders;
  for (size_t i = 0; i < files.size(); ++i) {
    for (size_t j = 0; j < files[i].records.size(); ++j) {
      const InputRecord& record = files[i].records[j];
      if (!record.errors.empty()) continue;
      builders.try_emplace(record.township, record.township, flags.batch)
          .first->second.Add(record.activity, (i << kFileShift) | j);
    }
  }
  std::vector<std::vector<Batch>> townships;
  for (auto& [township, builder] : builders) {
    townships.push_back(builder.Take());
    for (Batch& batch : townships.back()) {
      batch.request.set_all_or_nothing(flags.all_or_nothing);
      batch.request.set_validate_only(validate_only);
      batch.request.set_reason(flags.reason);
    }
  }
  return townships;
}

absl::StatusOr<std::vector<InputFile>> ReadFiles(const PushFlags& flags, Context& context,
                                                 Connection& connection) {
  activities::v1::ListKindsResponse kinds;
  RETURN_IF_ERROR(connection.Call(connection.activities(), &ActivityService::Stub::ListKinds,
                                  activities::v1::ListKindsRequest(), &kinds));
  const Catalogue catalogue(kinds);
  ServerPlaces places(&connection, context.Scope());
  ResolveContext resolve{&catalogue, &places, ""};
  if (!flags.township.empty() || context.Scope().size() >= 9) {
    ASSIGN_OR_RETURN(resolve.default_township, ResolveTownship(context, connection, flags.township));
  }
  ReadOptions options;
  options.ignored_columns = flags.ignored_columns;
  ASSIGN_OR_RETURN(options.encoding, ParseEncoding(flags.encoding));
  std::vector<InputFile> files;
  for (const std::string& path : flags.files) {
    ASSIGN_OR_RETURN(InputFile file, ReadInputFile(path, options, resolve));
    files.push_back(std::move(file));
  }
  return files;
}

// One pass over the wire. `only_refusals` is for the rehearsal of an all-or-nothing push: what is in order is
// counted in the second pass.
absl::Status Send(const PushFlags& flags, Context& context, Connection& connection,
                  const std::vector<InputFile>& files, bool validate_only, PushReport* report,
                  Positions* positions, bool only_refusals) {
  std::vector<std::vector<Batch>> townships = MakeBatches(flags, files, validate_only);
  size_t total = 0;
  for (const auto& batches : townships) {
    for (const Batch& batch : batches) total += batch.records.size();
  }
  Progress progress(context.err, context.err_is_terminal && !context.options.quiet, total);
  size_t done = 0;
  PushOptions options;
  options.retries = flags.retries;
  options.stall_timeout = connection.options().timeout;
  Pusher pusher(
      &connection, options,
      [&](const Batch& batch, const activities::v1::PushActivitiesResponse& response) {
        for (size_t i = 0; i < batch.records.size(); ++i) {
          const auto& result = response.results(static_cast<int>(i));
          const bool refused = result.outcome() == common::v1::OUTCOME_REFUSED;
          if (only_refusals && !refused) continue;
          report->Take(batch.records[i] >> kFileShift, batch.records[i] & ((size_t{1} << kFileShift) - 1),
                       result);
        }
        if (!validate_only) positions->Add(response.position());
        progress.Set(done += batch.records.size());
      },
      [&](const absl::Status& status, absl::Duration delay) {
        progress.Clear();
        context.Note(context.T(Msg::kRetrying,
                               {std::string(status.message()),
                                std::to_string(absl::ToInt64Seconds(absl::Ceil(delay, absl::Seconds(1))))}));
      });
  return pusher.Push(std::move(townships));
}

// Polls until reporting has applied all positions; DEADLINE_EXCEEDED after the call timeout.
absl::Status WaitUntilIncluded(const Positions& positions, Connection& connection) {
  const absl::Time deadline = absl::Now() + connection.options().timeout;
  for (const auto& position : positions.All()) {
    reporting::v1::GetFreshnessRequest request;
    request.mutable_scope()->add_townships(position.township());
    for (absl::Duration pause = absl::Milliseconds(20);;
         pause = std::min(pause * 2, absl::Milliseconds(500))) {
      reporting::v1::GetFreshnessResponse response;
      RETURN_IF_ERROR(
          connection.Call(connection.reporting(), &RollupService::Stub::GetFreshness, request, &response));
      bool included = false;
      for (const auto& feed : response.feeds()) {
        included |=
            feed.applied().feed() == position.feed() && feed.applied().revision() >= position.revision();
      }
      if (included) break;
      if (absl::Now() > deadline)
        return absl::DeadlineExceededError("the figures do not include the push yet");
      absl::SleepFor(pause);
    }
  }
  return absl::OkStatus();
}

// Tells everything: refusals, rejects, summary, tokens. Returns the exit code.
int Finish(const PushFlags& flags, Context& context, const PushReport& report, const Positions& positions,
           const absl::Status& pushed) {
  report.PrintRefusals();
  int code = report.total().refused > 0 ? kExitSomeRefused : kExitOk;
  if (!flags.rejects.empty()) {
    if (const absl::Status written = report.WriteRejects(flags.rejects); !written.ok()) {
      context.Fail(written);
      code = kExitUsage;
    }
  } else if (report.total().refused > 0) {
    context.Note(context.T(Msg::kRejectsHint));
  }
  report.PrintSummary(positions);
  const PushCounts& total = report.total();
  context.Note(context.T(Msg::kPushDone, {std::to_string(total.Total()), std::to_string(total.created),
                                          std::to_string(total.updated), std::to_string(total.unchanged),
                                          std::to_string(total.refused)}));
  for (const auto& position : positions.All()) {
    context.Note(context.T(Msg::kFreshnessToken, {FormatPosition(position)}));
  }
  return pushed.ok() ? code : context.Fail(pushed);
}

int Push(const PushFlags& flags, Context& context) {
  const auto connection = context.Connect();
  if (!connection.ok()) return context.Fail(connection.status());
  auto files = ReadFiles(flags, context, **connection);
  if (!files.ok()) return context.Fail(files.status());
  PushReport report(context, *files);
  Positions positions;
  absl::Status pushed;
  if (flags.all_or_nothing && !flags.validate_only) {
    // A rehearsal first: batches are transactions of their own, so only this keeps a whole file out.
    pushed = Send(flags, context, **connection, *files, /*validate_only=*/true, &report, &positions, true);
    if (report.total().refused > 0 || !pushed.ok()) {
      report.RefuseRest();
      const int code = Finish(flags, context, report, positions, pushed);
      context.Note(context.T(Msg::kNothingStored));
      return code;
    }
  }
  pushed = Send(flags, context, **connection, *files, flags.validate_only, &report, &positions, false);
  if (flags.validate_only) context.Note(context.T(Msg::kValidated));
  StorePositions(context.options.server, positions);
  const int code = Finish(flags, context, report, positions, pushed);
  if (!flags.wait || !pushed.ok()) return code;
  const absl::Status waited = WaitUntilIncluded(positions, **connection);
  if (waited.ok()) {
    context.Note(context.T(Msg::kWaited));
    return code;
  }
  context.Note(context.T(Msg::kWaitTimeout));
  return context.Fail(waited);
}

}  // namespace

void AddPush(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand(
      "push", "推送活动记录（CSV 或 NDJSON），可放心重复 (push activities, safe to repeat)");
  auto flags = std::make_shared<PushFlags>();
  command->add_option("files", flags->files, "文件，- 为标准输入 (files; - is standard input)")->required();
  command->add_option("--township,-t", flags->township,
                      "没有写乡镇的行归谁 (township of rows that name none)");
  command->add_option("--batch", flags->batch, "每批条数 (records in a batch)")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_flag("--validate-only", flags->validate_only, "只检查，不写入 (check only)");
  command->add_flag("--all-or-nothing", flags->all_or_nothing,
                    "有一条被拒绝就都不写入 (store nothing when any record is refused)");
  command->add_option("--reason", flags->reason, "更正的原因 (why records with an etag are corrected)");
  command->add_option("--rejects", flags->rejects, "被拒绝的行另存到 (file for the refused rows)");
  command->add_flag("--wait", flags->wait, "等到汇总包含本次推送 (wait until the figures include the push)");
  command->add_option("--encoding", flags->encoding, "auto, utf-8, gb18030, utf-16le, utf-16be")
      ->capture_default_str();
  command->add_option("--ignore-columns", flags->ignored_columns, "不要的列 (headings to leave out)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option("--retries", flags->retries,
                   "断线后连续重试次数 (reconnections in a row without progress)")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return Push(*flags, context); }; });
}

}  // namespace zhenhui::cli

#include "clients/zhenhui/app.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/context.h"

namespace zhenhui::cli {
namespace {

constexpr char kDescription[] =
    "镇汇：推送、更正、汇总和比较各乡镇法治政府建设数据\n"
    "Zhenhui: push, correct, roll up and compare townships' records";

constexpr char kFooter[] = R"(
退出码 / exit codes:
  0  成功 / done
  1  有记录被拒绝，其余已存 / some records were refused, the rest is stored
  2  用法不对或文件读写不了 / wrong usage, or a file that cannot be read or written
  3  服务器拒绝（权限、请求有误、不存在）/ the server refused (permission, bad request, not found)
  4  连不上或超时，可以放心重新运行 / unavailable or out of time: safe to run again
  5  核对发现不一致，或报告与记录不符 / a verification or a report check found differences
  6  年度还不能结账，已列出缺什么 / the year cannot be closed yet, and what is missing was listed)";

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  const std::string group = "连接与输出 / connection and output";
  app.add_option("--server", options.server, "三个服务共同的地址 (address of all three services)")
      ->envname("ZHENHUI_SERVER")
      ->capture_default_str()
      ->group(group);
  app.add_option("--townships", options.townships, "名录服务地址 (the townships service, when elsewhere)")
      ->group(group);
  app.add_option("--activities", options.activities, "活动服务地址 (the activities service, when elsewhere)")
      ->group(group);
  app.add_option("--reporting", options.reporting, "汇总服务地址 (the reporting service, when elsewhere)")
      ->group(group);
  app.add_option("--token-file", options.token_file,
                 "令牌文件；也可用环境变量 ZHENHUI_TOKEN (file with the bearer token; or ZHENHUI_TOKEN)")
      ->envname("ZHENHUI_TOKEN_FILE")
      ->group(group);
  app.add_flag("--tls", options.tls, "用 TLS 连接 (connect with TLS)")->group(group);
  app.add_option("--tls-ca", options.tls_ca, "信任的根证书 (authorities to trust; implies --tls)")
      ->group(group);
  app.add_option("--tls-cert", options.tls_cert, "客户端证书 (client certificate; implies --tls)")
      ->group(group);
  app.add_option("--tls-key", options.tls_key, "客户端私钥 (its private key)")->group(group);
  app.add_option("--output", options.output, "输出格式 (table, json or csv)")
      ->check(CLI::IsMember({"table", "json", "csv"}))
      ->capture_default_str()
      ->group(group);
  app.add_option("--lang", options.language, "消息语言，默认按系统区域 (zh or en; default: by locale)")
      ->check(CLI::IsMember({"zh", "en"}))
      ->group(group);
  app.add_option("--timeout", options.timeout_seconds, "每次请求的秒数 (seconds for one call)")
      ->check(CLI::Range(0.001, 86400.0))
      ->capture_default_str()
      ->group(group);
  app.add_flag("--quiet,-q", options.quiet, "少说话 (no notes and no progress bar)")->group(group);
}

void AddCommands(CLI::App& app, Context& context) {
  AddPush(app, context);
  AddImport(app, context);
  AddConfirm(app, context);
  AddActivities(app, context);
  AddKinds(app, context);
  AddMetrics(app, context);
  AddRollup(app, context);
  AddCompare(app, context);
  AddExplain(app, context);
  AddFreshness(app, context);
  AddVerify(app, context);
  AddAlarms(app, context);
  AddCompleteness(app, context);
  AddGaps(app, context);
  AddPlan(app, context);
  AddFigures(app, context);
  AddYearEnd(app, context);
  AddReport(app, context);
  AddToken(app, context);
  AddCompletion(app, context);
}

}  // namespace

int RunCli(std::vector<std::string> arguments, std::ostream& out, std::ostream& err, bool err_is_terminal,
           const Clock& clock) {
  CLI::App app(kDescription, "zhenhui");
  app.footer(kFooter);
  app.set_version_flag("--version", "zhenhui 0.1.0");
  app.require_subcommand(1);
  app.fallthrough();  // global options may stand behind the command
  Context context(out, err, err_is_terminal, clock);
  AddGlobalOptions(app, context.options);
  AddCommands(app, context);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants a vector
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, err) == 0 ? kExitOk : kExitUsage;
  }
  return context.action();
}

}  // namespace zhenhui::cli

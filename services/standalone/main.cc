// zhenhui-standalone: all services in one process, on a PostgreSQL of their own: for a small office and for
// demos.
#include <CLI/CLI.hpp>

#include <iostream>

#include "common/process/signals.h"
#include "common/status/reason.h"
#include "services/standalone/standalone.h"

namespace {

void AddHttpFlags(CLI::App& app, zhenhui::standalone::HttpFlags& flags) {
  app.add_option(
      "--http", flags.listen,
      "浏览器与 JSON 接口的地址与端口，off 为不开；默认本机、--listen 的下一端口 "
      "(address for browsers and JSON; off: none; default: on loopback, the port after --listen's)");
  app.add_option("--dashboard", flags.dashboard,
                 "看板文件夹，默认为程序旁的 (folder of the dashboard; default: beside the program)");
  app.add_option("--http-ready-file", flags.ready_file,
                 "就绪后写入 HTTP 端口号 (written with the port of HTTP)");
  app.add_option("--sign-in-file", flags.sign_in_file,
                 "写入一次性登录链接 (gets the link that signs in once; mode 0600)");
}

void AddFlags(CLI::App& app, zhenhui::standalone::Flags& flags) {
  CLI::Option* data_dir =
      app.add_option("--data-dir", flags.data_dir,
                     "数据文件夹，首次启动时建立 (folder of all data, made on the first start)");
  CLI::Option* dsn =
      app.add_option(
             "--dsn", flags.dsn,
             "改用已有的 PostgreSQL；@FILE 从文件读取 (an existing PostgreSQL instead; @FILE reads it)")
          ->excludes(data_dir);
  CLI::Option* keys =
      app.add_option("--keys-dir", flags.keys_dir, "配合 --dsn：密钥文件夹 (with --dsn: folder of the keys)")
          ->needs(dsn);
  dsn->needs(keys);
  app.add_option("--listen", flags.listen, "地址与端口，0 为任选 (address and port; 0 picks a free one)")
      ->capture_default_str();
  app.add_option("--metrics-port", flags.metrics_port,
                 "本机 /metrics 端口，默认不开 (port of /metrics on loopback; default: none)")
      ->check(CLI::Range(0, 65535));
  app.add_option("--ready-file,--print-ready", flags.ready_file,
                 "就绪后写入端口号 (written with the port once everything serves)");
  app.add_option("--log-level", flags.log_level, "debug, info, warning, error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->capture_default_str();
  app.add_option("--tls-certificate", flags.tls.certificate_file, "证书链 PEM (PEM chain of this server)");
  app.add_option("--tls-key", flags.tls.key_file, "私钥 PEM (PEM key of this server)");
  app.add_option("--tls-client-ca", flags.tls.client_ca_file,
                 "要求客户端证书 (clients must show a certificate of this authority)");
}

}  // namespace

int main(int argc, char** argv) {
  using namespace zhenhui;
  const sigset_t stop = process::BlockStopSignals();
  CLI::App app(
      "镇汇单机版：一个进程提供全部服务，自带 PostgreSQL\n"
      "Zhenhui in one process, with a PostgreSQL of its own",
      "zhenhui-standalone");
  app.footer("\n退出码 / exit codes: 0 已停止 / stopped, 1 失败 / failed, 2 用法不对 / wrong usage");
  standalone::Flags flags;
  AddFlags(app, flags);
  AddHttpFlags(app, flags.http);
  try {
    app.parse(argc, argv);
    if (flags.data_dir.empty() == flags.dsn.empty()) {
      throw CLI::RequiredError("--data-dir 或 / or --dsn");
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status status = standalone::Run(flags, stop);
  if (status.ok()) return 0;
  std::cerr << "镇汇没有启动 / Zhenhui did not start: " << status.message() << " [" << ReasonOf(status)
            << "]\n";
  return 1;
}

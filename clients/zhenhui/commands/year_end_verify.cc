#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "clients/zhenhui/commands/year_end.h"
#include "clients/zhenhui/output/files.h"
#include "common/digest/sha256.h"
#include "services/reporting/domain/year_end/certificate.h"

// Checks a certificate without any server: with the code that wrote it, so both are one definition.
namespace zhenhui::cli {
namespace {

using reporting::CertificateCheck;

constexpr size_t kLargestCertificate = 64 << 20;

struct VerifyFlags {
  std::string file;
  std::string previous;
};

std::string Outcome(const Context& context, const CertificateCheck& check) {
  if (check.failure.empty()) return Two(context, "一致", "in order");
  return check.warning ? Two(context, "提醒", "warning") : Two(context, "不一致", "WRONG");
}

void PrintChecks(const Context& context, const std::vector<CertificateCheck>& checks,
                 const std::string& digest) {
  Table table;
  table.AddColumn(Two(context, "核对", "check"));
  table.AddColumn(Two(context, "个数", "count"), Align::kRight);
  table.AddColumn(Two(context, "结果", "result"));
  table.AddColumn(Two(context, "说明", "why"));
  nlohmann::json json = {{"digest", digest}, {"checks", nlohmann::json::array()}};
  for (const CertificateCheck& check : checks) {
    table.AddRow({context.chinese() ? check.name_zh : check.name_en, absl::StrCat(check.count),
                  Outcome(context, check), check.failure});
    json["checks"].push_back({{"check", check.name_en},
                              {"count", check.count},
                              {"failure", check.failure},
                              {"warning", check.warning}});
  }
  if (context.output() == Output::kJson) {
    context.out << json.dump(2) << '\n';
  } else if (context.output() == Output::kCsv) {
    table.PrintCsv(context.out);
  } else {
    table.Print(context.out);
    context.out << "sha256 " << digest << '\n';
  }
}

int VerifyFile(const VerifyFlags& flags, Context& context) {
  const auto text = ReadFile(flags.file, kLargestCertificate);
  if (!text.ok()) return context.Fail(text.status());
  std::optional<std::string> previous;
  if (!flags.previous.empty()) {
    auto read = ReadFile(flags.previous, kLargestCertificate);
    if (!read.ok()) return context.Fail(read.status());
    previous = *std::move(read);
  }
  const std::vector<CertificateCheck> checks = reporting::VerifyCertificate(*text, previous);
  PrintChecks(context, checks, Sha256Hex(*text));
  for (const CertificateCheck& check : checks) {
    if (!check.failure.empty() && !check.warning) return kExitDifferences;
  }
  return kExitOk;
}

}  // namespace

void AddYearEndVerify(CLI::App& group, Context& context) {
  CLI::App* command =
      group.add_subcommand("verify", "离线核对证书，不用服务器 (check a certificate, without any server)");
  auto flags = std::make_shared<VerifyFlags>();
  command->add_option("file", flags->file, "证书文件 (certificate)")->required();
  command->add_option("--previous", flags->previous,
                      "上一年的证书，核对前后相连 (the year before's, to check the chain)");
  command->callback(
      [flags, &context] { context.action = [flags, &context] { return VerifyFile(*flags, context); }; });
}

}  // namespace zhenhui::cli

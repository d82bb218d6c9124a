#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"
#include "clients/zhenhui/commands/query_options.h"
#include "common/auth/jwt.h"
#include "common/process/secrets.h"
#include "common/status/reason.h"

namespace zhenhui::cli {
namespace {

struct MintFlags {
  std::string key;
  std::string role;
  std::string scope;
  std::string subject;
  double days = 90;
};

int Mint(const MintFlags& flags, Context& context) {
  const auto key = process::ReadSmallFile(flags.key, 64 << 10);
  if (!key.ok()) return context.Fail(Error(absl::StatusCode::kNotFound, "FILE_UNREADABLE", flags.key));
  const auto signer = auth::TokenSigner::Create(*key);
  if (!signer.ok()) return context.Fail(UsageError(std::string(signer.status().message())));
  auth::Claims claims;
  claims.subject = flags.subject;
  claims.role = *auth::ParseRole(flags.role);
  claims.scope = flags.scope;
  claims.expires = context.clock.Now() + absl::Hours(24 * flags.days);
  const auto token = signer->Sign(claims, context.clock.Now());
  if (!token.ok()) return context.Fail(UsageError(std::string(token.status().message())));
  context.out << *token << '\n';
  return kExitOk;
}

}  // namespace

void AddToken(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("token", "令牌 (tokens)");
  command->require_subcommand(1);
  CLI::App* mint = command->add_subcommand(
      "mint", "用私钥签发令牌，不连服务器 (sign a token with a private key, offline)");
  mint->fallthrough();
  auto flags = std::make_shared<MintFlags>();
  mint->add_option("--key", flags->key, "P-256 私钥文件 (private key in PEM)")->required();
  mint->add_option("--role", flags->role, "角色 (role)")
      ->check(CLI::IsMember({"reporter", "reviewer", "district", "admin", "job"}))
      ->required();
  mint->add_option("--scope", flags->scope, "区划代码前缀，* 为全国 (division code, or *)")->required();
  mint->add_option("--subject", flags->subject, "谁 (who)")->required();
  mint->add_option("--days", flags->days, "有效天数 (days until it expires)")
      ->check(CLI::Range(0.001, 3660.0))
      ->capture_default_str();
  mint->callback([flags, &context] { context.action = [flags, &context] { return Mint(*flags, context); }; });
}

}  // namespace zhenhui::cli

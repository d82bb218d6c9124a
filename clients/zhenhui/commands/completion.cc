#include <CLI/CLI.hpp>

#include "clients/zhenhui/commands/commands.h"

namespace zhenhui::cli {
namespace {

// The long options and sub-commands that may follow one command, parted by spaces.
std::string Words(const CLI::App& app, const CLI::App* global) {
  std::string words;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    words += sub->get_name() + " ";
  const auto add_options = [&words](const CLI::App& from) {
    for (const CLI::Option* option : from.get_options()) {
      for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
    }
  };
  add_options(app);
  if (global != nullptr) add_options(*global);
  return words;
}

// One case for each command path: "push", "token mint" ...
void AddCases(const CLI::App& app, const std::string& path, const CLI::App& global, std::string* cases) {
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string own = path + (path.empty() ? "" : " ") + sub->get_name();
    *cases += "    \"" + own + "\") words=\"" + Words(*sub, &global) + "\" ;;\n";
    AddCases(*sub, own, global, cases);
  }
}

std::string BashScript(const CLI::App& app) {
  std::string cases;
  AddCases(app, "", app, &cases);
  return R"(# zhenhui completion: source <(zhenhui completion bash)
_zhenhui() {
  local current="${COMP_WORDS[COMP_CWORD]}" path="" word words
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      -*) ;;
      *) [[ "$word" =~ ^[a-z]+$ ]] && case "$path" in
           "") path="$word" ;;
           token|activities|import) path="$path $word" ;;
         esac ;;
    esac
  done
  case "$path" in
)" + cases +
         R"(    *) words=")" + Words(app, nullptr) + R"(" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ "$current" == -* ]] || COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _zhenhui zhenhui
)";
}

}  // namespace

void AddCompletion(CLI::App& app, Context& context) {
  CLI::App* command = app.add_subcommand("completion", "命令补全脚本 (completion script: bash or zsh)");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
  command->callback([shell, &app, &context] {
    context.action = [shell, &app, &context] {
      // zsh runs bash's completions through its own adapter.
      if (*shell == "zsh") context.out << "autoload -Uz compinit bashcompinit && compinit && bashcompinit\n";
      context.out << BashScript(app);
      return static_cast<int>(kExitOk);
    };
  });
}

}  // namespace zhenhui::cli

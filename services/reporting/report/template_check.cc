#include "services/reporting/report/template_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"

namespace zhenhui::reporting::report {
namespace {

constexpr std::string_view kOpen = "{{";
constexpr std::string_view kClose = "}}";
constexpr std::string_view kTableMark = "| ";

class TemplateChecker {
 public:
  TemplateChecker(std::string_view name, std::string_view text, const TemplateRules& rules)
      : name_(name), text_(text), rules_(rules) {
    open_.push_back({"", &rules.root, 0});
  }

  absl::StatusOr<std::vector<std::string>> Run() {
    if (!IsValidUtf8(text_)) return Wrong(1, "it is not UTF-8");
    RETURN_IF_ERROR(CheckTables());
    for (size_t at = text_.find(kOpen); at != std::string_view::npos; at = text_.find(kOpen, at)) {
      line_ += Lines(text_.substr(seen_, at - seen_));
      seen_ = at;
      const size_t end = text_.find(kClose, at);
      if (end == std::string_view::npos) return Wrong(line_, "{{ without }}");
      RETURN_IF_ERROR(CheckMark(text_.substr(at + kOpen.size(), end - at - kOpen.size())));
      at = end + kClose.size();
    }
    if (open_.size() > 1)
      return Wrong(open_.back().line, absl::StrCat("section \"", open_.back().name, "\" is not closed"));
    return std::move(used_);
  }

 private:
  struct Open {
    std::string name;
    const TemplateScope* scope;
    int line;
  };

  static int Lines(std::string_view text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  absl::Status Wrong(int line, std::string_view what) const {
    return Error(absl::StatusCode::kInvalidArgument, "TEMPLATE_INVALID",
                 absl::StrCat(Absl(name_), ", line ", line, ": ", Absl(what)));
  }

  absl::Status CheckTables() const {
    int line = 0;
    for (const auto part : absl::StrSplit(Absl(text_), '\n')) {
      ++line;
      std::string_view row(part.data(), part.size());
      if (row.substr(0, kTableMark.size()) != kTableMark) continue;
      row.remove_prefix(kTableMark.size());
      while (!row.empty() && (row.back() == ' ' || row.back() == '\r')) row.remove_suffix(1);
      if (!rules_.tables.contains(row)) return Wrong(line, absl::StrCat("unknown table \"", Absl(row), "\""));
    }
    return absl::OkStatus();
  }

  absl::Status CheckMark(std::string_view mark) {
    if (mark.empty()) return Wrong(line_, "{{}} names nothing");
    const std::string_view rest = mark.substr(1);
    switch (mark[0]) {
      case '!':
        return absl::OkStatus();
      case '#':
        return Begin(rest);
      case '/':
        return End(rest);
      case '>':
        if (rules_.includes.contains(rest)) return absl::OkStatus();
        return Wrong(line_, absl::StrCat("unknown include \"", Absl(rest), "\""));
      case '%':
      case '=':
        return Wrong(line_, absl::StrCat("{{", Absl(mark), "}} is not allowed in these templates"));
      default:
        return CheckField(mark.substr(0, mark.find(':')));
    }
  }

  absl::Status CheckField(std::string_view field) const {
    for (const Open& open : open_) {
      if (open.scope->fields.contains(field)) return absl::OkStatus();
    }
    return Wrong(line_, absl::StrCat("unknown field \"", Absl(field), "\""));
  }

  absl::Status Begin(std::string_view section) {
    for (auto open = open_.rbegin(); open != open_.rend(); ++open) {
      const auto found = open->scope->sections.find(section);
      if (found == open->scope->sections.end()) continue;
      open_.push_back({std::string(section), &found->second, line_});
      if (std::find(used_.begin(), used_.end(), section) == used_.end()) used_.emplace_back(section);
      return absl::OkStatus();
    }
    return Wrong(line_, absl::StrCat("unknown section \"", Absl(section), "\""));
  }

  absl::Status End(std::string_view section) {
    if (open_.size() == 1 || open_.back().name != section) {
      return Wrong(line_, absl::StrCat("{{/", Absl(section), "}} closes no section that is open"));
    }
    open_.pop_back();
    return absl::OkStatus();
  }

  const std::string_view name_;
  const std::string_view text_;
  const TemplateRules& rules_;
  std::vector<Open> open_;
  std::vector<std::string> used_;
  size_t seen_ = 0;
  int line_ = 1;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> CheckTemplate(std::string_view name, std::string_view text,
                                                       const TemplateRules& rules) {
  return TemplateChecker(name, text, rules).Run();
}

}  // namespace zhenhui::reporting::report

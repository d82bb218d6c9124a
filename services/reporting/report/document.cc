#include "services/reporting/report/document.h"

#include <array>
#include <utility>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/status/absl_view.h"

namespace zhenhui::reporting::report {
namespace {

struct LineMark {
  std::string_view mark;
  BlockKind kind;
};

constexpr std::array<LineMark, 10> kLineMarks = {{{"#### ", BlockKind::kHeading3},
                                                  {"### ", BlockKind::kHeading2},
                                                  {"## ", BlockKind::kHeading1},
                                                  {"# ", BlockKind::kTitle},
                                                  {"@ ", BlockKind::kAddressee},
                                                  {"! ", BlockKind::kMark},
                                                  {"~ ", BlockKind::kSignature},
                                                  {"> ", BlockKind::kNote},
                                                  {"| ", BlockKind::kTable},
                                                  {"　　", BlockKind::kBody}}};

std::string_view TrimLine(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t'))
    line.remove_suffix(1);
  return line;
}

// A clause's own end gives way to the sentence's; what is left of a sentence without clauses goes.
std::string Punctuated(std::string text) {
  static const std::vector<std::pair<std::string, std::string>> kRules = {
      {"；。", "。"}, {"，。", "。"}, {"：。", "。"}, {"。。", "。"},
      {"；；", "；"}, {"，；", "；"}, {"，，", "，"}};
  while (absl::StrReplaceAll(kRules, &text) > 0) {
  }
  return text;
}

bool SaysNothing(std::string_view text) {
  for (const std::string_view mark : {"。", "；", "，", "　", " "}) {
    while (text.substr(0, mark.size()) == mark) text.remove_prefix(mark.size());
  }
  return text.empty();
}

}  // namespace

std::vector<Block> ParseDocument(std::string_view text,
                                 const std::map<std::string, std::vector<Table>>& tables) {
  std::vector<Block> blocks;
  for (const auto part : absl::StrSplit(Absl(text), '\n')) {
    std::string_view line = TrimLine({part.data(), part.size()});
    if (line.empty()) continue;
    bool marked = false;
    for (const LineMark& mark : kLineMarks) {
      if (line.substr(0, mark.mark.size()) != mark.mark) continue;
      blocks.push_back({mark.kind, std::string(line.substr(mark.mark.size())), {}});
      marked = true;
      break;
    }
    if (marked) continue;
    if (blocks.empty()) blocks.emplace_back();
    blocks.back().text += line;
  }
  std::vector<Block> document;
  for (Block& block : blocks) {
    if (block.kind == BlockKind::kTable) {
      const auto found = tables.find(block.text);
      if (found == tables.end()) continue;
      for (const Table& table : found->second) {
        if (!table.rows.empty()) document.push_back({BlockKind::kTable, block.text, table});
      }
      continue;
    }
    block.text = Punctuated(std::move(block.text));
    if (!SaysNothing(block.text)) document.push_back(std::move(block));
  }
  return document;
}

}  // namespace zhenhui::reporting::report

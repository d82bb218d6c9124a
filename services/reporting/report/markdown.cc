#include "absl/strings/str_cat.h"
#include "services/reporting/report/plain.h"

namespace zhenhui::reporting::report {
namespace {

// What Markdown would read as its own signs.
std::string MarkdownText(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

void AppendMarkdownTable(std::string* markdown, const Table& table) {
  if (!table.caption.empty()) absl::StrAppend(markdown, "**", MarkdownText(table.caption), "**\n\n");
  std::string rule = "|";
  markdown->push_back('|');
  for (const Column& column : table.columns) {
    absl::StrAppend(markdown, " ", MarkdownText(column.heading), " |");
    absl::StrAppend(&rule, column.number ? " ---: |" : " --- |");
  }
  absl::StrAppend(markdown, "\n", rule, "\n");
  for (const std::vector<std::string>& row : table.rows) {
    markdown->push_back('|');
    for (const std::string& cell : row) absl::StrAppend(markdown, " ", MarkdownText(cell), " |");
    markdown->push_back('\n');
  }
  absl::StrAppend(markdown, "\n", MarkdownText(table.note), "\n\n");
}

}  // namespace

std::string WriteMarkdown(const std::vector<Block>& blocks) {
  std::string markdown;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const std::string text = MarkdownText(block.text);
    switch (block.kind) {
      case BlockKind::kTitle:
        // Two lines of a title are one heading.
        if (i == 0 || blocks[i - 1].kind != BlockKind::kTitle) markdown += "# ";
        markdown += text;
        if (i + 1 == blocks.size() || blocks[i + 1].kind != BlockKind::kTitle) markdown += "\n\n";
        break;
      case BlockKind::kHeading1:
        absl::StrAppend(&markdown, "## ", text, "\n\n");
        break;
      case BlockKind::kHeading2:
        absl::StrAppend(&markdown, "### ", text, "\n\n");
        break;
      case BlockKind::kHeading3:
        absl::StrAppend(&markdown, "#### ", text, "\n\n");
        break;
      case BlockKind::kMark:
        absl::StrAppend(&markdown, "> **", text, "**\n\n");
        break;
      case BlockKind::kNote:
        absl::StrAppend(&markdown, "> ", text, "\n", i + 1 < blocks.size() ? ">\n" : "");
        break;
      case BlockKind::kTable:
        AppendMarkdownTable(&markdown, block.table);
        break;
      case BlockKind::kAddressee:
      case BlockKind::kSignature:
      case BlockKind::kBody:
        absl::StrAppend(&markdown, text, "\n\n");
        break;
    }
  }
  return markdown;
}

}  // namespace zhenhui::reporting::report

#include "services/reporting/narrative/markdown.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "services/reporting/narrative/plain_table.h"

namespace zhenhui::reporting::narrative {
namespace {

bool IsTableRow(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] == '|' &&
         line.find('|', first + 1) != std::string_view::npos;
}

// |---|:---:|
bool IsTableRule(std::string_view line) {
  return IsTableRow(line) && line.find_first_not_of("|-: \t") == std::string_view::npos &&
         line.find('-') != std::string_view::npos;
}

Row CellsOf(std::string_view line) {
  line = line.substr(line.find('|') + 1);
  if (const size_t last = line.find_last_not_of(" \t"); last != std::string_view::npos && line[last] == '|')
    line = line.substr(0, last);
  return absl::StrSplit(absl::string_view(line.data(), line.size()), '|');
}

// "###" at the head, closed by a blank; nothing if it is none.
size_t HeadingSigns(std::string_view line) {
  const size_t signs = std::min(line.find_first_not_of('#'), line.size());
  return signs > 0 && signs <= 6 && signs < line.size() && line[signs] == ' ' ? signs : 0;
}

void BlankLine(checker::Paragraph& paragraph) {
  std::string& line = paragraph.text;
  if (const size_t signs = HeadingSigns(line)) {
    std::fill_n(line.begin(), signs, ' ');
    paragraph.heading = true;
  }
  // A list's or a quotation's mark; "* " and "> " at the head.
  if (const size_t first = line.find_first_not_of(" \t"); first != std::string::npos) {
    const bool list = (line[first] == '*' || line[first] == '+') && line.substr(first + 1).starts_with(' ');
    if (list || line[first] == '>') line[first] = ' ';
  }
  // Emphasis: always in pairs of two, so that 3*5 stays. Code's quotes are rare in prose and mean nothing.
  for (const std::string_view mark : {"**", "__"}) {
    for (size_t at = line.find(mark); at != std::string::npos; at = line.find(mark, at + 2))
      line.replace(at, 2, "  ");
  }
  std::replace(line.begin(), line.end(), '`', ' ');
}

// The rows from `begin`; returns one past the last.
size_t FlattenTable(std::vector<checker::Paragraph>& lines, size_t begin) {
  std::vector<Row> rows;
  std::vector<size_t> places;
  size_t end = begin;
  for (; end < lines.size() && IsTableRow(lines[end].text); ++end) {
    if (IsTableRule(lines[end].text)) {
      lines[end].text.clear();
      continue;
    }
    rows.push_back(CellsOf(lines[end].text));
    places.push_back(end);
  }
  const std::vector<std::string> texts = TableTexts(rows);
  for (size_t i = 0; i < texts.size(); ++i) lines[places[i]].text = texts[i];
  return end;
}

}  // namespace

void BlankMarkdown(checker::Document& document) {
  std::vector<checker::Paragraph>& lines = document.paragraphs;
  for (size_t i = 0; i < lines.size();) {
    // A table is one only with its rule in the second line; else a stray | is prose.
    const bool table = IsTableRow(lines[i].text) && i + 1 < lines.size() && IsTableRule(lines[i + 1].text);
    if (table) {
      i = FlattenTable(lines, i);
    } else {
      BlankLine(lines[i++]);
    }
  }
}

}  // namespace zhenhui::reporting::narrative

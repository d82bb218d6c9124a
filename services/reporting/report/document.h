#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

// A report as paragraphs and tables, before it becomes Word or Markdown.
namespace zhenhui::reporting::report {

struct Column {
  std::string heading;
  bool number = false;  // set right
};

struct Table {
  std::string caption;  // may be empty
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
  int summary_rows = 0;                        // of the last rows: totals and the like
  std::string note;                            // below it; may be empty
};

enum class BlockKind {
  kTitle,      // "# "
  kAddressee,  // "@ "
  kHeading1,   // "## ", the text has its own number: 一、
  kHeading2,   // "### ": （一）
  kHeading3,   // "#### ": 1.
  kBody,       // "　　": two full-width spaces
  kMark,       // "! ": for a person to see to; what is missing, or that this is a draft
  kSignature,  // "~ ": set right
  kNote,       // "> ": small print
  kTable       // "| name"
};

struct Block {
  BlockKind kind = BlockKind::kBody;
  std::string text;
  Table table;  // of kTable
};

// What an expanded template says: each line that begins with a mark (above) begins a block, each other line
// goes on with the one before, blank lines say nothing. Clauses end with "；", of which the one before "。"
// is dropped; a paragraph without a word is dropped too. What is not in `tables` and what has no rows is left
// out; several tables of one name follow each other.
std::vector<Block> ParseDocument(std::string_view text,
                                 const std::map<std::string, std::vector<Table>>& tables);

// What an author has to see to stands in brackets that begin so, in any block.
inline constexpr std::string_view kAuthorMark = "（此处由撰写人补充";

}  // namespace zhenhui::reporting::report

#include "services/reporting/narrative/docx.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/reporting/narrative/archive.h"
#include "services/reporting/narrative/docx_styles.h"
#include "services/reporting/narrative/narrative.h"
#include "services/reporting/narrative/plain_table.h"

namespace zhenhui::reporting::narrative {
namespace {

constexpr size_t kMaxPartBytes = 24u << 20;  // of one XML part
// Elements and attributes of one part: each takes some 60 bytes once it is parsed, however short it is
// written.
constexpr size_t kMaxMarks = 3'000'000;
constexpr int kMaxDepth = 400;     // of elements; the reader below calls itself
constexpr int kMaxTableDepth = 8;  // of tables inside cells; each copies the texts that it holds
constexpr size_t kMaxTextBytes = 4 * kMaxCharacters;

absl::Status DamagedDocx(const std::string& what) {
  return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_DAMAGED",
               absl::StrCat("the Word file is damaged: ", what));
}

// Parses one part. Entities beyond XML's own five are not known to the parser, so none is expanded or
// fetched.
absl::Status ParsePart(const Archive& archive, const std::string& name, pugi::xml_document& out) {
  ASSIGN_OR_RETURN(const std::string content, archive.Read(name, kMaxPartBytes));
  const auto is_mark = [](char c) { return c == '<' || c == '='; };
  if (static_cast<size_t>(std::count_if(content.begin(), content.end(), is_mark)) > kMaxMarks) {
    return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE",
                 absl::StrCat("the Word file is refused: ", name, " has too many elements"));
  }
  // Blanks between runs are text: "<w:t> </w:t>".
  const pugi::xml_parse_result result =
      out.load_buffer(content.data(), content.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!result) return DamagedDocx(absl::StrCat(name, ": ", result.description(), " at byte ", result.offset));
  return absl::OkStatus();
}

bool IsSkipped(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kSkipped = {"del",   "moveFrom", "delText", "instrText",
                                                                "rPr",   "sectPr",   "rt",      "Fallback",
                                                                "sdtPr", "tblPr",    "trPr",    "tcPr"};
  return std::find(kSkipped.begin(), kSkipped.end(), name) != kSkipped.end();
}

// Hidden text, unless "0" or "false" takes it back.
bool IsHidden(pugi::xml_node run) {
  const pugi::xml_node vanish = Child(Child(run, "rPr"), "vanish");
  const std::string_view value = Attribute(vanish, "val");
  return vanish && value != "0" && value != "false" && value != "off";
}

// Walks the body and collects paragraphs.
class BodyReader {
 public:
  explicit BodyReader(const DocxStyles& styles, int table_depth = 0, size_t text_bytes = 0)
      : styles_(styles), table_depth_(table_depth), text_bytes_(text_bytes) {}

  // Everything that stands in `node`, block by block.
  void ReadBlocks(pugi::xml_node node, int depth) {
    if (MustStop(depth)) return;
    for (const pugi::xml_node child : node.children()) {
      const std::string_view name = LocalName(child);
      if (IsSkipped(name)) continue;
      if (name == "p") {
        ReadParagraph(child, depth + 1);
      } else if (name == "tbl") {
        ReadTable(child, depth + 1);
      } else {
        ReadBlocks(child, depth + 1);  // sdt, sdtContent, ins, moveTo, customXml
      }
    }
  }

  bool too_deep() const { return too_deep_; }
  bool too_long() const { return text_bytes_ > kMaxTextBytes; }
  std::vector<checker::Paragraph>& paragraphs() { return paragraphs_; }

 private:
  bool MustStop(int depth) {
    too_deep_ = too_deep_ || depth > kMaxDepth || table_depth_ > kMaxTableDepth;
    return too_deep_ || too_long();
  }

  void ReadParagraph(pugi::xml_node node, int depth) {
    const bool heading = styles_.IsHeading(Child(node, "pPr"));
    std::vector<pugi::xml_node> boxes;
    std::string text;
    ReadInline(node, depth, text, boxes);
    for (size_t begin = 0; begin <= text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      paragraphs_.push_back({.text = text.substr(begin, end - begin), .heading = heading});
      begin = end + 1;
    }
    for (const pugi::xml_node box : boxes) ReadBlocks(box, depth + 1);
  }

  void ReadInline(pugi::xml_node node, int depth, std::string& text, std::vector<pugi::xml_node>& boxes) {
    if (MustStop(depth)) return;
    for (const pugi::xml_node child : node.children()) {
      const std::string_view name = LocalName(child);
      if (name == "t") {
        const std::string_view part = child.text().get();
        text += part;
        text_bytes_ += part.size();
      } else if (name == "tab") {
        text += '\t';
      } else if (name == "br" || name == "cr") {
        text += '\n';
      } else if (name == "noBreakHyphen") {
        text += '-';
      } else if (name == "txbxContent") {
        boxes.push_back(child);
      } else if (!IsSkipped(name) && name != "pPr" && !(name == "r" && IsHidden(child))) {
        ReadInline(child, depth + 1, text, boxes);
      }
    }
  }

  // The text of a cell, its paragraphs joined; a table inside it too.
  std::string CellText(pugi::xml_node cell, int depth) {
    BodyReader inner(styles_, table_depth_ + 1, text_bytes_);
    inner.ReadBlocks(cell, depth);
    too_deep_ = too_deep_ || inner.too_deep_;
    text_bytes_ = inner.text_bytes_;
    std::string text;
    for (const checker::Paragraph& paragraph : inner.paragraphs_) {
      if (!text.empty() && !paragraph.text.empty()) text += ' ';
      text += paragraph.text;
    }
    return text;
  }

  // Rows and cells may stand in wrappers of review and of content controls.
  void ReadRows(pugi::xml_node node, int depth, std::vector<Row>& rows) {
    if (MustStop(depth)) return;
    for (const pugi::xml_node child : node.children()) {
      const std::string_view name = LocalName(child);
      if (IsSkipped(name) || Child(Child(child, "trPr"), "del")) continue;
      if (name == "tc") {
        rows.back().push_back(CellText(child, depth + 1));
        continue;
      }
      if (name == "tr") rows.emplace_back();
      if (name == "tr" || !rows.empty() || name == "sdt" || name == "sdtContent" || name == "ins")
        ReadRows(child, depth + 1, rows);
    }
  }

  void ReadTable(pugi::xml_node table, int depth) {
    std::vector<Row> rows;
    ReadRows(table, depth, rows);
    for (std::string& text : TableTexts(rows)) paragraphs_.push_back({.text = std::move(text)});
  }

  const DocxStyles& styles_;
  const int table_depth_;  // how many cells this reader is inside
  size_t text_bytes_;      // of the whole document so far
  std::vector<checker::Paragraph> paragraphs_;
  bool too_deep_ = false;
};

// "word/document.xml" nearly always; what the package names as its main part in any case.
absl::StatusOr<std::string> MainPart(const Archive& archive) {
  const std::string usual = "word/document.xml";
  if (!archive.Has("_rels/.rels")) {
    if (archive.Has(usual)) return usual;
    return DamagedDocx("it has no word/document.xml; is it a Word file?");
  }
  pugi::xml_document relations;
  RETURN_IF_ERROR(ParsePart(archive, "_rels/.rels", relations));
  for (const pugi::xml_node node : relations.document_element().children()) {
    if (!Attribute(node, "Type").ends_with("/officeDocument")) continue;
    std::string target(Attribute(node, "Target"));
    if (target.starts_with('/')) target.erase(0, 1);
    if (archive.Has(target)) return target;
  }
  if (archive.Has(usual)) return usual;
  return DamagedDocx("it has no word/document.xml; is it a Word file?");
}

}  // namespace

absl::StatusOr<checker::Document> ReadDocx(std::string_view bytes) {
  ASSIGN_OR_RETURN(const Archive archive, Archive::Open(bytes));
  ASSIGN_OR_RETURN(const std::string main_part, MainPart(archive));
  pugi::xml_document body;
  RETURN_IF_ERROR(ParsePart(archive, main_part, body));
  const pugi::xml_node root = Child(body.document_element(), "body");
  if (!root) return DamagedDocx(absl::StrCat(main_part, " has no body; is it a Word file?"));
  DocxStyles styles;
  const std::string styles_part = main_part.substr(0, main_part.rfind('/') + 1) + "styles.xml";
  if (archive.Has(styles_part)) {
    pugi::xml_document parsed;
    RETURN_IF_ERROR(ParsePart(archive, styles_part, parsed));
    styles = DocxStyles(parsed);
  }
  BodyReader reader(styles);
  reader.ReadBlocks(root, 0);
  if (reader.too_long()) {
    return Error(absl::StatusCode::kInvalidArgument, "NARRATIVE_TOO_LARGE",
                 absl::StrCat("the text has more than ", kMaxCharacters, " characters"));
  }
  if (reader.too_deep()) return DamagedDocx("its elements or tables are nested too deeply");
  for (const checker::Paragraph& paragraph : reader.paragraphs()) {
    if (!IsValidUtf8(paragraph.text)) return DamagedDocx("its text is no valid UTF-8");
  }
  return checker::Document{std::move(reader.paragraphs())};
}

}  // namespace zhenhui::reporting::narrative

#include "services/reporting/report/docx_body.h"

#include <sstream>
#include <string>

namespace zhenhui::reporting::report {
namespace {

constexpr char kMain[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr char kRelationships[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
// 225 mm / 22 lines. A grid of characters too would say how many fit a line; but LibreOffice gives a
// character of 16 points two cells of one a little narrower, so the style sets them closer instead
// (parts/styles.xml).
constexpr int kLinePitch = 579;
constexpr int kFooterDistance = 1049;  // so that the page number stands 7 mm below the text
constexpr int kHeaderDistance = 851;

const char* StyleOf(BlockKind kind) {
  switch (kind) {
    case BlockKind::kTitle:
      return "Title";
    case BlockKind::kAddressee:
      return "ReportAddressee";
    case BlockKind::kHeading1:
      return "Heading1";
    case BlockKind::kHeading2:
      return "Heading2";
    case BlockKind::kHeading3:
      return "Heading3";
    case BlockKind::kMark:
      return "ReportMark";
    case BlockKind::kSignature:
      return "ReportSignature";
    case BlockKind::kNote:
      return "ReportNote";
    case BlockKind::kBody:
    case BlockKind::kTable:
      break;
  }
  return "ReportBody";
}

// What the author has to write stands out also in the middle of a sentence.
void AddMarkedText(pugi::xml_node paragraph, std::string_view text) {
  constexpr std::string_view kEnd = "）";
  while (!text.empty()) {
    const size_t mark = text.find(kAuthorMark);
    if (mark != 0) AddRun(paragraph, text.substr(0, mark));
    if (mark == std::string_view::npos) return;
    const size_t end = text.find(kEnd, mark);
    const size_t stop = end == std::string_view::npos ? text.size() : end + kEnd.size();
    AddRun(paragraph, text.substr(mark, stop - mark));
    pugi::xml_node properties = paragraph.last_child().prepend_child("w:rPr");
    properties.append_child("w:color").append_attribute("w:val") = "C00000";
    properties.append_child("w:highlight").append_attribute("w:val") = "yellow";
    text.remove_prefix(stop);
  }
}

void AddPageReference(pugi::xml_node section, const char* element, const char* type, const char* id) {
  pugi::xml_node reference = section.append_child(element);
  reference.append_attribute("w:type") = type;
  reference.append_attribute("r:id") = id;
}

void AddSectionProperties(pugi::xml_node body) {
  pugi::xml_node section = body.append_child("w:sectPr");
  AddPageReference(section, "w:headerReference", "default", "rId4");
  AddPageReference(section, "w:headerReference", "even", "rId4");
  AddPageReference(section, "w:footerReference", "default", "rId5");
  AddPageReference(section, "w:footerReference", "even", "rId6");
  pugi::xml_node size = section.append_child("w:pgSz");
  size.append_attribute("w:w") = kPageWidth;
  size.append_attribute("w:h") = kPageHeight;
  pugi::xml_node margins = section.append_child("w:pgMar");
  margins.append_attribute("w:top") = kMarginTop;
  margins.append_attribute("w:right") = kMarginRight;
  margins.append_attribute("w:bottom") = kMarginBottom;
  margins.append_attribute("w:left") = kMarginLeft;
  margins.append_attribute("w:header") = kHeaderDistance;
  margins.append_attribute("w:footer") = kFooterDistance;
  margins.append_attribute("w:gutter") = 0;
  pugi::xml_node grid = section.append_child("w:docGrid");
  grid.append_attribute("w:type") = "lines";
  grid.append_attribute("w:linePitch") = kLinePitch;
}

// In the order that the schema wants: behind the style, before all else.
void KeepWithNext(pugi::xml_node paragraph, bool keep) {
  pugi::xml_node properties = paragraph.child("w:pPr");
  if (keep) properties.insert_child_after("w:keepNext", properties.child("w:pStyle"));
}

// Before the first of the small print that ends a report.
void AddRule(pugi::xml_node paragraph) {
  pugi::xml_node top = paragraph.child("w:pPr").append_child("w:pBdr").append_child("w:top");
  top.append_attribute("w:val") = "single";
  top.append_attribute("w:sz") = 8;
  top.append_attribute("w:space") = 4;
  top.append_attribute("w:color") = "auto";
}

}  // namespace

pugi::xml_node AddPartRoot(pugi::xml_document* part, const char* name) {
  pugi::xml_node declaration = part->append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  pugi::xml_node root = part->append_child(name);
  root.append_attribute("xmlns:w") = kMain;
  root.append_attribute("xmlns:r") = kRelationships;
  return root;
}

std::string PartText(const pugi::xml_document& part) {
  std::ostringstream text;
  part.save(text, "", pugi::format_raw, pugi::encoding_utf8);
  return text.str();
}

pugi::xml_node AddParagraph(pugi::xml_node parent, const char* style) {
  pugi::xml_node paragraph = parent.append_child("w:p");
  paragraph.append_child("w:pPr").append_child("w:pStyle").append_attribute("w:val") = style;
  return paragraph;
}

void AddRun(pugi::xml_node paragraph, std::string_view text) {
  pugi::xml_node words = paragraph.append_child("w:r").append_child("w:t");
  words.append_attribute("xml:space") = "preserve";
  words.text().set(std::string(text).c_str());
}

void AddBody(pugi::xml_node body, const std::vector<Block>& blocks) {
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const BlockKind before = i == 0 ? BlockKind::kBody : blocks[i - 1].kind;
    if (block.kind == BlockKind::kTable) {
      AddDocxTable(body, block.table);
      continue;
    }
    // An empty line below the title and above the signature.
    if ((before == BlockKind::kTitle && block.kind != BlockKind::kTitle) ||
        (block.kind == BlockKind::kSignature && before != BlockKind::kSignature)) {
      KeepWithNext(AddParagraph(body, "ReportBody"), block.kind == BlockKind::kSignature);
    }
    pugi::xml_node paragraph = AddParagraph(body, StyleOf(block.kind));
    // Signature and date stand together, below at least one line of the text.
    const BlockKind next = i + 1 == blocks.size() ? BlockKind::kTable : blocks[i + 1].kind;
    KeepWithNext(paragraph, next == BlockKind::kSignature);
    // What follows the signature is an annex.
    if (before == BlockKind::kSignature && block.kind == BlockKind::kHeading1)
      paragraph.child("w:pPr").append_child("w:pageBreakBefore");
    if (block.kind == BlockKind::kNote && before != BlockKind::kNote) AddRule(paragraph);
    AddMarkedText(paragraph, block.text);
  }
  AddSectionProperties(body);
}

}  // namespace zhenhui::reporting::report

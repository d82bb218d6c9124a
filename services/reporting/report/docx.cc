#include "services/reporting/report/docx.h"

#include <pugixml.hpp>

#include <string_view>

#include "common/embedded/embedded.h"
#include "services/reporting/report/docx_body.h"
#include "services/reporting/report/wording.h"
#include "services/reporting/report/zip_archive.h"

namespace zhenhui::embedded {
const std::vector<File>& report_docx_parts();
}

namespace zhenhui::reporting::report {
namespace {

std::string FixedPart(std::string_view name) {
  for (const embedded::File& file : embedded::report_docx_parts()) {
    if (file.name == name) return std::string(file.text);
  }
  return "";
}

void AddPageField(pugi::xml_node paragraph) {
  AddRun(paragraph, "- ");
  for (const char* type : {"begin", "", "separate", "1", "end"}) {
    pugi::xml_node run = paragraph.append_child("w:r");
    if (*type == '\0') {
      run.append_child("w:instrText").text().set("PAGE");
    } else if (*type == '1') {
      run.append_child("w:t").text().set(type);  // until a reader counts the pages itself
    } else {
      run.append_child("w:fldChar").append_attribute("w:fldCharType") = type;
    }
  }
  AddRun(paragraph, " -");
}

// Odd pages have the number at the right and even ones at the left, one character in from the edge.
std::string FooterPart(const DocxPage& page, bool even) {
  pugi::xml_document part;
  pugi::xml_node root = AddPartRoot(&part, "w:ftr");
  pugi::xml_node number = AddParagraph(root, "PageNumber");
  pugi::xml_node properties = number.child("w:pPr");
  pugi::xml_node indent = properties.append_child("w:ind");
  indent.append_attribute(even ? "w:leftChars" : "w:rightChars") = 100;
  indent.append_attribute(even ? "w:left" : "w:right") = 280;
  properties.append_child("w:jc").append_attribute("w:val") = even ? "left" : "right";
  AddPageField(number);
  AddRun(AddParagraph(root, "PageProvenance"), page.footer);
  return PartText(part);
}

std::string HeaderPart(const DocxPage& page) {
  pugi::xml_document part;
  AddRun(AddParagraph(AddPartRoot(&part, "w:hdr"), "DraftHeader"), page.header);
  return PartText(part);
}

std::string CorePart(const DocxPage& page) {
  pugi::xml_document part;
  pugi::xml_node root = part.append_child("cp:coreProperties");
  root.append_attribute("xmlns:cp") =
      "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
  root.append_attribute("xmlns:dc") = "http://purl.org/dc/elements/1.1/";
  root.append_attribute("xmlns:dcterms") = "http://purl.org/dc/terms/";
  root.append_attribute("xmlns:xsi") = "http://www.w3.org/2001/XMLSchema-instance";
  root.append_child("dc:title").text().set(page.title.c_str());
  root.append_child("dc:creator").text().set("镇汇 Zhenhui");
  for (const char* name : {"dcterms:created", "dcterms:modified"}) {
    pugi::xml_node time = root.append_child(name);
    time.append_attribute("xsi:type") = "dcterms:W3CDTF";
    time.text().set(page.created.c_str());
  }
  return PartText(part);
}

std::string DocumentPart(const std::vector<Block>& blocks) {
  pugi::xml_document part;
  AddBody(AddPartRoot(&part, "w:document").append_child("w:body"), blocks);
  return PartText(part);
}

}  // namespace

absl::StatusOr<std::string> WriteDocx(const std::vector<Block>& blocks, const DocxPage& page) {
  return WriteZip({{"[Content_Types].xml", FixedPart("content_types.xml")},
                   {"_rels/.rels", FixedPart("package_rels.xml")},
                   {"docProps/core.xml", CorePart(page)},
                   {"word/_rels/document.xml.rels", FixedPart("document_rels.xml")},
                   {"word/document.xml", DocumentPart(blocks)},
                   {"word/fontTable.xml", FixedPart("font_table.xml")},
                   {"word/footer1.xml", FooterPart(page, false)},
                   {"word/footer2.xml", FooterPart(page, true)},
                   {"word/header1.xml", HeaderPart(page)},
                   {"word/settings.xml", FixedPart("settings.xml")},
                   {"word/styles.xml", FixedPart("styles.xml")}});
}

}  // namespace zhenhui::reporting::report

#include "tests/testing/reporting/docx_builder.h"

#include <zip.h>

#include <stdexcept>

namespace zhenhui::testing {
namespace {

constexpr char kWordNamespace[] = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
constexpr char kXmlHead[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";

void Require(bool good, const char* what) {
  if (!good) throw std::runtime_error(std::string("cannot make a zip archive: ") + what);
}

std::string Escaped(const std::string& text) {
  std::string xml;
  for (const char c : text) {
    if (c == '&') {
      xml += "&amp;";
    } else if (c == '<') {
      xml += "&lt;";
    } else {
      xml += c;
    }
  }
  return xml;
}

}  // namespace

std::string ZipOf(const std::vector<std::pair<std::string, std::string>>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  Require(target != nullptr, "buffer");
  zip_source_keep(target);  // the archive takes one reference, the bytes are read through the other
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  Require(archive != nullptr, "open");
  for (const auto& [name, content] : entries) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t at =
        source == nullptr ? -1 : zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    Require(at >= 0, "add");
    // The fastest level: the usual one takes seconds for megabytes that hardly repeat.
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), ZIP_CM_DEFLATE, 1);
  }
  Require(zip_close(archive) == 0, "close");
  Require(zip_source_open(target) == 0, "read");
  zip_stat_t stat;
  Require(zip_source_stat(target, &stat) == 0, "stat");
  std::string bytes(stat.size, '\0');
  const bool whole =
      zip_source_read(target, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  zip_error_fini(&error);
  Require(whole, "read");
  return bytes;
}

std::string DocxOf(const std::string& body, const std::string& styles) {
  const std::string head = std::string(kXmlHead);
  return ZipOf({
      {"[Content_Types].xml",
       head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
      {"_rels/.rels", head +
                          "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/"
                          "officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
                          "</Relationships>"},
      {"word/document.xml",
       head + "<w:document " + kWordNamespace + "><w:body>" + body + "<w:sectPr/></w:body></w:document>"},
      {"word/styles.xml", head + "<w:styles " + kWordNamespace + ">" + styles + "</w:styles>"},
  });
}

std::string WordParagraph(const std::string& text, const std::string& properties) {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + "<w:r><w:t>" +
         Escaped(text) + "</w:t></w:r></w:p>";
}

std::string WordTable(const std::vector<std::vector<std::string>>& rows) {
  std::string xml = "<w:tbl><w:tblPr/>";
  for (const auto& row : rows) {
    xml += "<w:tr>";
    for (const std::string& cell : row) xml += "<w:tc><w:tcPr/>" + WordParagraph(cell) + "</w:tc>";
    xml += "</w:tr>";
  }
  return xml + "</w:tbl>";
}

}  // namespace zhenhui::testing

#pragma once
#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/report/document.h"

// Pieces of WordprocessingML, shared by the parts of a Word file.
namespace zhenhui::reporting::report {

// Twentieths of a point; 1 mm is 56.69 of them. The text block is 156 x 225 mm.
inline constexpr int kPageWidth = 11906;
inline constexpr int kPageHeight = 16838;
inline constexpr int kMarginTop = 2098;     // 37 mm
inline constexpr int kMarginLeft = 1588;    // 28 mm
inline constexpr int kMarginRight = 1474;   // 26 mm
inline constexpr int kMarginBottom = 1984;  // 35 mm
inline constexpr int kTextWidth = kPageWidth - kMarginLeft - kMarginRight;

// A new root element of a part, with the namespaces that it needs.
pugi::xml_node AddPartRoot(pugi::xml_document* part, const char* name);
std::string PartText(const pugi::xml_document& part);

// Adds a paragraph of a style, without text, and gives it back.
pugi::xml_node AddParagraph(pugi::xml_node parent, const char* style);
void AddRun(pugi::xml_node paragraph, std::string_view text);

// The blocks, then what the page looks like.
void AddBody(pugi::xml_node body, const std::vector<Block>& blocks);

// A table as wide as the text, with its caption and note. Its heading is repeated on each page.
void AddDocxTable(pugi::xml_node body, const Table& table);

}  // namespace zhenhui::reporting::report

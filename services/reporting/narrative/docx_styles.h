#pragma once
#include <map>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace zhenhui::reporting::narrative {

// A name without its prefix: documents may call the namespace as they like ("w:p", "ns0:p").
std::string_view LocalName(pugi::xml_node node);
// The first child of that local name; a null node if there is none.
pugi::xml_node Child(pugi::xml_node node, std::string_view name);
// An attribute's value by its local name; "" without it.
std::string_view Attribute(pugi::xml_node node, std::string_view name);

// Which paragraph styles are headings: those with an outline level, "heading 1" and "title" by name, and what
// is based on such. Immutable, thread-safe.
class DocxStyles {
 public:
  DocxStyles() = default;
  explicit DocxStyles(const pugi::xml_document& styles);

  // By the properties of a paragraph (w:pPr), which may be null.
  bool IsHeading(pugi::xml_node properties) const;

 private:
  struct Style {
    bool heading = false;
    bool decided = false;  // by itself; else `based_on` decides
    std::string based_on;
  };
  bool IsHeadingStyle(std::string_view id) const;

  std::map<std::string, Style, std::less<>> styles_;
};

}  // namespace zhenhui::reporting::narrative

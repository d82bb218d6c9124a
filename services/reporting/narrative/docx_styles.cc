#include "services/reporting/narrative/docx_styles.h"

#include "absl/strings/ascii.h"

namespace zhenhui::reporting::narrative {
namespace {

constexpr int kBasedOnLimit = 16;  // a chain of styles that goes round ends here

std::string_view AfterColon(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Levels 0 to 8 are headings, 9 is body text.
bool IsHeadingLevel(std::string_view level) {
  return level.size() == 1 && level[0] >= '0' && level[0] <= '8';
}

bool IsHeadingName(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower({name.data(), name.size()});
  return lower.starts_with("heading ") || lower == "title" || lower.starts_with("标题");
}

}  // namespace

std::string_view LocalName(pugi::xml_node node) { return AfterColon(node.name()); }

pugi::xml_node Child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node child : node.children())
    if (LocalName(child) == name) return child;
  return {};
}

std::string_view Attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes())
    if (AfterColon(attribute.name()) == name) return attribute.value();
  return "";
}

DocxStyles::DocxStyles(const pugi::xml_document& styles) {
  for (const pugi::xml_node node : styles.document_element().children()) {
    if (LocalName(node) != "style") continue;
    Style style;
    style.based_on = Attribute(Child(node, "basedOn"), "val");
    const std::string_view level = Attribute(Child(Child(node, "pPr"), "outlineLvl"), "val");
    const bool named = IsHeadingName(Attribute(Child(node, "name"), "val"));
    style.decided = named || !level.empty();
    style.heading = named || IsHeadingLevel(level);
    styles_.emplace(Attribute(node, "styleId"), std::move(style));
  }
}

bool DocxStyles::IsHeadingStyle(std::string_view id) const {
  for (int i = 0; i < kBasedOnLimit; ++i) {
    const auto found = styles_.find(id);
    if (found == styles_.end()) return false;
    if (found->second.decided) return found->second.heading;
    id = found->second.based_on;
  }
  return false;
}

bool DocxStyles::IsHeading(pugi::xml_node properties) const {
  const std::string_view level = Attribute(Child(properties, "outlineLvl"), "val");
  if (!level.empty()) return IsHeadingLevel(level);
  return IsHeadingStyle(Attribute(Child(properties, "pStyle"), "val"));
}

}  // namespace zhenhui::reporting::narrative

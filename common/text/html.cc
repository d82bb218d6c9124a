#include "common/text/html.h"

namespace zhenhui {

void AppendHtmlText(std::string_view text, std::string& html) {
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7f) {
          html += "\xEF\xBF\xBD";
        } else {
          html += c;
        }
    }
  }
}

std::string HtmlText(std::string_view text) {
  std::string html;
  AppendHtmlText(text, html);
  return html;
}

}  // namespace zhenhui

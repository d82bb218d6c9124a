#pragma once
#include <string>
#include <string_view>

namespace zhenhui {

// Appends `text` so that it is only text, in an element or in a quoted attribute: & < > " ' are escaped,
// control characters but tab and LF become U+FFFD (a browser would refuse them).
void AppendHtmlText(std::string_view text, std::string& html);
std::string HtmlText(std::string_view text);

}  // namespace zhenhui

#pragma once

#include <string>
#include <string_view>

namespace zhenhui::gateway::transcoding {

// Appends `text` as a JSON string with quotation marks; only what must be escaped is. False, and an
// unfinished string at the end of `out`, if it is no UTF-8.
bool AppendJsonString(std::string_view text, std::string* out);

// The same, with U+FFFD in place of each byte that is no UTF-8.
void AppendJsonStringReplacing(std::string_view text, std::string* out);

// Appends standard base64 with padding, with quotation marks.
void AppendBase64(std::string_view bytes, std::string* out);

// Appends the shortest number that reads back as the same; "NaN", "Infinity" and "-Infinity" as strings.
void AppendDouble(double value, std::string* out);
void AppendFloat(float value, std::string* out);

}  // namespace zhenhui::gateway::transcoding

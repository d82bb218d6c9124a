#include "services/activities/storage/array_literal.h"

namespace zhenhui::activities {

void ArrayLiteral::AddRaw(std::string_view text) {
  if (text_.size() > 1) text_ += ',';
  text_ += text;
}

void ArrayLiteral::Add(std::string_view text) {
  AddRaw("\"");
  for (const char c : text) {
    if (c == '"' || c == '\\') text_ += '\\';
    text_ += c;
  }
  text_ += '"';
}

void ArrayLiteral::Add(int64_t value) { AddRaw(std::to_string(value)); }

}  // namespace zhenhui::activities

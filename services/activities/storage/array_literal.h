#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace zhenhui::activities {

// Builds a PostgreSQL array in its text form, for a parameter such as $2::text[]: libpqxx 6.4 has no array
// parameters.
class ArrayLiteral {
 public:
  // Any text without NUL; it is quoted, so NULL and commas are texts like others.
  void Add(std::string_view text);
  void Add(int64_t value);
  void Add(bool value) { AddRaw(value ? "t" : "f"); }

  // "{...}"; the literal can go on growing afterwards.
  std::string Text() const { return text_ + "}"; }

 private:
  void AddRaw(std::string_view text);

  std::string text_ = "{";
};

}  // namespace zhenhui::activities

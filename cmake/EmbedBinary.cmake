# Run by zhenhui_embed_descriptors: writes OUT, a source file that defines zhenhui::embedded::NAME() over the bytes of FILE.
file(READ "${FILE}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
# One literal for every 2000 bytes: a single one would be a line of a megabyte.
set(pieces "")
set(at 0)
while(at LESS digits)
  string(SUBSTRING "${hex}" ${at} 4000 piece)
  string(REGEX REPLACE "(..)" "\\\\x\\1" piece "${piece}")
  string(APPEND pieces "    \"${piece}\"\n")
  math(EXPR at "${at} + 4000")
endwhile()
file(WRITE "${OUT}.new"
"#include <string_view>

namespace zhenhui::embedded {
std::string_view ${NAME}();
std::string_view ${NAME}() {
  static constexpr char kBytes[] =
${pieces}      ;
  return {kBytes, ${size}};
}
}  // namespace zhenhui::embedded
")
file(RENAME "${OUT}.new" "${OUT}")

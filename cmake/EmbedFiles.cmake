# Run by zhenhui_embed: writes OUT, a source file that defines zhenhui::embedded::NAME() over the texts of FILES.
string(REPLACE "|" ";" FILES "${FILES}")
set(rows "")
foreach(file IN LISTS FILES)
  file(READ "${file}" text)
  file(SHA256 "${file}" digest)
  get_filename_component(name "${file}" NAME)
  if(text MATCHES "\\)zh_embed\"")
    message(FATAL_ERROR "${file} contains the raw string's end mark")
  endif()
  string(LENGTH "${text}" length)
  # A raw string literal has a limit of 64 KiB in some compilers; pieces are joined by the preprocessor.
  set(pieces "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "R\"zh_embed(${piece})zh_embed\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  if(length EQUAL 0)
    set(pieces "\"\"")
  endif()
  string(APPEND rows "    {\"${name}\", \"${digest}\",\n${pieces}},\n")
endforeach()
file(WRITE "${OUT}.new"
"#include \"common/embedded/embedded.h\"

namespace zhenhui::embedded {
const std::vector<File>& ${NAME}() {
  static const std::vector<File> files = {
${rows}  };
  return files;
}
}  // namespace zhenhui::embedded
")
file(RENAME "${OUT}.new" "${OUT}")

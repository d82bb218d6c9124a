#pragma once
#include <string_view>
#include <vector>

namespace zhenhui::embedded {

// One text file compiled into a binary by the CMake function zhenhui_embed.
struct File {
  const char* name;       // without its folder: "0001_initial.sql"
  const char* sha256;     // of the file's bytes, lower-case hex
  std::string_view text;  // the file's bytes; lives as long as the process
};

}  // namespace zhenhui::embedded

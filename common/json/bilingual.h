#pragma once
#include <string>

namespace zhenhui {

// The two languages in which every name of a data file stands.
struct Bilingual {
  std::string zh;
  std::string en;

  friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

}  // namespace zhenhui

#pragma once
#include <string>

namespace zhenhui::cli {

// The scope inside a bearer token ("630106", "630106101", "*"), only to fill in defaults: the signature is
// for the server to check. Empty when the token cannot be read.
std::string ScopeOfToken(const std::string& token);

}  // namespace zhenhui::cli

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zhenhui::gateway::http {

// Header lines in the order in which they were sent. Names are compared without regard to case. A request has
// a dozen at most, so a walk over them is faster than any map.
class Headers {
 public:
  using Line = std::pair<std::string, std::string>;

  Headers() = default;
  Headers(std::initializer_list<Line> lines) : lines_(lines) {}

  // The first line's value; empty if there is none.
  std::string_view Find(std::string_view name) const;
  bool Has(std::string_view name) const;
  void Add(std::string_view name, std::string_view value);
  // In place of all lines of that name.
  void Set(std::string_view name, std::string_view value);

  const std::vector<Line>& lines() const { return lines_; }
  void clear() { lines_.clear(); }

 private:
  std::vector<Line> lines_;
};

}  // namespace zhenhui::gateway::http

#pragma once
#include <optional>
#include <string>
#include <vector>

namespace zhenhui::bench {

// Of at least one value; of an even number the lower middle.
double Median(std::vector<double> values);
// The smallest value that at least `percent` of the values do not exceed; 0 of none.
double Percentile(std::vector<double> values, double percent);

// What one benchmark found out: a table for people, and the same as JSON.
class Figures {
 public:
  // `about` states sizes and conditions.
  Figures(std::string name, std::string about);

  // Adds a line with the median of the runs, and the runs themselves. `bar` is what the design asks for.
  void Add(const std::string& what, const std::string& unit, const std::vector<double>& runs);
  void AtLeast(const std::string& what, const std::string& unit, const std::vector<double>& runs, double bar);
  void AtMost(const std::string& what, const std::string& unit, const std::vector<double>& runs, double bar);

  // Prints the table, and writes $ZHENHUI_BENCH_OUT/<name>.json if that is set. Returns how many bars were
  // missed.
  int Tell() const;

 private:
  struct Line {
    std::string what;
    std::string unit;
    std::vector<double> runs;
    std::optional<double> bar;
    bool at_least = true;
    bool Reached() const;
  };
  std::string Json() const;
  const std::string name_;
  const std::string about_;
  std::vector<Line> lines_;
};

}  // namespace zhenhui::bench

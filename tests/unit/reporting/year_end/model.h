#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zhenhui::reporting {

// A year end as a clerk would describe it, in other words than the program's: two towns, whose figures are
// one number each. Everything that a random test asks of the real one is asked of this one too.
struct YearModel {
  using Numbers = std::array<int, 2>;

  Numbers now{};
  bool over = true;
  bool clocks_agree = true;

  std::array<std::optional<int>, 2> has_signed;  // the number
  std::map<std::string, Numbers> has_approved;
  bool closed = false;
  std::vector<Numbers> certified;  // one for each closing
  std::optional<std::pair<std::string, std::string>> wants_it_reopened;
  std::string reopened_it;
  int steps = 0;

  // Each gives the reason of the refusal, or "done".
  std::string Sign(int town, int seen);
  std::string Approve(const std::string& person, const Numbers& seen);
  std::string Close();
  std::string Ask(const std::string& person, const std::string& reason);
  std::string Agree(const std::string& person);

  bool AllSigned() const;
  int Approvals() const;
  bool Closable() const { return over && clocks_agree && AllSigned() && Approvals() >= 2; }
};

}  // namespace zhenhui::reporting

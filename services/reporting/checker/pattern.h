#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/checker/text.h"

// The small language in which phrases.json says what a metric is called in prose.
//
//   phrase      = alternative ;
//   alternative = sequence { "|" sequence } ;
//   sequence    = { sign | "(" alternative ")" | "<" name ">" | "~" } ;
//
// A sign stands for itself; "<name>" for any phrase of the class `name`; "~" for at most 8 characters that do
// not end a clause (a figure counts as one). Brackets cannot be literal: 村（社区） is "村~". An alternative
// may be empty: "法治(宣传|)讲座". White space is left out. Examples:
//   "(举办|开展)~<law>讲座"   举办各类法治讲座, 开展宪法讲座
//   "村~法律顾问"             村法律顾问, 村（社区）聘请法律顾问, 村聘请3名法律顾问
namespace zhenhui::reporting::checker {

// How many signs "~" steps over at `at`: 1, the length of a figure that begins there, or 0 where it must stop
// (the end of a clause).
using Stepper = std::function<size_t(size_t at)>;

// A compiled phrase. Immutable; thread-safe.
class Pattern {
 public:
  // `class_of` gives the text of a class, or null. INVALID_ARGUMENT (DATA_FILE_INVALID) says what is wrong
  // with the phrase: an unclosed bracket, an unknown class, a phrase that matches nothing at all.
  using ClassLookup = std::function<const std::string*(std::string_view name)>;
  static absl::StatusOr<Pattern> Compile(std::string_view phrase, const ClassLookup& class_of);

  // The longest match that begins exactly at `at`, with how many signs of it are literal.
  struct Match {
    size_t end = 0;
    int literals = 0;
  };
  std::optional<Match> MatchAt(std::u32string_view chars, size_t at, const Stepper& step) const;

  // The signs with which a match can begin; each phrase must begin with a sign, not with "~".
  const std::u32string& first_signs() const { return first_signs_; }

 private:
  friend class PatternCompiler;
  enum class Op : uint8_t { kSign, kSplit, kGap, kAccept };
  struct Node {
    Op op = Op::kAccept;
    char32_t sign = 0;
    std::vector<int> next = {};
  };
  void Walk(int node, std::u32string_view chars, size_t at, int literals, const Stepper& step,
            std::optional<Match>& best) const;
  void CollectFirst(int node, int depth);

  std::vector<Node> nodes_;  // nodes_[0] accepts
  int start_ = 0;
  std::u32string first_signs_;
};

}  // namespace zhenhui::reporting::checker

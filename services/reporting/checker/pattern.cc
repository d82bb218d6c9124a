#include "services/reporting/checker/pattern.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/json/object_reader.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting::checker {
namespace {

constexpr size_t kLongestGap = 8;
constexpr int kDeepestNesting = 12;

}  // namespace

// Compiles from right to left: each part is given the node that follows it.
class PatternCompiler {
 public:
  PatternCompiler(std::string_view phrase, const Pattern::ClassLookup& class_of)
      : phrase_(phrase), class_of_(class_of) {}

  absl::StatusOr<Pattern> Run() {
    pattern_.nodes_.push_back({});
    ASSIGN_OR_RETURN(pattern_.start_, Phrase(Fold(phrase_), 0, 0));
    pattern_.CollectFirst(pattern_.start_, 0);
    if (pattern_.first_signs_.empty()) return Problem("must begin with a sign");
    return std::move(pattern_);
  }

 private:
  absl::Status Problem(std::string_view what) const {
    return json::FileError(absl::StrCat("phrase '", std::string(phrase_), "'"), "", std::string(what));
  }

  int Add(Pattern::Node node) {
    pattern_.nodes_.push_back(std::move(node));
    return static_cast<int>(pattern_.nodes_.size()) - 1;
  }

  // A whole phrase that `follow` follows.
  absl::StatusOr<int> Phrase(std::u32string_view text, int follow, int depth) {
    if (depth > kDeepestNesting) return Problem("is nested too deeply");
    Pattern::Node split{.op = Pattern::Op::kSplit};
    size_t begin = 0;
    int open = 0;
    for (size_t at = 0; at <= text.size(); ++at) {
      const char32_t c = at < text.size() ? text[at] : U'|';
      open += c == U'(' ? 1 : c == U')' ? -1 : 0;
      if (open < 0) return Problem("closes a bracket that is not open");
      if (c != U'|' || (open > 0 && at < text.size())) continue;
      if (open > 0) return Problem("leaves a bracket open");
      ASSIGN_OR_RETURN(const int branch, Sequence(text.substr(begin, at - begin), follow, depth));
      split.next.push_back(branch);
      begin = at + 1;
    }
    return split.next.size() == 1 ? split.next.front() : Add(std::move(split));
  }

  absl::StatusOr<int> Sequence(std::u32string_view text, int follow, int depth) {
    while (!text.empty()) {
      const char32_t last = text.back();
      if (last == U')') {
        size_t at = text.size();
        int open = 0;
        do {
          --at;
          open += text[at] == U')' ? 1 : text[at] == U'(' ? -1 : 0;
        } while (open > 0 && at > 0);
        if (open > 0) return Problem("closes a bracket that is not open");
        ASSIGN_OR_RETURN(follow, Phrase(text.substr(at + 1, text.size() - at - 2), follow, depth + 1));
        text = text.substr(0, at);
      } else if (last == U'>') {
        const size_t at = text.rfind(U'<');
        if (at == text.npos) return Problem("closes a class that is not open");
        const std::string name = ToUtf8(text.substr(at + 1, text.size() - at - 2));
        const std::string* phrase = class_of_(name);
        if (phrase == nullptr) return Problem(absl::StrCat("names no class '", name, "'"));
        ASSIGN_OR_RETURN(follow, Phrase(Fold(*phrase), follow, depth + 1));
        text = text.substr(0, at);
      } else {
        if (last == U'<' || last == U'(' || last == U'|') return Problem("leaves a class or a bracket open");
        // Fold makes "~" a "-", as it makes every tilde.
        const Pattern::Op op = last == U'-' ? Pattern::Op::kGap : Pattern::Op::kSign;
        follow = Add({op, last, {follow}});
        text.remove_suffix(1);
      }
    }
    return follow;
  }

  const std::string_view phrase_;
  const Pattern::ClassLookup& class_of_;
  Pattern pattern_;
};

absl::StatusOr<Pattern> Pattern::Compile(std::string_view phrase, const ClassLookup& class_of) {
  return PatternCompiler(phrase, class_of).Run();
}

void Pattern::CollectFirst(int node, int depth) {
  const Node& at = nodes_[static_cast<size_t>(node)];
  if (at.op == Op::kSign && first_signs_.find(at.sign) == first_signs_.npos) first_signs_ += at.sign;
  if (at.op != Op::kSplit || depth > 2 * kDeepestNesting) return;
  for (const int next : at.next) CollectFirst(next, depth + 1);
}

void Pattern::Walk(int node, std::u32string_view chars, size_t at, int literals, const Stepper& step,
                   std::optional<Match>& best) const {
  const Node& here = nodes_[static_cast<size_t>(node)];
  switch (here.op) {
    case Op::kAccept:
      if (literals > 0 && (!best || literals > best->literals)) best = Match{at, literals};
      return;
    case Op::kSign:
      if (at < chars.size() && chars[at] == here.sign) {
        Walk(here.next.front(), chars, at + 1, literals + 1, step, best);
      }
      return;
    case Op::kSplit:
      for (const int next : here.next) Walk(next, chars, at, literals, step, best);
      return;
    case Op::kGap:
      for (size_t skipped = 0;; ++skipped) {
        Walk(here.next.front(), chars, at, literals, step, best);
        const size_t length = skipped == kLongestGap || at >= chars.size() ? 0 : step(at);
        if (length == 0) return;
        at += length;
      }
  }
}

std::optional<Pattern::Match> Pattern::MatchAt(std::u32string_view chars, size_t at,
                                               const Stepper& step) const {
  std::optional<Match> best;
  Walk(start_, chars, at, 0, step, best);
  return best;
}

}  // namespace zhenhui::reporting::checker

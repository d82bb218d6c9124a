#include "gateway/transcoding/path_template.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::gateway::transcoding {
namespace {

using Kind = PathTemplate::Kind;

class TemplateParser {
 public:
  explicit TemplateParser(std::string_view text) : text_(text) {}

  absl::StatusOr<PathTemplate> Parse() {
    if (!Take('/')) return Wrong("a template begins with '/'");
    RETURN_IF_ERROR(ParseSegments(/*in_variable=*/false));
    if (Take(':')) {
      result_.verb = TakeWhileLiteral();
      if (result_.verb.empty()) return Wrong("a verb is expected after ':'");
    }
    if (at_ != text_.size()) return Wrong("this character has no meaning here");
    for (size_t i = 0; i + 1 < result_.segments.size(); ++i) {
      if (result_.segments[i].kind == Kind::kDoubleStar) return Wrong("'**' must be the last segment");
    }
    return std::move(result_);
  }

 private:
  absl::Status Wrong(std::string_view what) const {
    return Error(
        absl::StatusCode::kInvalidArgument, "TEMPLATE_INVALID",
        absl::StrCat("the URL template \"", Absl(text_), "\" at character ", at_ + 1, ": ", Absl(what)));
  }

  bool Take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string TakeWhileLiteral() {
    const size_t begin = at_;
    while (at_ < text_.size() && (absl::ascii_isalnum(static_cast<unsigned char>(text_[at_])) ||
                                  std::string_view("-._~").find(text_[at_]) != std::string_view::npos)) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  absl::Status ParseSegments(bool in_variable) {
    do {
      RETURN_IF_ERROR(ParseSegment(in_variable));
    } while (Take('/'));
    return absl::OkStatus();
  }

  absl::Status ParseSegment(bool in_variable) {
    if (Take('*')) {
      result_.segments.push_back({Take('*') ? Kind::kDoubleStar : Kind::kStar});
      return absl::OkStatus();
    }
    if (Take('{')) {
      if (in_variable) return Wrong("a variable may not hold another one");
      return ParseVariable();
    }
    std::string literal = TakeWhileLiteral();
    if (literal.empty()) return Wrong("a literal, '*', '**' or a variable is expected");
    result_.segments.push_back({Kind::kLiteral, std::move(literal)});
    return absl::OkStatus();
  }

  absl::Status ParseVariable() {
    PathTemplate::Variable variable{TakeFieldPath(), result_.segments.size(), 0, false};
    if (variable.field_path.empty()) return Wrong("the name of a field is expected");
    for (const PathTemplate::Variable& other : result_.variables) {
      if (other.field_path == variable.field_path) return Wrong("this field is bound twice");
    }
    if (Take('=')) {
      RETURN_IF_ERROR(ParseSegments(/*in_variable=*/true));
    } else {
      result_.segments.push_back({Kind::kStar});
    }
    if (!Take('}')) return Wrong("'}' is expected");
    variable.end = result_.segments.size();
    variable.several = variable.end - variable.begin > 1 || result_.segments.back().kind == Kind::kDoubleStar;
    result_.variables.push_back(std::move(variable));
    return absl::OkStatus();
  }

  // "a.b_c": identifiers with dots between them; empty if there is none.
  std::string TakeFieldPath() {
    const size_t begin = at_;
    bool expects_name = true;
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '.') {
        if (expects_name) return "";
        expects_name = true;
      } else if (c == '_' || absl::ascii_isalpha(c) || (!expects_name && absl::ascii_isdigit(c))) {
        expects_name = false;
      } else {
        break;
      }
      ++at_;
    }
    return expects_name ? "" : std::string(text_.substr(begin, at_ - begin));
  }

  const std::string_view text_;
  size_t at_ = 0;
  PathTemplate result_ = {};
};

}  // namespace

absl::StatusOr<PathTemplate> ParsePathTemplate(std::string_view text) { return TemplateParser(text).Parse(); }

Overlap Compare(const PathTemplate& first, const PathTemplate& second) {
  const auto& a = first.segments;
  const auto& b = second.segments;
  bool first_wider = false;
  bool second_wider = false;
  for (size_t i = 0;; ++i) {
    const bool a_deep = i < a.size() && a[i].kind == Kind::kDoubleStar;
    const bool b_deep = i < b.size() && b[i].kind == Kind::kDoubleStar;
    if (a_deep || b_deep) {
      first_wider |= a_deep && !b_deep;
      second_wider |= b_deep && !a_deep;
      break;
    }
    if (i == a.size() && i == b.size()) break;
    if (i == a.size() || i == b.size()) return Overlap::kDisjoint;
    const bool a_star = a[i].kind == Kind::kStar;
    const bool b_star = b[i].kind == Kind::kStar;
    if (!a_star && !b_star && a[i].literal != b[i].literal) return Overlap::kDisjoint;
    first_wider |= a_star && !b_star;
    second_wider |= b_star && !a_star;
  }
  if (first_wider && second_wider) return Overlap::kAmbiguous;
  if (first_wider) return Overlap::kSecondNarrower;
  return second_wider ? Overlap::kFirstNarrower : Overlap::kSame;
}

}  // namespace zhenhui::gateway::transcoding

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace zhenhui::gateway::transcoding {

// A parsed URL template of google.api.http:
//
//   Template = "/" Segments [ ":" Verb ]
//   Segments = Segment { "/" Segment }
//   Segment  = "*" | "**" | Literal | Variable
//   Variable = "{" FieldPath [ "=" Segments ] "}"          "{a}" is "{a=*}"
//
// "*" is one segment that is not empty; "**", which must be the last, any number of them, also none.
struct PathTemplate {
  enum class Kind { kLiteral, kStar, kDoubleStar };
  struct Segment {
    Kind kind;
    std::string literal = {};
  };
  // The field `field_path` takes the segments [begin, end), joined by '/'.
  struct Variable {
    std::string field_path;
    size_t begin;
    size_t end;
    bool several;  // may hold a '/': percent-decoding then keeps %2F
  };

  std::vector<Segment> segments;
  std::vector<Variable> variables;
  std::string verb;  // without ':'; empty if there is none
};

// INVALID_ARGUMENT, reason TEMPLATE_INVALID, with the position of what is wrong.
absl::StatusOr<PathTemplate> ParsePathTemplate(std::string_view text);

// How the paths that two templates match relate.
enum class Overlap {
  kDisjoint,        // no path matches both
  kSame,            // the same paths match both
  kFirstNarrower,   // whatever matches the first, matches the second
  kSecondNarrower,  // the other way round
  kAmbiguous,       // some paths match both, and neither is narrower
};
Overlap Compare(const PathTemplate& first, const PathTemplate& second);

}  // namespace zhenhui::gateway::transcoding

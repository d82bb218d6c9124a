#include "gateway/transcoding/router.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "gateway/transcoding/percent.h"

namespace zhenhui::gateway::transcoding {
namespace {

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  while (true) {
    const size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos || segments.size() > Router::kMaxSegments) return segments;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

// One search: `raw` are the path's segments, `plain` the same decoded, to compare with literals.
struct Router::Walked {
  std::string_view http_method;
  std::string_view verb = {};
  std::vector<std::string_view> raw = {};
  std::vector<std::string> plain = {};
  const Entry* found = nullptr;
  std::set<std::string> allow = {};
};

size_t Router::Child(size_t node, const PathTemplate::Segment& segment) {
  const auto add = [this] {
    nodes_.emplace_back();
    return nodes_.size() - 1;
  };
  if (segment.kind == PathTemplate::Kind::kLiteral) {
    const auto known = nodes_[node].literals.find(segment.literal);
    if (known != nodes_[node].literals.end()) return known->second;
    const size_t child = add();
    nodes_[node].literals[segment.literal] = child;
    return child;
  }
  size_t Node::*const slot = segment.kind == PathTemplate::Kind::kStar ? &Node::star : &Node::deep;
  if (nodes_[node].*slot == 0) {
    const size_t child = add();  // may move the nodes
    nodes_[node].*slot = child;
  }
  return nodes_[node].*slot;
}

absl::Status Router::Add(std::string_view http_method, const PathTemplate& path, int route,
                         std::string_view who) {
  for (const Entry& other : entries_) {
    if (other.http_method != http_method || other.path.verb != path.verb) continue;
    const Overlap overlap = Compare(other.path, path);
    if (overlap != Overlap::kSame && overlap != Overlap::kAmbiguous) continue;
    return Error(absl::StatusCode::kFailedPrecondition, "ROUTE_AMBIGUOUS",
                 absl::StrCat(other.who, " and ", Absl(who), " are bound to the same paths under ",
                              Absl(http_method), "; give one of them another template"));
  }
  size_t node = 0;
  for (const PathTemplate::Segment& segment : path.segments) node = Child(node, segment);
  nodes_[node].leaves[path.verb][std::string(http_method)] = entries_.size();
  entries_.push_back({std::string(http_method), path, route, std::string(who)});
  return absl::OkStatus();
}

// Whether the search ends here: a leaf for verb and HTTP method. Other HTTP methods are noted on the way.
bool Router::Accept(const Node& node, Walked& walked) const {
  const auto methods = node.leaves.find(std::string(walked.verb));
  if (methods == node.leaves.end()) return false;
  for (const auto& [http_method, entry] : methods->second) {
    if (http_method == walked.http_method) {
      walked.found = &entries_[entry];
      return true;
    }
    walked.allow.insert(http_method);
  }
  return false;
}

bool Router::Walk(const Node& node, size_t at, Walked& walked) const {
  if (at == walked.plain.size()) {
    return Accept(node, walked) || (node.deep != 0 && Accept(nodes_[node.deep], walked));
  }
  if (const auto literal = node.literals.find(walked.plain[at]); literal != node.literals.end()) {
    if (Walk(nodes_[literal->second], at + 1, walked)) return true;
  }
  if (walked.plain[at].empty()) return false;
  if (node.star != 0 && Walk(nodes_[node.star], at + 1, walked)) return true;
  if (node.deep == 0) return false;
  for (size_t i = at; i < walked.plain.size(); ++i) {
    if (walked.plain[i].empty()) return false;
  }
  return Accept(nodes_[node.deep], walked);
}

bool Router::TakeValues(const Entry& entry, const std::vector<std::string_view>& segments,
                        RouteMatch* match) const {
  for (const PathTemplate::Variable& variable : entry.path.variables) {
    const bool to_end = entry.path.segments[variable.end - 1].kind == PathTemplate::Kind::kDoubleStar;
    const size_t end = to_end ? segments.size() : variable.end;
    std::string value;
    for (size_t i = variable.begin; i < end; ++i) {
      const std::optional<std::string> part =
          PercentDecode(segments[i], variable.several ? PercentRule::kSegments : PercentRule::kSegment);
      if (!part) return false;
      absl::StrAppend(&value, i == variable.begin ? "" : "/", *part);
    }
    match->values.push_back(std::move(value));
  }
  return true;
}

RouteMatch Router::Find(std::string_view http_method, std::string_view path) const {
  RouteMatch match;
  if (path.empty() || path[0] != '/') return match;
  Walked walked{http_method};
  walked.raw = SplitPath(path.substr(1));
  if (walked.raw.size() > kMaxSegments) return match;
  for (const std::string_view segment : walked.raw) {
    std::optional<std::string> plain = PercentDecode(segment, PercentRule::kSegment);
    if (!plain) {
      match.kind = RouteMatch::Kind::kMalformedPath;
      return match;
    }
    walked.plain.push_back(*std::move(plain));
  }
  // Only a colon that was not percent-encoded begins a verb.
  const std::string_view last = walked.raw.back();
  if (const size_t colon = last.rfind(':'); colon != std::string_view::npos && colon + 1 < last.size()) {
    Walked with_verb = walked;
    with_verb.verb = last.substr(colon + 1);
    with_verb.raw.back() = last.substr(0, colon);
    with_verb.plain.back() = PercentDecode(with_verb.raw.back(), PercentRule::kSegment).value_or("");
    if (Walk(nodes_[0], 0, with_verb) || !with_verb.allow.empty()) walked = std::move(with_verb);
  }
  if (walked.found == nullptr && walked.verb.empty()) Walk(nodes_[0], 0, walked);
  if (walked.found != nullptr) {
    const bool taken = TakeValues(*walked.found, walked.raw, &match);
    match.kind = taken ? RouteMatch::Kind::kFound : RouteMatch::Kind::kMalformedPath;
    match.route = walked.found->route;
  } else if (!walked.allow.empty()) {
    match.kind = RouteMatch::Kind::kOtherMethod;
    match.allow = std::move(walked.allow);
  }
  return match;
}

}  // namespace zhenhui::gateway::transcoding

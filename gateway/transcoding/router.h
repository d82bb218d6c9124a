#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gateway/transcoding/path_template.h"

namespace zhenhui::gateway::transcoding {

// What a router found for a path.
struct RouteMatch {
  enum class Kind {
    kFound,
    kNoSuchPath,     // nothing is bound to this path
    kOtherMethod,    // it is bound, but to other HTTP methods: see `allow`
    kMalformedPath,  // its percent-encoding is broken, or it holds a NUL byte or bytes that are no UTF-8
  };
  Kind kind = Kind::kNoSuchPath;
  int route = -1;                        // what was given to Add
  std::vector<std::string> values = {};  // of the template's variables, in their order, decoded
  std::set<std::string> allow = {};
};

// Finds the route of an HTTP method and path: a trie over the templates' segments. Built once by Add, then
// const and thread-safe. A literal is preferred to '*', that to '**', and a verb to none; a path whose
// ":verb" nobody binds is taken for a path without a verb, so an id may hold a colon.
class Router {
 public:
  Router() : nodes_(1) {}

  // Longer paths match nothing.
  static constexpr size_t kMaxSegments = 64;

  // `who` names the method in messages. FAILED_PRECONDITION, reason ROUTE_AMBIGUOUS, with both names, when
  // another template of the same HTTP method and verb matches the same paths, or some of them without being
  // narrower or wider.
  absl::Status Add(std::string_view http_method, const PathTemplate& path, int route, std::string_view who);

  // `path` begins with '/', is still percent-encoded and has no query.
  RouteMatch Find(std::string_view http_method, std::string_view path) const;

 private:
  struct Node {
    std::map<std::string, size_t, std::less<>> literals = {};
    size_t star = 0;                                                   // 0: none; the root is nobody's child
    size_t deep = 0;                                                   // "**"
    std::map<std::string, std::map<std::string, size_t>> leaves = {};  // verb -> HTTP method -> entry
  };
  struct Entry {
    std::string http_method;
    PathTemplate path;
    int route;
    std::string who;
  };
  struct Walked;

  size_t Child(size_t node, const PathTemplate::Segment& segment);
  bool Walk(const Node& node, size_t at, Walked& walked) const;
  bool Accept(const Node& node, Walked& walked) const;
  // False if the values cannot be decoded.
  bool TakeValues(const Entry& entry, const std::vector<std::string_view>& segments, RouteMatch* match) const;

  std::vector<Node> nodes_;
  std::vector<Entry> entries_;
};

}  // namespace zhenhui::gateway::transcoding

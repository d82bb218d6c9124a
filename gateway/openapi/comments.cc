#include "gateway/openapi/comments.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace zhenhui::gateway::openapi {
namespace {

namespace pb = google::protobuf;

// Whether the line is an item of a list, which stands on a line of its own.
bool IsItem(absl::string_view line) { return absl::StartsWith(line, "- ") || absl::StartsWith(line, "* "); }

std::string Joined(const std::string& comment) {
  std::string text;
  bool paragraph = false;
  for (absl::string_view line : absl::StrSplit(comment, '\n')) {
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) {
      paragraph = true;
      continue;
    }
    if (!text.empty()) text += paragraph ? "\n\n" : IsItem(line) ? "\n" : " ";
    absl::StrAppend(&text, line);
    paragraph = false;
  }
  return text;
}

}  // namespace

template <typename Descriptor>
std::string CommentOf(const Descriptor& element) {
  pb::SourceLocation location;
  if (!element.GetSourceLocation(&location)) return "";
  return Joined(location.leading_comments);
}

template std::string CommentOf(const pb::Descriptor&);
template std::string CommentOf(const pb::FieldDescriptor&);
template std::string CommentOf(const pb::EnumDescriptor&);
template std::string CommentOf(const pb::EnumValueDescriptor&);
template std::string CommentOf(const pb::ServiceDescriptor&);
template std::string CommentOf(const pb::MethodDescriptor&);

std::string FirstSentence(const std::string& comment) {
  for (size_t i = 0; i < comment.size(); ++i) {
    const bool last = i + 1 == comment.size();
    if (comment[i] == '.' && (last || comment[i + 1] == ' ' || comment[i + 1] == '\n'))
      return comment.substr(0, i);
    if (comment[i] == '\n') return comment.substr(0, i);
    if (comment.compare(i, 3, "。") == 0) return comment.substr(0, i);
  }
  return comment;
}

}  // namespace zhenhui::gateway::openapi

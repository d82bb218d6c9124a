#include "tests/fuzz/targets.h"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "common/text/utf8.h"
#include "gateway/transcoding/json_reader.h"
#include "gateway/transcoding/json_writer.h"
#include "gateway/transcoding/transcoder.h"
#include "tests/testing/gateway/proto_text.h"

namespace zhenhui::gateway::transcoding {
namespace {

using Tree = nlohmann::json;

#define MUST(condition, ...)                                                                         \
  do {                                                                                               \
    if (!(condition)) {                                                                              \
      std::fprintf(stderr, "does not hold: %s\n%s\n", #condition, std::string(__VA_ARGS__).c_str()); \
      std::abort();                                                                                  \
    }                                                                                                \
  } while (false)

std::string_view View(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

const Transcoder& Services() {
  static const std::unique_ptr<const Transcoder> transcoder = *Transcoder::Create(BuiltInDescriptors());
  return *transcoder;
}

// The message with every kind of field, as the request and answer of a GET.
class Everything {
 public:
  Everything() {
    std::string proto(testing::kEverythingProto);
    proto.replace(proto.find("package test.v1;"), 16,
                  "package test.v1; import 'google/api/annotations.proto';");
    proto +=
        "service S { rpc Get(Everything) returns (Everything) { option (google.api.http) = {get: '/v1/get'}; "
        "} }";
    transcoder_ = *Transcoder::Create(testing::CompileProto(proto));
  }
  const Route& route() const { return transcoder_->routes()[0]; }
  std::unique_ptr<pb::Message> Make() const { return std::unique_ptr<pb::Message>(route().request->New()); }
  absl::Status Write(std::string_view bytes, std::string* json) const {
    return AppendJson(transcoder_->plans(), *route().answer_plan, bytes, json);
  }

 private:
  std::unique_ptr<const Transcoder> transcoder_;
};

const Everything& TheMessage() {
  static const Everything everything;
  return everything;
}

// A null in an object says the same as no member, except in google.protobuf.Value.
void DropNulls(Tree& tree) {
  if (tree.is_object()) {
    for (auto member = tree.begin(); member != tree.end();) {
      member = member->is_null() ? tree.erase(member) : std::next(member);
    }
  }
  if (tree.is_structured()) {
    for (Tree& child : tree) DropNulls(child);
  }
}

Tree TreeOf(const std::string& json) {
  Tree tree = Tree::parse(json, nullptr, /*allow_exceptions=*/false);
  MUST(!tree.is_discarded(), json);
  DropNulls(tree);
  return tree;
}

// The JSON of a message that was accepted reads back to a message with the same JSON.
void MustReadBack(std::string_view bytes) {
  std::string json;
  if (!TheMessage().Write(bytes, &json).ok()) return;  // a message may hold what has no JSON form
  const Tree tree = TreeOf(json);
  // An Any of an unknown type is written and cannot be read; empty paths of masks vanish.
  if (json.find("\"@type\"") != std::string::npos || json.find("\"mask\"") != std::string::npos) return;
  const std::unique_ptr<pb::Message> read = TheMessage().Make();
  const absl::Status status = ReadJson(json, read.get());
  MUST(status.ok(), json + status.ToString());
  std::string again;
  MUST(TheMessage().Write(read->SerializeAsString(), &again).ok(), json);
  MUST(TreeOf(again) == tree, json + "\n" + again);
}

}  // namespace

int FuzzPath(const uint8_t* data, size_t size) {
  const std::string_view input = View(data, size);
  if (const auto path = ParsePathTemplate(input); path.ok()) {
    MUST(Compare(*path, *path) == Overlap::kSame, std::string(input));
    MUST(!path->segments.empty(), std::string(input));
  }
  const size_t space = input.find(' ');
  if (space == std::string_view::npos) return 0;
  const RouteMatch match = Services().Find(input.substr(0, space), input.substr(space + 1));
  if (match.kind != RouteMatch::Kind::kFound) return 0;
  const Route& route = Services().routes()[static_cast<size_t>(match.route)];
  MUST(match.values.size() == route.variables.size(), std::string(input));
  for (const std::string& value : match.values) {
    MUST(IsValidUtf8(value) && value.find('\0') == std::string::npos && !value.empty(), value);
  }
  (void)MakeRequest(route, match.values, "", "");
  return 0;
}

int FuzzQuery(const uint8_t* data, size_t size) {
  const auto request = MakeRequest(TheMessage().route(), {}, View(data, size), "");
  if (request.ok()) MustReadBack(*request);
  return 0;
}

int FuzzBody(const uint8_t* data, size_t size) {
  const std::unique_ptr<pb::Message> message = TheMessage().Make();
  if (ReadJson(View(data, size), message.get()).ok()) MustReadBack(message->SerializeAsString());
  return 0;
}

int FuzzWire(const uint8_t* data, size_t size) {
  const std::string_view bytes = View(data, size);
  std::string json;
  if (!TheMessage().Write(bytes, &json).ok()) return 0;
  const std::unique_ptr<pb::Message> parsed = TheMessage().Make();
  MUST(parsed->ParseFromArray(data, static_cast<int>(size)), json);
  std::string again;
  MUST(TheMessage().Write(parsed->SerializeAsString(), &again).ok(), json);
  MUST(TreeOf(json) == TreeOf(again), json + "\n" + again);
  MustReadBack(bytes);
  return 0;
}

}  // namespace zhenhui::gateway::transcoding

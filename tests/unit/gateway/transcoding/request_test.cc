#include "gateway/transcoding/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "gateway/transcoding/transcoder.h"
#include "tests/testing/gateway/proto_text.h"
#include "tests/testing/matchers.h"

namespace zhenhui::gateway::transcoding {
namespace {

using testing::HasReason;
using testing::IsOk;

// kEverythingProto with a service over it.
std::string ProtoWithService() {
  return absl::StrCat("syntax = \"proto3\"; package test.v1; import \"google/api/annotations.proto\";",
                      std::string(testing::kEverythingProto.substr(testing::kEverythingProto.find("import"))),
                      R"(
message Wrapped { Everything everything = 1; string parent = 2; int32 page_size = 3; bool validate_only = 4; }
service Test {
  rpc Get(Everything) returns (Everything) { option (google.api.http) = {get: "/v1/{a_string=things/*}"}; }
  rpc Number(Everything) returns (Everything) { option (google.api.http) = {get: "/v1/numbers/{an_int32}/{colour}"}; }
  rpc Deep(Everything) returns (Everything) { option (google.api.http) = {get: "/v1/deep/{child.child.name}"}; }
  rpc Whole(Everything) returns (Everything) { option (google.api.http) = {post: "/v1/{a_string=things/*}:set" body: "*"}; }
  rpc Field(Wrapped) returns (Everything) {
    option (google.api.http) = {patch: "/v1/{everything.a_string=things/*}" body: "everything"};
  }
  rpc Create(Wrapped) returns (Everything) { option (google.api.http) = {post: "/v1/{parent=homes/*}/things" body: "everything"}; }
}
)");
}

class RequestTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::string> Make(const char* http_method, const char* path, std::string_view query,
                                   std::string_view body) const {
    const RouteMatch match = transcoder_->Find(http_method, path);
    EXPECT_EQ(match.kind, RouteMatch::Kind::kFound) << path;
    const Route& route = transcoder_->routes()[static_cast<size_t>(match.route)];
    absl::StatusOr<std::string> bytes = MakeRequest(route, match.values, query, body);
    if (!bytes.ok()) return bytes.status();
    const std::unique_ptr<pb::Message> message(route.request->New());
    EXPECT_TRUE(message->ParseFromString(*bytes));
    return message->ShortDebugString();
  }

  const std::unique_ptr<const Transcoder> transcoder_ =
      *Transcoder::Create(testing::CompileProto(ProtoWithService()));
};

struct Made {
  const char* http_method;
  const char* path;
  const char* query;
  const char* body;
  const char* request;
};

TEST_F(RequestTest, TakesFieldsFromPathQueryAndBody) {
  const Made cases[] = {
      {"GET", "/v1/things/1", "", "", R"(a_string: "things/1")"},
      {"GET", "/v1/things/1", "&&", "", R"(a_string: "things/1")"},
      {"GET", "/v1/things/1", "anInt32=5&an_int64=-9007199254740993&aBool=true", "",
       R"(an_int32: 5 an_int64: -9007199254740993 a_bool: true a_string: "things/1")"},
      {"GET", "/v1/things/1", "strings=a&strings=b+c&strings=%E6%B3%95&strings=", "",
       R"(a_string: "things/1" strings: "a" strings: "b c" strings: "\346\263\225" strings: "")"},
      {"GET", "/v1/things/1", "child.child.tags=x&child.rank=2", "",
       R"(a_string: "things/1" child { rank: 2 child { tags: "x" } })"},
      {"GET", "/v1/things/1", "colour=COLOUR_RED&colours=1&colours=-2", "",
       R"(a_string: "things/1" colour: COLOUR_RED colours: COLOUR_RED colours: COLOUR_BLUE)"},
      {"GET", "/v1/things/1", "aBytes=-_8&blobs=%2B%2F8%3D", "",
       R"(a_string: "things/1" a_bytes: "\373\377" blobs: "\373\377")"},
      {"GET", "/v1/things/1",
       "time=2024-03-05T00:00:00Z&span=1.5s&mask=displayName,a.b&boxedInt64=7&boxed_bool=false", "",
       R"(a_string: "things/1" time { seconds: 1709596800 } span { seconds: 1 nanos: 500000000 } )"
       R"(mask { paths: "display_name" paths: "a.b" } boxed_int64 { value: 7 } boxed_bool { })"},
      {"GET", "/v1/things/1", "mask=display_name", "",
       R"(a_string: "things/1" mask { paths: "display_name" })"},
      {"GET", "/v1/things/1", "aDouble=1e3&aFloat=-Infinity&maybeNumber=0", "",
       R"(a_double: 1000 a_float: -inf a_string: "things/1" maybe_number: 0)"},
      {"GET", "/v1/numbers/-5/COLOUR_BLUE", "", "", "an_int32: -5 colour: COLOUR_BLUE"},
      {"GET", "/v1/deep/x", "child.name=y", "", R"(child { name: "y" child { name: "x" } })"},
      {"POST", "/v1/things/1:set", "", R"({"anInt32":5})", R"(an_int32: 5 a_string: "things/1")"},
      {"POST", "/v1/things/1:set", "", "", R"(a_string: "things/1")"},
      {"POST", "/v1/things/1:set", "", R"({"aString":"things/1"})", R"(a_string: "things/1")"},
      {"PATCH", "/v1/things/1", "validateOnly=true", R"({"anInt32":5})",
       R"(everything { an_int32: 5 a_string: "things/1" } validate_only: true)"},
      {"POST", "/v1/homes/2/things", "pageSize=3", R"({"aString":"x"})",
       R"(everything { a_string: "x" } parent: "homes/2" page_size: 3)"},
  };
  for (const Made& test : cases) {
    EXPECT_THAT(Make(test.http_method, test.path, test.query, test.body),
                testing::IsOkAndHolds(std::string(test.request)))
        << test.path << "?" << test.query;
  }
}

struct Refused {
  const char* http_method;
  const char* path;
  const char* query;
  const char* body;
  const char* reason;
  const char* field;
};

TEST_F(RequestTest, RefusesWhatDoesNotFit) {
  const Refused cases[] = {
      {"GET", "/v1/things/1", "nosuch=1", "", "PARAMETER_UNKNOWN", "nosuch"},
      {"GET", "/v1/things/1", "child.nosuch=1", "", "PARAMETER_UNKNOWN", "child.nosuch"},
      {"GET", "/v1/things/1", "children.name=1", "", "PARAMETER_UNKNOWN", "children.name"},
      {"GET", "/v1/things/1", "aString.x=1", "", "PARAMETER_UNKNOWN", "aString.x"},
      {"GET", "/v1/things/1", "=1", "", "PARAMETER_UNKNOWN", ""},
      {"GET", "/v1/things/1", "an_int32=x", "", "PARAMETER_MALFORMED", "an_int32"},
      {"GET", "/v1/things/1", "an_int32=", "", "PARAMETER_MALFORMED", "an_int32"},
      {"GET", "/v1/things/1", "an_int32=+1", "", "PARAMETER_MALFORMED", "an_int32"},
      {"GET", "/v1/things/1", "an_int32=99999999999", "", "PARAMETER_MALFORMED", "an_int32"},
      {"GET", "/v1/things/1", "aUint64=-1", "", "PARAMETER_MALFORMED", "aUint64"},
      {"GET", "/v1/things/1", "aBool=yes", "", "PARAMETER_MALFORMED", "aBool"},
      {"GET", "/v1/things/1", "colour=RED", "", "PARAMETER_MALFORMED", "colour"},
      {"GET", "/v1/things/1", "time=yesterday", "", "PARAMETER_MALFORMED", "time"},
      {"GET", "/v1/things/1", "child=x", "", "PARAMETER_MALFORMED", "child"},
      {"GET", "/v1/things/1", "structure=x", "", "PARAMETER_MALFORMED", "structure"},
      {"GET", "/v1/things/1", "byText=x", "", "PARAMETER_MALFORMED", "byText"},
      {"GET", "/v1/things/1", "anInt32=1&an_int32=1", "", "PARAMETER_REPEATED", "an_int32"},
      {"GET", "/v1/things/1", "aString=things/2", "", "PARAMETER_NOT_ALLOWED", "aString"},
      {"GET", "/v1/things/1", "", "{}", "BODY_NOT_ALLOWED", nullptr},
      {"GET", "/v1/things/1", "strings=%", "", "QUERY_MALFORMED", nullptr},
      {"GET", "/v1/things/1", "strings=%00", "", "QUERY_MALFORMED", nullptr},
      {"GET", "/v1/things/1", "%ff=1", "", "QUERY_MALFORMED", nullptr},
      {"GET", "/v1/numbers/x/COLOUR_RED", "", "", "PATH_MALFORMED", "an_int32"},
      {"GET", "/v1/numbers/5/BLUE", "", "", "PATH_MALFORMED", "colour"},
      {"POST", "/v1/things/1:set", "anInt32=5", "{}", "PARAMETER_NOT_ALLOWED", "anInt32"},
      {"POST", "/v1/things/1:set", "", R"({"aString":"things/2"})", "PATH_BODY_CONFLICT", "a_string"},
      {"PATCH", "/v1/things/1", "", R"({"aString":"x"})", "PATH_BODY_CONFLICT", "everything.a_string"},
      {"PATCH", "/v1/things/1", "everything.anInt32=5", "{}", "PARAMETER_NOT_ALLOWED", "everything.anInt32"},
      {"PATCH", "/v1/things/1", "", "[]", "FIELD_MALFORMED", ""},
      {"POST", "/v1/things/1:set", "", "{", "BODY_MALFORMED", nullptr},
  };
  for (const Refused& test : cases) {
    const auto made = Make(test.http_method, test.path, test.query, test.body);
    EXPECT_THAT(made, HasReason(test.reason)) << test.path << "?" << test.query;
    EXPECT_EQ(made.status().code(), absl::StatusCode::kInvalidArgument);
    if (test.field == nullptr) continue;
    const auto violations = ViolationsOf(made.status());
    ASSERT_EQ(violations.size(), 1u) << test.query;
    EXPECT_EQ(violations[0].field, test.field);
  }
}

TEST_F(RequestTest, LimitsTheNumberOfParameters) {
  std::string query;
  for (size_t i = 0; i < kMaxParameters; ++i) query += "strings=a&";
  EXPECT_THAT(Make("GET", "/v1/things/1", query, ""), IsOk());
  EXPECT_THAT(Make("GET", "/v1/things/1", query + "strings=a", ""), HasReason("TOO_MANY_PARAMETERS"));
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding

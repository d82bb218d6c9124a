#include "gateway/transcoding/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>
#include <string>

#include "tests/testing/gateway/proto_text.h"
#include "tests/testing/matchers.h"

namespace zhenhui::gateway::transcoding {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;

class JsonReaderTest : public ::testing::Test {
 protected:
  std::unique_ptr<pb::Message> Make() const {
    return std::unique_ptr<pb::Message>(
        schema_->Prototype(*schema_->FindMessage("test.v1.Everything")).New());
  }
  absl::Status Read(std::string_view text) const { return ReadJson(text, Make().get()); }

  const std::unique_ptr<const Schema> schema_ =
      *Schema::Load(testing::CompileProto(testing::kEverythingProto));
};

struct ReaderCase {
  const char* json;
  const char* text;
};

TEST_F(JsonReaderTest, ReadsProto3Json) {
  const ReaderCase cases[] = {
      {"{}", ""},
      {" {\"a_string\" : \"x\"}\n", "a_string: 'x'"},
      {R"({"aString":"法\u5f8b\ud83d\ude00"})", "a_string: '法律😀'"},
      {R"({"anInt64":"9007199254740993","anInt32":5.0,"aUint32":1e2})",
       "an_int64: 9007199254740993 an_int32: 5 a_uint32: 100"},
      {R"({"anInt64":-9223372036854775808,"aUint64":18446744073709551615})",
       "an_int64: -9223372036854775808 a_uint64: 18446744073709551615"},
      {R"({"aDouble":1,"aFloat":"1.5","doubles":["NaN","-Infinity",-0.0]})",
       "a_double: 1 a_float: 1.5 doubles: [nan, -inf, -0.0]"},
      {R"({"aBytes":"-_8","blobs":["+/8=","","YQ"]})",
       "a_bytes: '\\373\\377' blobs: ['\\373\\377', '', 'a']"},
      {R"({"colour":"COLOUR_BLUE","colours":[1,"COLOUR_RED",77]})",
       "colour: COLOUR_BLUE colours: [COLOUR_RED, COLOUR_RED, 77]"},
      {R"({"child":null,"strings":null,"anInt32":null})", ""},
      {R"({"child":{"child":{"tags":["a"]}}})", "child { child { tags: 'a' } }"},
      {R"({"byText":{"a":"1"},"byNumber":{"-2":{}},"byBool":{"true":1}})",
       "by_text { key: 'a' value: 1 } by_number { key: -2 value {} } by_bool { key: true value: COLOUR_RED "
       "}"},
      {R"({"time":"2024-03-05T08:53:20.5+08:00"})", "time { seconds: 1709600000 nanos: 500000000 }"},
      {R"({"span":"-1.5s","mask":"displayName,a.bC"})",
       "span { seconds: -1 nanos: -500000000 } mask { paths: 'display_name' paths: 'a.b_c' }"},
      {R"({"boxedInt64":"5","boxedBool":false,"boxedText":null})", "boxed_int64 { value: 5 } boxed_bool {}"},
      {R"({"value":null})", "value { null_value: NULL_VALUE }"},
      {R"({"structure":{"a":[1,"x",true,null]}})",
       "structure { fields { key: 'a' value { list_value { values { number_value: 1 } values { string_value: "
       "'x' } "
       "values { bool_value: true } values { null_value: NULL_VALUE } } } } }"},
      {R"({"any":{"@type":"x/test.v1.Child","name":"a"}})",
       "any { type_url: 'x/test.v1.Child' value: '\\n\\001a' }"},
      {R"({"any":{"@type":"x/google.protobuf.Duration","value":"3s"}})",
       "any { type_url: 'x/google.protobuf.Duration' value: '\\010\\003' }"},
      {R"({"choiceText":null,"choiceNumber":0})", "choice_number: 0"},
      {R"({"other-name":"a"})", "odd_name: 'a'"},
      {R"({"odd_name":"a"})", "odd_name: 'a'"},
  };
  for (const ReaderCase& test : cases) {
    const auto read = Make();
    EXPECT_THAT(ReadJson(test.json, read.get()), IsOk()) << test.json;
    const auto expected = Make();
    ASSERT_TRUE(pb::TextFormat::ParseFromString(test.text, expected.get())) << test.text;
    EXPECT_TRUE(pb::util::MessageDifferencer::Equals(*read, *expected) ||
                read->ShortDebugString() == expected->ShortDebugString())  // NaN equals nothing
        << test.json << "\n"
        << read->ShortDebugString();
  }
}

struct Refusal {
  const char* json;
  const char* reason;
  const char* field;
};

TEST_F(JsonReaderTest, SaysWhichFieldIsWrong) {
  const Refusal cases[] = {
      {R"({"nosuch":1})", "FIELD_UNKNOWN", "nosuch"},
      {R"({"children":[{},{"child":{"nosuch":1}}]})", "FIELD_UNKNOWN", "children[1].child.nosuch"},
      {R"({"":1})", "FIELD_UNKNOWN", "\"\""},
      {R"({"anInt32":2147483648})", "FIELD_MALFORMED", "anInt32"},
      {R"({"anInt32":1.5})", "FIELD_MALFORMED", "anInt32"},
      {R"({"anInt32":"1.5"})", "FIELD_MALFORMED", "anInt32"},
      {R"({"anInt32":" 1"})", "FIELD_MALFORMED", "anInt32"},
      {R"({"anInt32":true})", "FIELD_MALFORMED", "anInt32"},
      {R"({"aUint64":-1})", "FIELD_MALFORMED", "aUint64"},
      {R"({"anInt64":9223372036854775808})", "FIELD_MALFORMED", "anInt64"},
      {R"({"anInt64":1e300})", "FIELD_MALFORMED", "anInt64"},
      {R"({"aFloat":1e39})", "FIELD_MALFORMED", "aFloat"},
      {R"({"aDouble":"x"})", "FIELD_MALFORMED", "aDouble"},
      {R"({"aBool":"true"})", "FIELD_MALFORMED", "aBool"},
      {R"({"aBool":1})", "FIELD_MALFORMED", "aBool"},
      {R"({"aString":5})", "FIELD_MALFORMED", "aString"},
      {R"({"aBytes":"a b"})", "FIELD_MALFORMED", "aBytes"},
      {R"({"colour":"RED"})", "FIELD_MALFORMED", "colour"},
      {R"({"child":[]})", "FIELD_MALFORMED", "child"},
      {R"({"child":"x"})", "FIELD_MALFORMED", "child"},
      {R"({"strings":"x"})", "FIELD_MALFORMED", "strings"},
      {R"({"strings":["a",null]})", "FIELD_MALFORMED", "strings[1]"},
      {R"({"byText":[]})", "FIELD_MALFORMED", "byText"},
      {R"({"byNumber":{"x":{}}})", "FIELD_MALFORMED", "byNumber.x"},
      {R"({"byText":{"a":null}})", "FIELD_MALFORMED", "byText.a"},
      {R"({"time":"2024-03-05"})", "FIELD_MALFORMED", "time"},
      {R"({"time":5})", "FIELD_MALFORMED", "time"},
      {R"({"span":"5"})", "FIELD_MALFORMED", "span"},
      {R"({"structure":[]})", "FIELD_MALFORMED", "structure"},
      {R"({"any":{"name":"a"}})", "FIELD_MALFORMED", "any"},
      {R"({"any":{"@type":"x/not.Known"}})", "FIELD_MALFORMED", "any"},
      {R"({"any":{"@type":"x/test.v1.Child","nosuch":"a"}})", "FIELD_UNKNOWN", "any.nosuch"},
      {R"({"aString":"a","aString":"b"})", "FIELD_REPEATED", "aString"},
      {R"({"aString":"a","a_string":"b"})", "FIELD_REPEATED", "a_string"},
      {R"({"choiceText":"a","choiceNumber":1})", "FIELD_REPEATED", "choiceText"},
  };
  for (const Refusal& test : cases) {
    const absl::Status status = Read(test.json);
    EXPECT_THAT(status, HasReason(test.reason)) << test.json;
    const auto violations = ViolationsOf(status);
    ASSERT_EQ(violations.size(), 1u) << test.json;
    EXPECT_EQ(violations[0].field, test.field) << test.json;
  }
}

TEST_F(JsonReaderTest, TellsOfAllFaultsButNotOfThousands) {
  const absl::Status two = Read(R"({"nosuch":1,"anInt32":"x"})");
  EXPECT_THAT(two, HasReason("FIELD_VIOLATION"));
  EXPECT_EQ(ViolationsOf(two).size(), 2u);
  std::string many = "{\"int32s\":[";
  for (int i = 0; i < 1000; ++i) many += "\"x\",";
  EXPECT_EQ(ViolationsOf(Read(many + "1]}")).size(), kMaxViolations);
}

TEST_F(JsonReaderTest, SaysWhereTheTextIsNoJson) {
  EXPECT_THAT(Read("{\"aString\": bad}"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("byte 13")));
  for (const char* text :
       {"", " ", "{", "{}}", "[", "nul", "{'a':1}", "{\"aString\":\"\xFF\"}", "{\"aString\":\"\\ud800\"}",
        "{\"aDouble\":1e999}", "{\"anInt32\":01}", "{\"a\":1,}"}) {
    EXPECT_THAT(Read(text), HasReason("BODY_MALFORMED")) << text;
  }
  EXPECT_THAT(Read("[]"), HasReason("FIELD_MALFORMED"));
  EXPECT_THAT(Read("null"), HasReason("FIELD_MALFORMED"));
}

TEST_F(JsonReaderTest, RefusesTooManyLevels) {
  const auto lists = [](int levels) {
    return "{\"value\":" + std::string(static_cast<size_t>(levels), '[') +
           std::string(static_cast<size_t>(levels), ']') + "}";
  };
  EXPECT_THAT(Read(lists(kMaxJsonLevels - 1)), IsOk());
  EXPECT_THAT(Read(lists(kMaxJsonLevels)), HasReason("BODY_TOO_DEEP"));
  EXPECT_THAT(Read(lists(100'000)), HasReason("BODY_TOO_DEEP"));
}

TEST_F(JsonReaderTest, ReadsABodyThatIsOneField) {
  const auto field = [&](const char* name) {
    return schema_->FindMessage("test.v1.Everything")->FindFieldByName(name);
  };
  const auto message = Make();
  EXPECT_THAT(ReadJsonField(R"({"name":"a"})", *field("child"), message.get()), IsOk());
  EXPECT_THAT(ReadJsonField(R"(["a","b"])", *field("strings"), message.get()), IsOk());
  EXPECT_THAT(ReadJsonField("5", *field("an_int32"), message.get()), IsOk());
  EXPECT_EQ(message->ShortDebugString(), R"(an_int32: 5 child { name: "a" } strings: "a" strings: "b")");
  EXPECT_THAT(ReadJsonField("{}", *field("strings"), message.get()), HasReason("FIELD_MALFORMED"));
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding

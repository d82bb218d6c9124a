#include "gateway/transcoding/json_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <google/protobuf/text_format.h>

#include <memory>
#include <string>

#include "gateway/transcoding/json_text.h"
#include "tests/testing/gateway/proto_text.h"
#include "tests/testing/matchers.h"

namespace zhenhui::gateway::transcoding {
namespace {

using testing::HasReason;
using testing::IsOk;

class JsonWriterTest : public ::testing::Test {
 protected:
  JsonWriterTest()
      : schema_(*Schema::Load(testing::CompileProto(testing::kEverythingProto))), plans_(*schema_) {}

  const pb::Descriptor& type() const { return *schema_->FindMessage("test.v1.Everything"); }

  std::string BytesOf(const std::string& text) const {
    const std::unique_ptr<pb::Message> message(schema_->Prototype(type()).New());
    pb::TextFormat::Parser parser;
    EXPECT_TRUE(parser.ParseFromString(text, message.get())) << text;
    return message->SerializeAsString();
  }
  absl::StatusOr<std::string> JsonOfBytes(std::string_view bytes) const {
    std::string out = "before ";
    const absl::Status status = AppendJson(plans_, plans_.Of(type()), bytes, &out);
    if (!status.ok()) {
      EXPECT_EQ(out, "before ") << "a failure leaves the text as it was";
      return status;
    }
    return out.substr(7);
  }
  std::string JsonOf(const std::string& text) const {
    return JsonOfBytes(BytesOf(text)).value_or("an error");
  }

  const std::unique_ptr<const Schema> schema_;
  const Plans plans_;
};

struct WriterCase {
  const char* text;
  const char* json;
};

TEST_F(JsonWriterTest, WritesProto3Json) {
  const WriterCase cases[] = {
      {"", "{}"},
      {"an_int32: 0 a_string: '' colour: COLOUR_UNSPECIFIED", "{}"},
      {"maybe_number: 0 maybe_text: ''", R"({"maybeNumber":0,"maybeText":""})"},
      {"choice_number: 0", R"({"choiceNumber":0})"},
      {"child {}", R"({"child":{}})"},
      {"an_int64: -9223372036854775808 a_uint64: 18446744073709551615",
       R"({"anInt64":"-9223372036854775808","aUint64":"18446744073709551615"})"},
      {"an_int32: -1 a_uint32: 4294967295 a_sint32: -2147483648 a_sint64: -5",
       R"({"anInt32":-1,"aUint32":4294967295,"aSint32":-2147483648,"aSint64":"-5"})"},
      {"a_fixed32: 7 a_sfixed32: -7 a_fixed64: 7 a_sfixed64: -7",
       R"({"aFixed32":7,"aFixed64":"7","aSfixed32":-7,"aSfixed64":"-7"})"},
      {"a_double: 0.1 a_float: 0.1", R"({"aDouble":0.1,"aFloat":0.1})"},
      {"a_double: nan a_float: -inf", R"({"aDouble":"NaN","aFloat":"-Infinity"})"},
      {"a_double: -0.0", R"({"aDouble":-0.0})"},
      {"colour: COLOUR_BLUE colours: [COLOUR_RED, 99]",
       R"({"colour":"COLOUR_BLUE","colours":["COLOUR_RED",99]})"},
      {"a_bytes: '\\000\\377ab'", R"({"aBytes":"AP9hYg=="})"},
      {"int32s: [1, 2, 3] int64s: [4, 5] strings: ['', 'a'] bools: [true, false]",
       R"({"int32s":[1,2,3],"int64s":["4","5"],"bools":[true,false],"strings":["","a"]})"},
      {"by_text { key: 'a' value: 1 } by_number { key: -2 value {} } by_bool { key: true }",
       R"({"byText":{"a":"1"},"byNumber":{"-2":{}},"byBool":{"true":"COLOUR_UNSPECIFIED"}})"},
      {"by_uint64 { key: 9 value: 'x' }", R"({"byUint64":{"9":"eA=="}})"},
      {"time { seconds: 1709600000 nanos: 500000000 }", R"({"time":"2024-03-05T00:53:20.500Z"})"},
      {"time {}", R"({"time":"1970-01-01T00:00:00Z"})"},
      {"times { nanos: 1 } times { seconds: -1 }",
       R"({"times":["1970-01-01T00:00:00.000000001Z","1969-12-31T23:59:59Z"]})"},
      {"span { seconds: -1 nanos: -500000 }", R"({"span":"-1.000500s"})"},
      {"span { nanos: -5000000 }", R"({"span":"-0.005s"})"},
      {"mask { paths: 'display_name' paths: 'a.b_c' }", R"({"mask":"displayName,a.bC"})"},
      {"boxed_int64 {} boxed_bool { value: true } boxed_text { value: 'x' }",
       R"({"boxedInt64":"0","boxedText":"x","boxedBool":true})"},
      {"value { null_value: NULL_VALUE }", R"({"value":null})"},
      {"list { values { number_value: 1.5 } values { struct_value {} } }", R"({"list":[1.5,{}]})"},
      {"odd_name: 'a' Capital_Case9: 'b'", R"({"other-name":"a","CapitalCase9":"b"})"},
      {"any { type_url: 'type.googleapis.com/test.v1.Child' value: '\\n\\001a' }",
       R"({"any":{"@type":"type.googleapis.com/test.v1.Child","name":"a"}})"},
      {"any { type_url: 'type.googleapis.com/test.v1.Child' }",
       R"({"any":{"@type":"type.googleapis.com/test.v1.Child"}})"},
      {"any { type_url: 'x/google.protobuf.Duration' value: '\\010\\003' }",
       R"({"any":{"@type":"x/google.protobuf.Duration","value":"3s"}})"},
      {"any { type_url: 'x/not.Known' value: 'abc' }", R"({"any":{"@type":"x/not.Known","value":"YWJj"}})"},
      {"any {}", R"({"any":{}})"},
  };
  for (const WriterCase& test : cases) EXPECT_EQ(JsonOf(test.text), test.json) << test.text;
}

TEST_F(JsonWriterTest, EscapesOnlyWhatMustBe) {
  std::string out;
  ASSERT_TRUE(AppendJsonString("plain text, long \"q\" \\ / \n\r\t\x01\x1f\x7f 法律 😀 <b>", &out));
  EXPECT_EQ(out, "\"plain text, long \\\"q\\\" \\\\ / \\n\\r\\t\\u0001\\u001f\x7f 法律 😀 <b>\"");
}

TEST_F(JsonWriterTest, FindsEachByteToEscapeAtEachPlaceOfAWord) {
  for (int byte = 1; byte < 0x80; ++byte) {
    for (size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(byte);
      std::string out;
      ASSERT_TRUE(AppendJsonString(text, &out));
      const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
      EXPECT_EQ(out.size() > 22, escaped) << byte << " at " << at;
    }
  }
}

TEST_F(JsonWriterTest, RefusesTextThatIsNoUtf8) {
  for (const std::string text :
       {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE6\xB3", "\xF0\x80\x80\x80",
        "\xE0\x80\x80", "\x80", "\xF4\x90\x80\x80", "abcdefgh\xE6"}) {
    std::string out;
    EXPECT_FALSE(AppendJsonString(text, &out));
    out.clear();
    AppendJsonStringReplacing("a" + text + "b", &out);
    EXPECT_THAT(out, ::testing::HasSubstr("\xEF\xBF\xBD"));
    EXPECT_EQ(out.substr(out.size() - 2), "b\"") << "what follows is kept";
    EXPECT_THAT(JsonOfBytes("\x72" + std::string(1, static_cast<char>(text.size())) + text),
                HasReason("ANSWER_MALFORMED"));
  }
}

struct WireCase {
  const char* what;
  std::string bytes;
  const char* json;  // null: malformed
};

TEST_F(JsonWriterTest, ReadsWireBytesAsAParserDoes) {
  using namespace std::string_literals;
  const WireCase cases[] = {
      {"an unknown field", "\xF8\x3E\x05"s + BytesOf("an_int32: 1"), R"({"anInt32":1})"},
      {"a known number with another wire type", "\x1A\x01x"s, "{}"},
      {"the last of two values counts", BytesOf("an_int32: 1") + BytesOf("an_int32: 2"), R"({"anInt32":2})"},
      {"the default written out", "\x18\x00"s, "{}"},
      {"a value and then its default", BytesOf("an_int32: 1") + "\x18\x00"s, "{}"},
      {"halves of a message merge", BytesOf("child { name: 'a' }") + BytesOf("child { rank: 2 }"),
       R"({"child":{"name":"a","rank":2}})"},
      {"an interrupted list", BytesOf("strings: 'a'") + BytesOf("an_int32: 1") + BytesOf("strings: 'b'"),
       R"({"anInt32":1,"strings":["a","b"]})"},
      {"packed and not packed", "\xB2\x01\x02\x01\x02\xB0\x01\x03"s, R"({"int32s":[1,2,3]})"},
      {"an empty packed run", "\xB2\x01\x00"s, "{}"},
      {"two members of a oneof", BytesOf("choice_text: 'a'") + BytesOf("choice_number: 0"),
       R"({"choiceNumber":0})"},
      {"the same key twice",
       BytesOf("by_text { key: 'a' value: 1 }") + BytesOf("by_text { key: 'a' value: 2 }"),
       R"({"byText":{"a":"2"}})"},
      {"an entry without key and value", "\xFA\x01\x00"s, R"({"byText":{"":"0"}})"},
      {"an entry with value before key", "\xFA\x01\x05\x10\x07\x0A\x01k"s, R"({"byText":{"k":"7"}})"},
      {"a group of an unknown field", "\xFB\x3E\x08\x01\xFC\x3E"s, "{}"},
      {"a group that ends with another number", "\xFB\x3E\x08\x01\xF4\x3E"s, nullptr},
      {"a group without end", "\xFB\x3E\x08\x01"s, nullptr},
      {"an end without a group", "\xFC\x3E"s, nullptr},
      {"a tag that is cut off", "\x98"s, nullptr},
      {"a 32-bit number with only higher bits", "\x18\x80\x80\x80\x80\x10"s, "{}"},
      {"a tag of six bytes", "\x98\x80\x80\x80\x80\x00\x01"s, nullptr},
      {"field number 0", "\x00\x01"s, nullptr},
      {"wire type 7", "\x1F"s, nullptr},
      {"a length beyond the end", "\x72\x05"s + "ab", nullptr},
      {"a fixed number that is cut off", "\x4D\x01\x02"s, nullptr},
      {"a varint of eleven bytes", "\x18\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"s, nullptr},
      {"a packed run that is cut off", "\xB2\x01\x01\xFF"s, nullptr},
      {"a date after the year 9999", BytesOf("time { seconds: 253402300800 }"), nullptr},
      {"nanoseconds beyond a second", BytesOf("time { nanos: 1000000000 }"), nullptr},
      {"a duration of two signs", BytesOf("span { seconds: 1 nanos: -1 }"), nullptr},
      {"an Any of a known type that is cut off",
       BytesOf("any { type_url: 'x/test.v1.Child' value: '\\n\\005a' }"), nullptr},
      {"an Any whose content is not canonical",
       BytesOf("any { type_url: 'x/test.v1.Child' value: '\\n\\001a\\n\\001b' }"),
       R"({"any":{"@type":"x/test.v1.Child","name":"b"}})"},
      {"an Any whose first type is no UTF-8", "\x9A\x04\x06\x0A\x01\xFF\x0A\x01x"s, nullptr},
      {"an Any with a value and no type", BytesOf("any { value: 'x' }"), nullptr},
  };
  for (const WireCase& test : cases) {
    if (test.json == nullptr) {
      EXPECT_THAT(JsonOfBytes(test.bytes), HasReason("ANSWER_MALFORMED")) << test.what;
    } else {
      EXPECT_THAT(JsonOfBytes(test.bytes), testing::IsOkAndHolds(std::string(test.json))) << test.what;
    }
  }
}

TEST_F(JsonWriterTest, RefusesMoreThanAHundredLevels) {
  const auto nested = [&](int levels) {
    std::string bytes;
    for (int i = 0; i < levels; ++i) {
      std::string size;
      for (size_t left = bytes.size();; left >>= 7) {
        size += static_cast<char>(left < 0x80 ? left : (left & 0x7F) | 0x80);
        if (left < 0x80) break;
      }
      bytes = "\xB2\x06" + size + bytes;  // field 102, deeper
    }
    return bytes;
  };
  EXPECT_THAT(JsonOfBytes(nested(100)), IsOk());
  EXPECT_THAT(JsonOfBytes(nested(101)), HasReason("ANSWER_MALFORMED"));
  EXPECT_THAT(JsonOfBytes(nested(50'000)), HasReason("ANSWER_MALFORMED"));
}

TEST_F(JsonWriterTest, WritesOneFieldAsResponseBodyWants) {
  const struct {
    const char* field;
    const char* text;
    const char* json;
  } cases[] = {
      {"a_string", "a_string: 'x' an_int32: 5", "\"x\""},
      {"a_string", "an_int32: 5", "\"\""},
      {"an_int64", "", "\"0\""},
      {"colour", "", "\"COLOUR_UNSPECIFIED\""},
      {"child", "child { name: 'a' } a_string: 'x'", R"({"name":"a"})"},
      {"child", "", "{}"},
      {"time", "", "\"1970-01-01T00:00:00Z\""},
      {"strings", "strings: ['a', 'b']", R"(["a","b"])"},
      {"strings", "", "[]"},
      {"by_text", "", "{}"},
      {"choice_text", "choice_number: 5", "\"\""},
      {"Capital_Case9", "Capital_Case9: 'y'", "\"y\""},
  };
  for (const auto& test : cases) {
    std::string out = "[";
    ASSERT_THAT(AppendFieldJson(plans_, plans_.Of(type()), *type().FindFieldByName(test.field),
                                BytesOf(test.text), &out),
                IsOk());
    EXPECT_EQ(out, std::string("[") + test.json) << test.field << " of " << test.text;
  }
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding

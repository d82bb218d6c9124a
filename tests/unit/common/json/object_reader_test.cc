#include "common/json/object_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"

namespace zhenhui::json {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;

TEST(ObjectReaderTest, ReadsEveryTypeOfField) {
  const auto object = nlohmann::json::parse(
      R"({"code":"law_lecture","name_zh":"法治讲座","name_en":"Law lecture","n":3,"yes":true,"list":["a","b"],"kids":[{}]})");
  ObjectReader reader(object, "x");
  EXPECT_EQ(reader.Code("code"), "law_lecture");
  EXPECT_EQ(reader.TextIn2("name"), (Bilingual{"法治讲座", "Law lecture"}));
  EXPECT_EQ(reader.Integer("n", 1), 3);
  EXPECT_EQ(reader.OptionalBool("yes"), true);
  EXPECT_EQ(reader.OptionalBool("no"), std::nullopt);
  EXPECT_THAT(reader.Texts("list"), ElementsAre("a", "b"));
  EXPECT_THAT(reader.Texts("none"), IsEmpty());
  EXPECT_EQ(reader.Objects("kids").size(), 1u);
  EXPECT_THAT(reader.Finish(), IsOk());
}

TEST(ObjectReaderTest, AMissingNameIsTakenFromTheFallback) {
  const auto object = nlohmann::json::parse(R"({"unit_zh":"期"})");
  const Bilingual fallback{"次", "times"};
  ObjectReader reader(object, "x");
  EXPECT_EQ(reader.TextIn2("unit", &fallback), (Bilingual{"期", "times"}));
  EXPECT_THAT(reader.Finish(), IsOk());
}

TEST(ObjectReaderTest, WhatIsWrongIsToldWithItsPlace) {
  struct Case {
    const char* object;
    const char* error;
  };
  const Case cases[] = {
      {R"([])", "x: must be an object"},
      {R"({"code":"a"})", "x.n: is missing"},
      {R"({"n":1})", "x.code: is missing"},
      {R"({"code":"","n":1})", "x.code: must be a text that is not empty"},
      {R"({"code":"Abc","n":1})", "x.code: 'Abc' is not of the form [a-z][a-z0-9_]*"},
      {R"({"code":"a","n":0})", "x.n: must be a whole number of at least 1"},
      {R"({"code":"a","n":1.5})", "x.n: must be a whole number of at least 1"},
      {R"({"code":"a","n":18446744073709551615})", "x.n: must be a whole number of at least 1"},
      {R"({"code":"a","n":1,"flag":"true"})", "x.flag: must be true or false"},
      {R"({"code":"a","n":1,"list":["b","b"]})", "x.list: names 'b' twice"},
      {R"({"code":"a","n":1,"list":[1]})", "x.list: must be a list of texts that are not empty"},
      {R"({"code":"a","n":1,"lisst":[]})", "x.lisst: is not a known field"},
  };
  for (const Case& c : cases) {
    const auto object = nlohmann::json::parse(c.object);
    ObjectReader reader(object, "x");
    reader.Code("code");
    reader.Integer("n", 1);
    reader.OptionalBool("flag");
    reader.Texts("list");
    EXPECT_THAT(reader.Finish(),
                AllOf(HasReason(kFileInvalid), StatusIs(absl::StatusCode::kInvalidArgument, c.error)))
        << c.object;
  }
}

TEST(ObjectReaderTest, AListOfObjectsMayBeNeitherMissingNorEmpty) {
  for (const char* text : {"{}", R"({"kinds":[]})", R"({"kinds":{}})"}) {
    const auto object = nlohmann::json::parse(text);
    ObjectReader reader(object, "x");
    EXPECT_THAT(reader.Objects("kinds"), IsEmpty());
    EXPECT_THAT(reader.Finish(),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("x.kinds: must be a list")));
  }
}

TEST(ObjectReaderTest, ABrokenFileTellsItsLine) {
  EXPECT_THAT(
      Parse("kinds.json", "{\n\"a\": }"),
      StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("kinds.json"), HasSubstr("line 2"))));
}

}  // namespace
}  // namespace zhenhui::json

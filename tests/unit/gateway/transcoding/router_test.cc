#include "gateway/transcoding/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/testing/matchers.h"

namespace zhenhui::gateway::transcoding {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;

TEST(PathTemplateTest, RefusesWhatTheGrammarDoesNotHave) {
  const char* const wrong[] = {
      "",      "v1/a",         "/",        "//a",        "/a/",      "/a//b",   "/{}",   "/{a",
      "/a}",   "/{a=}",        "/{a={b}}", "/{a=b/{c}}", "/{a}:",    "/***",    "/**/a", "/{a=**}/b",
      "/a*",   "/*a",          "/{a}b",    "/a b",       "/a%20b",   "/{a..b}", "/{.a}", "/{a.}",
      "/{1a}", "/{a=*}/{a=*}", "/a:b:c",   "/a:b/c",     "/{a=x:y}", "/a?b",    "/法",
  };
  for (const char* text : wrong) EXPECT_THAT(ParsePathTemplate(text), HasReason("TEMPLATE_INVALID")) << text;
}

TEST(PathTemplateTest, SaysWhereItIsWrong) {
  EXPECT_THAT(
      ParsePathTemplate("/v1/{a=b/c").status(),
      testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at character 11: '}' is expected")));
}

struct Bound {
  const char* http_method;
  const char* path_template;
};

constexpr Bound kBound[] = {
    {"GET", "/v1/kinds"},                                    // 0
    {"GET", "/v1/{name=townships/*}"},                       // 1
    {"PATCH", "/v1/{name=townships/*}"},                     // 2
    {"POST", "/v1/{name=townships/*}:merge"},                // 3
    {"GET", "/v1/{parent=townships/*}/villages/{village}"},  // 4
    {"GET", "/v1/{parent=townships/*}/villages/main"},       // 5
    {"GET", "/v1/files/{path=**}"},                          // 6
    {"GET", "/v1/files/{path=reports/**}:render"},           // 7
    {"GET", "/v2/*/any/{thing}"},                            // 8
    {"GET", "/v1/kinds:query"},                              // 9
    {"POST", "/v1/kinds:query"},                             // 10
    {"GET", "/v1/{a.b.c=x/*/y/**}"},                         // 11
    {"REPORT", "/v1/kinds"},                                 // 12
};

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    for (size_t i = 0; i < std::size(kBound); ++i) {
      const auto path = ParsePathTemplate(kBound[i].path_template);
      EXPECT_THAT(path, IsOk()) << kBound[i].path_template;
      EXPECT_THAT(router_.Add(kBound[i].http_method, *path, static_cast<int>(i), "m"), IsOk());
    }
  }
  Router router_;
};

struct Lookup {
  const char* http_method;
  const char* path;
  int route;  // -1: no such path
  std::vector<std::string> values = {};
};

TEST_F(RouterTest, FindsTheRouteAndTheValuesOfItsVariables) {
  const Lookup lookups[] = {
      {"GET", "/v1/kinds", 0},
      {"GET", "/v1/%6Binds", 0},  // the same path by RFC 3986
      {"REPORT", "/v1/kinds", 12},
      {"GET", "/v1/kinds:query", 9},
      {"POST", "/v1/kinds:query", 10},
      {"GET", "/v1/kinds%3Aquery", -1},
      {"GET", "/v1/kinds/", -1},
      {"GET", "/v1//kinds", -1},
      {"GET", "/v1", -1},
      {"GET", "/", -1},
      {"GET", "", -1},
      {"GET", "v1/kinds", -1},
      {"GET", "/v1/townships/630106101", 1, {"townships/630106101"}},
      {"PATCH", "/v1/townships/630106101", 2, {"townships/630106101"}},
      {"POST", "/v1/townships/630106101:merge", 3, {"townships/630106101"}},
      {"GET", "/v1/townships/a:b", 1, {"townships/a:b"}},  // no such verb: a part of the id
      {"GET", "/v1/townships/a%3Amerge", 1, {"townships/a:merge"}},
      {"GET", "/v1/townships/a%2Fb", 1, {"townships/a%2Fb"}},  // several segments keep %2F
      {"GET", "/v1/townships/a%20b", 1, {"townships/a b"}},
      {"GET", "/v1/townships/", -1},
      {"GET", "/v1/townships/1/villages/2", 4, {"townships/1", "2"}},
      {"GET", "/v1/townships/1/villages/a%2Fb", 4, {"townships/1", "a/b"}},  // a single segment does not
      {"GET", "/v1/townships/1/villages/main", 5, {"townships/1"}},
      {"GET", "/v1/townships/1/villages/main2", 4, {"townships/1", "main2"}},
      {"GET", "/v1/townships/1/villages", -1},
      {"GET", "/v1/files", 6, {""}},
      {"GET", "/v1/files/a", 6, {"a"}},
      {"GET", "/v1/files/a/b/c", 6, {"a/b/c"}},
      {"GET", "/v1/files/a//c", -1},
      {"GET", "/v1/files/reports/x:render", 7, {"reports/x"}},
      {"GET", "/v1/files/reports:render", 7, {"reports"}},
      {"GET", "/v1/files/other/x:render", 6, {"other/x:render"}},
      {"GET", "/v2/townships/any/5", 8, {"5"}},
      {"GET", "/v1/x/1/y", 11, {"x/1/y"}},
      {"GET", "/v1/x/1/y/2/3", 11, {"x/1/y/2/3"}},
      {"GET", "/v1/x/1/z", -1},
  };
  for (const Lookup& lookup : lookups) {
    const RouteMatch match = router_.Find(lookup.http_method, lookup.path);
    EXPECT_EQ(match.kind, lookup.route < 0 ? RouteMatch::Kind::kNoSuchPath : RouteMatch::Kind::kFound)
        << lookup.path;
    EXPECT_EQ(match.route, lookup.route) << lookup.http_method << " " << lookup.path;
    EXPECT_EQ(match.values, lookup.values) << lookup.path;
  }
}

TEST_F(RouterTest, SaysWhichMethodsAPathTakes) {
  RouteMatch match = router_.Find("DELETE", "/v1/kinds");
  EXPECT_EQ(match.kind, RouteMatch::Kind::kOtherMethod);
  EXPECT_THAT(match.allow, ElementsAre("GET", "REPORT"));
  match = router_.Find("GET", "/v1/townships/1:merge");
  EXPECT_EQ(match.kind, RouteMatch::Kind::kOtherMethod) << "a verb that is bound is no part of an id";
  EXPECT_THAT(match.allow, ElementsAre("POST"));
}

TEST_F(RouterTest, RefusesPathsThatCannotBeDecoded) {
  for (const char* path : {"/v1/townships/%", "/v1/townships/%00", "/v1/%FF", "/%zz", "/v1/files/a/%C0%AF"}) {
    EXPECT_EQ(router_.Find("GET", path).kind, RouteMatch::Kind::kMalformedPath) << path;
  }
}

TEST_F(RouterTest, FindsNothingBeyondItsLimitOfSegments) {
  std::string path = "/v1/files";
  for (size_t i = 2; i < Router::kMaxSegments; ++i) path += "/a";
  EXPECT_EQ(router_.Find("GET", path).kind, RouteMatch::Kind::kFound);
  EXPECT_EQ(router_.Find("GET", path + "/a").kind, RouteMatch::Kind::kNoSuchPath);
}

struct Pair {
  const char* first;
  const char* second;
  Overlap overlap;
};

TEST(RouterOverlapTest, ToldForEachPairOfTemplates) {
  const Pair pairs[] = {
      {"/a/b", "/a/c", Overlap::kDisjoint},       {"/a/b", "/a/b/c", Overlap::kDisjoint},
      {"/a/*", "/a/{x}", Overlap::kSame},         {"/{n=a/*}", "/a/{x}", Overlap::kSame},
      {"/a/b", "/a/*", Overlap::kFirstNarrower},  {"/a/*", "/a/b", Overlap::kSecondNarrower},
      {"/a/*", "/a/**", Overlap::kFirstNarrower}, {"/a", "/a/**", Overlap::kFirstNarrower},
      {"/**", "/a/**", Overlap::kSecondNarrower}, {"/a/**", "/{x=a/**}", Overlap::kSame},
      {"/a/*/c", "/a/b/*", Overlap::kAmbiguous},  {"/*/b", "/a/**", Overlap::kAmbiguous},
      {"/a/b/c", "/a/*/d", Overlap::kDisjoint},
  };
  for (const Pair& pair : pairs) {
    EXPECT_EQ(Compare(*ParsePathTemplate(pair.first), *ParsePathTemplate(pair.second)), pair.overlap)
        << pair.first << " and " << pair.second;
  }
}

TEST(RouterOverlapTest, TwoMethodsOnTheSamePathsAreRefusedByName) {
  Router router;
  ASSERT_THAT(router.Add("GET", *ParsePathTemplate("/a/*/c"), 0, "test.First"), IsOk());
  const absl::Status same = router.Add("GET", *ParsePathTemplate("/a/{x}/c"), 1, "test.Second");
  EXPECT_THAT(same, HasReason("ROUTE_AMBIGUOUS"));
  EXPECT_THAT(std::string(same.message()), HasSubstr("test.First and test.Second"));
  EXPECT_THAT(router.Add("GET", *ParsePathTemplate("/a/b/*"), 1, "test.Second"),
              HasReason("ROUTE_AMBIGUOUS"));
  EXPECT_THAT(router.Add("POST", *ParsePathTemplate("/a/b/*"), 1, "test.Second"), IsOk());
  EXPECT_THAT(router.Add("GET", *ParsePathTemplate("/a/*/c:verb"), 1, "test.Second"), IsOk());
  EXPECT_THAT(router.Add("GET", *ParsePathTemplate("/a/b/c"), 1, "test.Second"), IsOk());
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding

#include "gateway/http/content.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/testing/gateway/http_client.h"

namespace zhenhui::gateway::http {
namespace {

TEST(AcceptsGzip, FollowsTheClientsWeights) {
  const struct {
    const char* header;
    bool accepts;
  } cases[] = {
      {"gzip", true},   {"GZIP", true},           {"br, gzip", true},         {"br , gzip ; q=0.1", true},
      {"*", true},      {"deflate, *;q=1", true}, {"gzip;q=1.0", true},       {"", false},
      {"br", false},    {"identity", false},      {"gzip;q=0", false},        {"gzip;q=0.000", false},
      {"*;q=0", false}, {"gzip;q=0, *", false},   {"gzip;q=nonsense", false}, {"x-gzip", false},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(AcceptsGzip({{"Accept-Encoding", test.header}}), test.accepts) << test.header;
  }
  EXPECT_FALSE(AcceptsGzip({}));
}

TEST(IsCompressible, TextsAreAndEventsAndPicturesAreNot) {
  for (const char* type : {"text/html; charset=utf-8", "application/json", "application/problem+json",
                           "image/svg+xml", "text/javascript", "application/x-ndjson", "TEXT/CSV"}) {
    EXPECT_TRUE(IsCompressible(type)) << type;
  }
  for (const char* type : {"text/event-stream", "text/event-stream; charset=utf-8", "image/png", "font/woff2",
                           "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}) {
    EXPECT_FALSE(IsCompressible(type)) << type;
  }
}

TEST(ETagMatches, ComparesWeaklyAndTakesLists) {
  for (const char* known : {"\"a\"", "W/\"a\"", "\"x\", \"a\"", " W/\"a\" ,\"x\"", "*"}) {
    EXPECT_TRUE(ETagMatches({{"If-None-Match", known}}, "W/\"a\"")) << known;
  }
  for (const char* known : {"", "\"b\"", "a", "W/a"}) {
    EXPECT_FALSE(ETagMatches({{"if-none-match", known}}, "W/\"a\"")) << known;
  }
  EXPECT_FALSE(ETagMatches({}, "\"a\""));
}

TEST(Gzip, ComesBackAtEachLevel) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += std::to_string(i * 7919 % 10007) + "镇";
  for (const int level : {1, kFastGzip, kBestGzip}) {
    const std::string packed = Gzip(text, level);
    EXPECT_LT(packed.size(), text.size());
    EXPECT_EQ(testing::Gunzip(packed), text) << level;
  }
  EXPECT_EQ(testing::Gunzip(Gzip("", kBestGzip)), "");
}

TEST(GzipStream, EveryPieceCanBeReadWithoutTheNext) {
  GzipStream stream;
  const std::string large(300'000, 'x');
  std::string packed = stream.Add("one", false);
  EXPECT_EQ(testing::Gunzip(packed), "one");
  packed += stream.Add(large, false);
  EXPECT_EQ(testing::Gunzip(packed), "one" + large);
  packed += stream.Add("", true);
  EXPECT_EQ(testing::Gunzip(packed), "one" + large);
}

}  // namespace
}  // namespace zhenhui::gateway::http

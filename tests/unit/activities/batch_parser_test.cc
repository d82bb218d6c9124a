#include "services/activities/rpc/batch_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

grpc::ByteBuffer Bytes(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// Serialising does not mind what parsing refuses.
std::string WithBadText(const std::string& field) {
  v1::PushActivitiesRequest request;
  request.set_parent("townships/630106101");
  request.set_batch_id(7);
  request.add_activities()->set_name("first");
  v1::Activity* bad = request.add_activities();
  bad->set_name("townships/630106101/activities/second");
  if (field == "title") bad->set_title("\xff\xfe");
  if (field == "evidence.uri") bad->add_evidence()->set_uri("\xc3\x28");
  if (field == "name") bad->set_name("\xff");
  if (field == "parent") request.set_parent("\xff");
  request.add_activities()->set_name("third");
  return request.SerializeAsString();
}

TEST(BatchParserTest, ATextThatIsNoUtf8CostsItsRecordAlone) {
  for (const std::string field : {"title", "evidence.uri", "name"}) {
    auto parsed = ParseBatch<v1::PushActivitiesRequest>(Bytes(WithBadText(field)));
    ASSERT_THAT(parsed, IsOk());
    EXPECT_EQ(parsed->request.batch_id(), 7);
    EXPECT_EQ(parsed->malformed, (std::map<int, std::string>{{1, field}}));
    const auto batch = TakeBatch(*parsed);
    ASSERT_THAT(batch, IsOk());
    ASSERT_EQ(batch->records.size(), 3u);
    EXPECT_EQ(batch->records[0].content.id, "first");
    EXPECT_EQ(batch->records[1].content.id, field == "name" ? "" : "second");
    EXPECT_EQ(batch->records[1].malformed_field, field);
    EXPECT_EQ(batch->records[2].content.id, "third");
  }
}

TEST(BatchParserTest, WhatIsNoBatchIsRefusedWhole) {
  EXPECT_THAT(ParseBatch<v1::PushActivitiesRequest>(Bytes(WithBadText("parent"))),
              HasReason("MESSAGE_MALFORMED"));
  EXPECT_THAT(ParseBatch<v1::PushActivitiesRequest>(Bytes("no message")), HasReason("MESSAGE_MALFORMED"));
  EXPECT_THAT(ParseBatch<v1::BatchPushActivitiesRequest>(Bytes("\xff")), HasReason("MESSAGE_MALFORMED"));
}

TEST(BatchParserTest, NamesBecomeIds) {
  const struct {
    std::string name;
    std::string id;
  } kCases[] = {
      {"a", "a"},
      {"townships/630106101/activities/a", "a"},
      {"townships/630106102/activities/a", "townships/630106102/activities/a"},
      {"townships/630106101/villages/a", "townships/630106101/villages/a"},
      {"", ""},
  };
  for (const auto& c : kCases) {
    v1::BatchPushActivitiesRequest request;
    request.set_parent("townships/630106101");
    request.add_activities()->set_name(c.name);
    auto parsed = ParseBatch<v1::BatchPushActivitiesRequest>(Bytes(request.SerializeAsString()));
    ASSERT_THAT(parsed, IsOk());
    EXPECT_EQ(TakeBatch(*parsed)->records[0].content.id, c.id);
  }
}

TEST(BatchParserTest, ABadParentIsRefused) {
  for (const char* parent :
       {"", "townships/", "townships/63010610", "townships/6301061011", "districts/630106101"}) {
    ParsedBatch<v1::PushActivitiesRequest> parsed;
    parsed.request.set_parent(parent);
    EXPECT_THAT(TakeBatch(parsed), HasReason("NAME_INVALID")) << parent;
  }
}

}  // namespace
}  // namespace zhenhui::activities

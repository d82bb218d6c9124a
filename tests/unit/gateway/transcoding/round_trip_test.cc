// Our JSON against protobuf's own, over random messages of every type that the services have, and of one with
// every kind of field.
#include <gtest/gtest.h>

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gateway/transcoding/json_reader.h"
#include "gateway/transcoding/json_writer.h"
#include "tests/testing/gateway/proto_text.h"
#include "tests/testing/matchers.h"
#include "tests/unit/gateway/transcoding/random_message.h"

namespace zhenhui::gateway::transcoding {
namespace {

using testing::IsOk;

void AddAll(const pb::Descriptor& type, std::vector<const pb::Descriptor*>* types) {
  if (type.options().map_entry()) return;
  types->push_back(&type);
  for (int i = 0; i < type.nested_type_count(); ++i) AddAll(*type.nested_type(i), types);
}

std::vector<const pb::Descriptor*> OwnTypes(const Schema& schema, std::string_view package) {
  std::vector<const pb::Descriptor*> types;
  for (const pb::FileDescriptor* file : schema.files()) {
    if (file->package().rfind(std::string(package), 0) != 0) continue;
    for (int i = 0; i < file->message_type_count(); ++i) AddAll(*file->message_type(i), &types);
  }
  return types;
}

// Equal trees. protobuf writes floats with more digits than they need, so numbers may differ beyond single
// precision here; that they are exact is what reading them back shows.
bool SameTree(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_number() && b.is_number()) return a == b || a.get<float>() == b.get<float>();
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (!a.is_structured()) return a == b;
  if (a.is_array()) return std::equal(a.begin(), a.end(), b.begin(), SameTree);
  for (const auto& [key, value] : a.items()) {
    if (!b.contains(key) || !SameTree(value, b[key])) return false;
  }
  return true;
}

class RoundTrip {
 public:
  explicit RoundTrip(std::string_view descriptor_set)
      : schema_(*Schema::Load(descriptor_set)), plans_(*schema_) {}

  void Check(const pb::Descriptor& type, std::mt19937& random) {
    const std::unique_ptr<pb::Message> message(schema_->Prototype(type).New());
    FillRandomly(*message, random, 3);
    std::string reference;
    ASSERT_TRUE(pb::util::MessageToJsonString(*message, &reference).ok()) << message->DebugString();
    std::string ours;
    ASSERT_THAT(AppendJson(plans_, plans_.Of(type), message->SerializeAsString(), &ours), IsOk());
    ASSERT_TRUE(SameTree(nlohmann::json::parse(ours), nlohmann::json::parse(reference)))
        << type.full_name() << "\n"
        << nlohmann::json::diff(nlohmann::json::parse(ours), nlohmann::json::parse(reference));

    const std::unique_ptr<pb::Message> read(message->New());
    ASSERT_THAT(ReadJson(ours, read.get()), IsOk()) << ours;
    const std::unique_ptr<pb::Message> expected(message->New());
    ASSERT_TRUE(pb::util::JsonStringToMessage(ours, expected.get()).ok());
    ASSERT_TRUE(pb::util::MessageDifferencer::Equals(*read, *expected)) << ours << "\n"
                                                                        << read->DebugString() << "\n"
                                                                        << expected->DebugString();
  }

  const Schema& schema() const { return *schema_; }

 private:
  const std::unique_ptr<const Schema> schema_;
  const Plans plans_;
};

TEST(RoundTripTest, EveryTypeOfTheServicesIsWrittenAndReadAsProtobufDoes) {
  RoundTrip trip(BuiltInDescriptors());
  std::mt19937 random(20240305);
  const std::vector<const pb::Descriptor*> types = OwnTypes(trip.schema(), "zhenhui.");
  ASSERT_GT(types.size(), 100u);
  for (const pb::Descriptor* type : types) {
    for (int i = 0; i < 10; ++i) ASSERT_NO_FATAL_FAILURE(trip.Check(*type, random));
  }
}

TEST(RoundTripTest, EveryKindOfFieldIsWrittenAndReadAsProtobufDoes) {
  RoundTrip trip(testing::CompileProto(testing::kEverythingProto));
  std::mt19937 random(20240306);
  const pb::Descriptor* type = trip.schema().FindMessage("test.v1.Everything");
  ASSERT_NE(type, nullptr);
  for (int i = 0; i < 500; ++i) ASSERT_NO_FATAL_FAILURE(trip.Check(*type, random)) << "message " << i;
}

TEST(RoundTripTest, BytesThatNoSerialiserWritesMeanWhatTheParserSays) {
  const auto schema = *Schema::Load(testing::CompileProto(testing::kEverythingProto));
  const Plans plans(*schema);
  const pb::Descriptor& type = *schema->FindMessage("test.v1.Everything");
  std::mt19937 random(20240307);
  int compared = 0;
  for (int i = 0; i < 300; ++i) {
    std::string bytes;  // two messages one after the other merge
    for (int part = 0; part < 2; ++part) {
      const std::unique_ptr<pb::Message> message(schema->Prototype(type).New());
      FillRandomly(*message, random, 2);
      bytes += message->SerializeAsString();
    }
    const std::unique_ptr<pb::Message> merged(schema->Prototype(type).New());
    ASSERT_TRUE(merged->ParseFromString(bytes));
    std::string reference, ours;
    // Merged halves of durations and of Any need not have a JSON form.
    if (!AppendJson(plans, plans.Of(type), bytes, &ours).ok()) continue;
    if (!pb::util::MessageToJsonString(*merged, &reference).ok()) continue;
    ++compared;
    ASSERT_TRUE(SameTree(nlohmann::json::parse(ours), nlohmann::json::parse(reference))) << ours << "\n"
                                                                                         << reference;
  }
  EXPECT_GT(compared, 100);
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding

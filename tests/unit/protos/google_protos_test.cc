// Our minimal google/ protos are wire-compatible with the originals: same numbers and types, element by
// element.
#include <gtest/gtest.h>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace zhenhui {
namespace {

namespace fs = std::filesystem;
namespace pb = google::protobuf;

// Where Debian's golang-github-grpc-ecosystem-grpc-gateway-dev keeps the originals, of 2018.
constexpr char kOriginals[] =
    "/usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis";

// Elements that are younger than that copy, with the reason; the second test pins their numbers.
const std::map<std::string, std::string>& Younger() {
  static const std::map<std::string, std::string> younger = {
      {"google/api/field_behavior.proto", "the file came in 2019"},
      {"google/api/httpbody.proto", "Debian's copy holds only what the gateway used"},
      {"google.rpc.ErrorInfo", "the message came in 2020"},
      {"google.rpc.BadRequest.FieldViolation.reason", "the field came in 2024"},
  };
  return younger;
}

// The google/ protos of one folder, compiled by protoc: its library's headers are in a package that nothing
// else needs.
class Protos {
 public:
  explicit Protos(const std::string& folder) {
    const std::string set = ::testing::TempDir() + "google-protos-" + std::to_string(getpid()) + ".pb";
    std::string command = "protoc --include_imports --descriptor_set_out='" + set + "' -I'" + folder + "'";
    for (const auto& entry : fs::recursive_directory_iterator(folder + "/google")) {
      if (entry.path().extension() == ".proto") command += " '" + entry.path().string() + "'";
    }
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    pb::FileDescriptorSet files;
    std::ifstream in(set, std::ios::binary);
    EXPECT_TRUE(files.ParseFromIstream(&in)) << set;
    fs::remove(set);
    for (const pb::FileDescriptorProto& file : files.file())
      EXPECT_NE(pool_.BuildFile(file), nullptr) << file.name();
  }
  const pb::FileDescriptor* File(const std::string& name) const { return pool_.FindFileByName(name); }

 private:
  pb::DescriptorPool pool_;
};

class GoogleProtosTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(kOriginals)) {
      GTEST_SKIP() << "the originals are not installed: golang-github-grpc-ecosystem-grpc-gateway-dev";
    }
  }

  // Whether the original has it; if not, the list above must say so, and only then.
  bool Compare(const void* original, const std::string& name) {
    ++compared_;
    EXPECT_EQ(original == nullptr, Younger().contains(name)) << name;
    return original != nullptr;
  }

  void CompareField(const pb::FieldDescriptor& ours, const pb::FieldDescriptor* original) {
    if (!Compare(original, ours.full_name())) return;
    EXPECT_EQ(ours.number(), original->number()) << ours.full_name();
    EXPECT_EQ(ours.type(), original->type()) << ours.full_name();
    EXPECT_EQ(ours.label(), original->label()) << ours.full_name();
    const auto oneof = [](const pb::FieldDescriptor& field) {
      return field.containing_oneof() == nullptr ? "" : field.containing_oneof()->name();
    };
    EXPECT_EQ(oneof(ours), oneof(*original)) << ours.full_name();
    const auto type_name = [](const pb::FieldDescriptor& field) {
      if (field.message_type() != nullptr) return field.message_type()->full_name();
      return field.enum_type() != nullptr ? field.enum_type()->full_name() : std::string();
    };
    EXPECT_EQ(type_name(ours), type_name(*original)) << ours.full_name();
  }

  void CompareEnum(const pb::EnumDescriptor& ours, const pb::EnumDescriptor* original) {
    if (!Compare(original, ours.full_name())) return;
    for (int i = 0; i < ours.value_count(); ++i) {
      const auto* value = original->FindValueByName(ours.value(i)->name());
      if (!Compare(value, ours.value(i)->full_name())) continue;
      EXPECT_EQ(ours.value(i)->number(), value->number()) << value->full_name();
    }
  }

  void CompareMessage(const pb::Descriptor& ours, const pb::Descriptor* original) {
    if (!Compare(original, ours.full_name())) return;
    for (int i = 0; i < ours.field_count(); ++i) {
      CompareField(*ours.field(i), original->FindFieldByName(ours.field(i)->name()));
    }
    for (int i = 0; i < ours.nested_type_count(); ++i) {
      CompareMessage(*ours.nested_type(i), original->FindNestedTypeByName(ours.nested_type(i)->name()));
    }
    for (int i = 0; i < ours.enum_type_count(); ++i) {
      CompareEnum(*ours.enum_type(i), original->FindEnumTypeByName(ours.enum_type(i)->name()));
    }
  }

  void CompareFile(const pb::FileDescriptor& ours, const pb::FileDescriptor& original) {
    EXPECT_EQ(ours.package(), original.package());
    EXPECT_EQ(ours.syntax(), original.syntax());
    for (int i = 0; i < ours.message_type_count(); ++i) {
      CompareMessage(*ours.message_type(i), original.FindMessageTypeByName(ours.message_type(i)->name()));
    }
    for (int i = 0; i < ours.enum_type_count(); ++i) {
      CompareEnum(*ours.enum_type(i), original.FindEnumTypeByName(ours.enum_type(i)->name()));
    }
    for (int i = 0; i < ours.extension_count(); ++i) {
      const auto* extension = original.FindExtensionByName(ours.extension(i)->name());
      CompareField(*ours.extension(i), extension);
      if (extension != nullptr) {
        EXPECT_EQ(ours.extension(i)->containing_type()->full_name(),
                  extension->containing_type()->full_name());
      }
    }
  }

  int compared_ = 0;
};

TEST_F(GoogleProtosTest, EveryElementOfOursIsTheOriginals) {
  const std::string ours_folder = std::string(std::getenv("ZHENHUI_SOURCE_DIR")) + "/protos";
  const Protos ours(ours_folder);
  const Protos originals(kOriginals);
  for (const auto& entry : fs::recursive_directory_iterator(ours_folder + "/google")) {
    if (entry.path().extension() != ".proto") continue;
    const std::string name = fs::relative(entry.path(), ours_folder).string();
    SCOPED_TRACE(name);
    const pb::FileDescriptor* file = ours.File(name);
    ASSERT_NE(file, nullptr);
    const std::string original = std::string(kOriginals) + "/" + name;
    if (!Compare(fs::exists(original) ? &original : nullptr, name)) continue;
    const pb::FileDescriptor* original_file = originals.File(name);
    ASSERT_NE(original_file, nullptr);
    CompareFile(*file, *original_file);
  }
  EXPECT_GT(compared_, 25) << "almost nothing was compared";
}

// Of what the copy lacks, the numbers are pinned here, so that a slip of the hand is seen at least.
TEST(YoungerGoogleProtosTest, NumbersAreThoseOfGoogleapis) {
  const Protos ours(std::string(std::getenv("ZHENHUI_SOURCE_DIR")) + "/protos");
  const pb::FileDescriptor* errors = ours.File("google/rpc/error_details.proto");
  ASSERT_NE(errors, nullptr);
  const pb::Descriptor* info = errors->FindMessageTypeByName("ErrorInfo");
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(info->FindFieldByNumber(1)->name(), "reason");
  EXPECT_EQ(info->FindFieldByNumber(2)->name(), "domain");
  EXPECT_EQ(info->FindFieldByNumber(3)->name(), "metadata");
  EXPECT_TRUE(info->FindFieldByNumber(3)->is_map());
  const pb::Descriptor* violation =
      errors->FindMessageTypeByName("BadRequest")->FindNestedTypeByName("FieldViolation");
  EXPECT_EQ(violation->FindFieldByNumber(3)->name(), "reason");
  const pb::FileDescriptor* httpbody = ours.File("google/api/httpbody.proto");
  ASSERT_NE(httpbody, nullptr);
  const pb::Descriptor* body = httpbody->FindMessageTypeByName("HttpBody");
  ASSERT_NE(body, nullptr);
  EXPECT_EQ(body->FindFieldByNumber(1)->name(), "content_type");
  EXPECT_EQ(body->FindFieldByNumber(1)->type(), pb::FieldDescriptor::TYPE_STRING);
  EXPECT_EQ(body->FindFieldByNumber(2)->name(), "data");
  EXPECT_EQ(body->FindFieldByNumber(2)->type(), pb::FieldDescriptor::TYPE_BYTES);
  const pb::FileDescriptor* behavior = ours.File("google/api/field_behavior.proto");
  ASSERT_NE(behavior, nullptr);
  EXPECT_EQ(behavior->FindExtensionByName("field_behavior")->number(), 1052);
  const std::vector<std::string> names = {"FIELD_BEHAVIOR_UNSPECIFIED",
                                          "OPTIONAL",
                                          "REQUIRED",
                                          "OUTPUT_ONLY",
                                          "INPUT_ONLY",
                                          "IMMUTABLE",
                                          "UNORDERED_LIST",
                                          "NON_EMPTY_DEFAULT"};
  const pb::EnumDescriptor* values = behavior->FindEnumTypeByName("FieldBehavior");
  for (size_t i = 0; i < names.size(); ++i) {
    ASSERT_NE(values->FindValueByName(names[i]), nullptr) << names[i];
    EXPECT_EQ(values->FindValueByName(names[i])->number(), static_cast<int>(i));
  }
}

}  // namespace
}  // namespace zhenhui

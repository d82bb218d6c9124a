#include "tests/testing/gateway/proto_text.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace zhenhui::testing {
namespace {

// A folder of its own, gone at the end.
class Folder {
 public:
  Folder() {
    std::string path = (std::filesystem::temp_directory_path() / "zhenhui-proto-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder can be made");
    path_ = path;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace

std::string CompileProto(std::string_view text) {
  const char* const source = std::getenv("ZHENHUI_SOURCE_DIR");
  const Folder folder;
  std::ofstream(folder / "test.proto", std::ios::binary) << text;
  const std::string command = "protoc -I'" + std::string(source == nullptr ? "." : source) + "/protos' -I'" +
                              (folder / "") + "' --include_imports --descriptor_set_out='" +
                              (folder / "set") + "' test.proto";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("the test's proto does not compile");
  std::ifstream set(folder / "set", std::ios::binary);
  return {std::istreambuf_iterator<char>(set), std::istreambuf_iterator<char>()};
}

const std::string_view kEverythingProto = R"(
syntax = "proto3";
package test.v1;
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
enum Colour { COLOUR_UNSPECIFIED = 0; COLOUR_RED = 1; COLOUR_BLUE = -2; }
message Child { string name = 1; int32 rank = 2; Child child = 3; repeated string tags = 4; }
message Everything {
  double a_double = 1; float a_float = 2; int32 an_int32 = 3; int64 an_int64 = 4; uint32 a_uint32 = 5;
  uint64 a_uint64 = 6; sint32 a_sint32 = 7; sint64 a_sint64 = 8; fixed32 a_fixed32 = 9; fixed64 a_fixed64 = 10;
  sfixed32 a_sfixed32 = 11; sfixed64 a_sfixed64 = 12; bool a_bool = 13; string a_string = 14; bytes a_bytes = 15;
  Colour colour = 16; Child child = 17;
  repeated double doubles = 21; repeated int32 int32s = 22; repeated int64 int64s = 23 [packed = false];
  repeated bool bools = 24; repeated string strings = 25; repeated bytes blobs = 26; repeated Colour colours = 27;
  repeated Child children = 28; repeated sint64 sint64s = 29; repeated float floats = 30;
  map<string, int64> by_text = 31; map<int32, Child> by_number = 32; map<bool, Colour> by_bool = 33;
  map<uint64, bytes> by_uint64 = 34;
  oneof choice { string choice_text = 41; int32 choice_number = 42; Child choice_child = 43; bool choice_bool = 44; }
  optional int32 maybe_number = 51; optional string maybe_text = 52;
  google.protobuf.Timestamp time = 61; google.protobuf.Duration span = 62; google.protobuf.FieldMask mask = 63;
  google.protobuf.Struct structure = 64; google.protobuf.Value value = 65; google.protobuf.ListValue list = 66;
  google.protobuf.Any any = 67; google.protobuf.Int64Value boxed_int64 = 68; google.protobuf.StringValue boxed_text = 69;
  google.protobuf.BoolValue boxed_bool = 70; google.protobuf.BytesValue boxed_bytes = 71;
  google.protobuf.DoubleValue boxed_double = 72; repeated google.protobuf.Timestamp times = 73;
  google.protobuf.NullValue nothing = 74;
  string odd_name = 101 [json_name = "other-name"]; Everything deeper = 102; string Capital_Case9 = 300;
}
)";

}  // namespace zhenhui::testing

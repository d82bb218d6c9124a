#pragma once

#include <string>
#include <string_view>

namespace zhenhui::testing {

// The serialised FileDescriptorSet of one proto3 file given as text, made by protoc. It may import what is
// under protos/
// ($ZHENHUI_SOURCE_DIR, which every CTest entry has) and protobuf's well-known types. Throws
// std::runtime_error where it does not compile.
std::string CompileProto(std::string_view text);

// A file with every kind of field: message test.v1.Everything and what it needs, without services.
extern const std::string_view kEverythingProto;

}  // namespace zhenhui::testing

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include "absl/status/statusor.h"

namespace zhenhui::gateway::transcoding {

namespace pb = google::protobuf;

// The message types and services of one descriptor set, in a pool of their own: no generated code of the
// services is linked, so a new RPC needs no new gateway. Const after Load; thread-safe.
class Schema {
 public:
  // `descriptor_set`: a serialised google.protobuf.FileDescriptorSet, imports before those who import them
  // (as protoc
  // --include_imports writes it), with source info if comments are wanted. INVALID_ARGUMENT, reason
  // DESCRIPTORS_INVALID, when it cannot be read or a file of it does not build.
  static absl::StatusOr<std::unique_ptr<const Schema>> Load(std::string_view descriptor_set);

  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  // In the order of the set.
  const std::vector<const pb::FileDescriptor*>& files() const { return files_; }
  const std::vector<const pb::ServiceDescriptor*>& services() const { return services_; }

  // Null when there is none of that full name.
  const pb::Descriptor* FindMessage(const std::string& full_name) const;

  // The empty message of a type of this schema; lives as long as the schema.
  const pb::Message& Prototype(const pb::Descriptor& type) const;

 private:
  Schema() : factory_(&pool_) {}

  pb::DescriptorPool pool_;
  mutable pb::DynamicMessageFactory factory_;  // is itself thread-safe
  std::vector<const pb::FileDescriptor*> files_;
  std::vector<const pb::ServiceDescriptor*> services_;
};

// The descriptor set of all services that this program was built with.
std::string_view BuiltInDescriptors();

}  // namespace zhenhui::gateway::transcoding

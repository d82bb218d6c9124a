#include "gateway/transcoding/schema.h"

#include <utility>

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::embedded {
std::string_view service_descriptors();
}

namespace zhenhui::gateway::transcoding {
namespace {

absl::Status DescriptorsInvalid(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "DESCRIPTORS_INVALID", what);
}

// Keeps the first complaint of a pool, for our own message.
class FirstComplaint final : public pb::DescriptorPool::ErrorCollector {
 public:
  void AddError(const std::string& file, const std::string& element, const pb::Message*, ErrorLocation,
                const std::string& message) override {
    if (text_.empty()) text_ = absl::StrCat(file, ": ", element, ": ", message);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<const Schema>> Schema::Load(std::string_view descriptor_set) {
  pb::FileDescriptorSet set;
  if (!set.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()))) {
    return DescriptorsInvalid(
        "these bytes are no FileDescriptorSet; make one with protoc --descriptor_set_out");
  }
  std::unique_ptr<Schema> schema(new Schema());
  for (const pb::FileDescriptorProto& file : set.file()) {
    FirstComplaint complaint;
    const pb::FileDescriptor* built = schema->pool_.BuildFileCollectingErrors(file, &complaint);
    if (built == nullptr) {
      return DescriptorsInvalid(
          absl::StrCat("a file of the descriptor set does not build: ", complaint.text()));
    }
    schema->files_.push_back(built);
    for (int i = 0; i < built->service_count(); ++i) schema->services_.push_back(built->service(i));
  }
  return std::unique_ptr<const Schema>(std::move(schema));
}

const pb::Descriptor* Schema::FindMessage(const std::string& full_name) const {
  return pool_.FindMessageTypeByName(full_name);
}

const pb::Message& Schema::Prototype(const pb::Descriptor& type) const {
  return *factory_.GetPrototype(&type);
}

std::string_view BuiltInDescriptors() { return embedded::service_descriptors(); }

}  // namespace zhenhui::gateway::transcoding

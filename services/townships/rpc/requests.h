#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/auth/claims.h"
#include "services/townships/domain/register.h"
#include "services/townships/wire/convert.h"
#include "zhenhui/common/v1/feed_position.pb.h"
#include "zhenhui/common/v1/record_result.pb.h"

// The pure parts of the handlers: what a request says, and how results are said. Tested without a server.
namespace zhenhui::townships {

// INVALID_ARGUMENT, NAME_INVALID.
absl::StatusOr<std::string> RequireTownshipName(std::string_view field, const std::string& name);
absl::StatusOr<std::string> RequireDistrictName(std::string_view field, const std::string& name);

// Empty is absent. INVALID_ARGUMENT, DATE_MALFORMED.
absl::StatusOr<std::optional<Date>> OptionalDate(std::string_view field, const std::string& text);

// Copies the fields of `mask` from `wanted` onto `existing`; an empty mask means all of `settable`.
// INVALID_ARGUMENT, MASK_PATH_UNKNOWN, for a path that is not settable.
absl::Status MergeFields(const google::protobuf::Message& wanted, const google::protobuf::FieldMask& mask,
                         const std::vector<std::string>& settable, google::protobuf::Message* existing);

zhenhui::common::v1::FeedPosition Position(const std::string& township, int64_t revision);

// Marks items that the import's parent or the token's scope does not cover: PARENT_MISMATCH, OUT_OF_SCOPE.
void CheckImportScope(const auth::Claims& claims, const std::string& district,
                      std::vector<ImportItem>& items);

// The import's results, with their positions in the request.
void ToProto(const ImportReport& report,
             google::protobuf::RepeatedPtrField<zhenhui::common::v1::RecordResult>* results,
             google::protobuf::RepeatedPtrField<zhenhui::common::v1::FeedPosition>* positions);

}  // namespace zhenhui::townships

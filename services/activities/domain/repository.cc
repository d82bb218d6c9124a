#include "services/activities/domain/repository.h"

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::activities {

absl::Status ActivityNotFound(const std::string& id) {
  return Error(absl::StatusCode::kNotFound, "ACTIVITY_NOT_FOUND",
               absl::StrCat("the township has no activity with the id ", id));
}

}  // namespace zhenhui::activities

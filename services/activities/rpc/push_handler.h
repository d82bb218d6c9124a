#pragma once
#include <array>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/claims.h"
#include "common/metrics/registry.h"
#include "common/time/clock.h"
#include "services/activities/domain/push.h"
#include "services/activities/rpc/batch_parser.h"

namespace zhenhui::activities {

// One batch of a push, the same for the stream and the unary call. Blocks: for the executor. Thread-safe.
class PushHandler {
 public:
  // `metrics` may be null; all outlive the handler.
  PushHandler(PushUseCase& push, const Clock& clock, metrics::Registry* metrics);

  // Request as in ParseBatch; Response is its answer, all but batch_id filled. Errors: UNAUTHENTICATED,
  // TOKEN_EXPIRED (a stream may outlive its token); PERMISSION_DENIED, OUT_OF_SCOPE; those of TakeBatch and
  // PushUseCase::Push.
  template <typename Request, typename Response>
  absl::Status Handle(const auth::Claims& claims, ParsedBatch<Request>& parsed, absl::Time deadline,
                      Response* response);

 private:
  void Count(const PushResult& result);

  PushUseCase& push_;
  const Clock& clock_;
  std::array<prometheus::Counter*, 5> counters_{};  // by Outcome; null without metrics
};

}  // namespace zhenhui::activities

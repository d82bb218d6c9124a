#pragma once
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "common/rpc/call.h"
#include "services/reporting/domain/year_end/year_ends.h"
#include "services/reporting/rpc/ready.h"
#include "zhenhui/reporting/v1/year_end_service.grpc.pb.h"

namespace zhenhui::reporting {

// What the handlers work with. Everything outlives the service.
struct YearEndDependencies {
  Cube* cube = nullptr;
  YearEnds* year_ends = nullptr;
  YearEndStore* store = nullptr;
  const auth::Authenticator* authenticator = nullptr;
  Executor* executor = nullptr;
  Ready ready;
};

#define ZH_UNARY(Name)                                                                                   \
  grpc::ServerUnaryReactor* Name(grpc::CallbackServerContext* context, const v1::Name##Request* request, \
                                 v1::Name##Response* response) override

// The gRPC face of year ends. Every answer needs the store, so all work is done on the executor. Thread-safe.
class YearEndServiceImpl final : public v1::YearEndService::CallbackService {
 public:
  explicit YearEndServiceImpl(YearEndDependencies dependencies) : deps_(std::move(dependencies)) {}

  ZH_UNARY(GetYearEnd);
  ZH_UNARY(ListYearEnds);
  ZH_UNARY(GetTownYear);
  ZH_UNARY(SignTownYear);
  ZH_UNARY(ApproveYearEnd);
  ZH_UNARY(CloseYearEnd);
  ZH_UNARY(GetCertificate);
  ZH_UNARY(ListRestatements);
  ZH_UNARY(RequestReopening);
  ZH_UNARY(ApproveReopening);
  ZH_UNARY(ListYearEndEvents);

 private:
  // Does what a district's command says and fills `out` with the year end afterwards.
  absl::Status Command(const rpc::Call& call, const YearKey& key, const YearCommand& command,
                       v1::YearEnd* out);
  absl::Status Fill(const rpc::Call& call, const YearEndView& view, v1::YearEnd* out);
  absl::Status FillSignature(const rpc::Call& call, const YearEndView& view, size_t town,
                             v1::TownSignature* out);

  const YearEndDependencies deps_;
};

#undef ZH_UNARY

}  // namespace zhenhui::reporting

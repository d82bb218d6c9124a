#include "services/reporting/rpc/year_end_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/fresh_unary.h"
#include "services/reporting/rpc/year_end_messages.h"
#include "services/reporting/rpc/year_end_requests.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

using rpc::Call;

struct TownOfYear {
  YearKey key;
  std::string township;
};

absl::StatusOr<size_t> TownIndex(const YearEndView& view, const std::string& township) {
  const auto town = FindTown(view.figures, township);
  if (town) return *town;
  return Error(absl::StatusCode::kNotFound, "TOWNSHIP_NOT_FOUND",
               absl::StrCat(township, " is no township of the district in this year"));
}

}  // namespace

absl::Status YearEndServiceImpl::FillSignature(const Call& call, const YearEndView& view, size_t town,
                                               v1::TownSignature* out) {
  ToProto(view, town, out);
  if (out->state() != v1::SIGNATURE_STATE_VOID) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto changes,
                   deps_.year_ends->ChangesSinceSigned(view, view.facts.towns[town].code, call.deadline));
  for (const std::string& change : changes) out->add_changes(change);
  return absl::OkStatus();
}

absl::Status YearEndServiceImpl::Fill(const Call& call, const YearEndView& view, v1::YearEnd* out) {
  ToProto(view, out);
  for (size_t town = 0; town < view.facts.towns.size(); ++town) {
    out->mutable_townships(static_cast<int>(town))->Clear();
    RETURN_IF_ERROR(FillSignature(call, view, town, out->mutable_townships(static_cast<int>(town))));
  }
  return absl::OkStatus();
}

absl::Status YearEndServiceImpl::Command(const Call& call, const YearKey& key, const YearCommand& command,
                                         v1::YearEnd* out) {
  RETURN_IF_ERROR(deps_.ready());
  ASSIGN_OR_RETURN(const YearEndView view,
                   deps_.year_ends->Do(key, command, call.claims.subject, call.deadline));
  return Fill(call, view, out);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::GetYearEnd(grpc::CallbackServerContext* context,
                                                         const v1::GetYearEndRequest* request,
                                                         v1::GetYearEndResponse* response) {
  const auto check = [this, request](const Call& call) -> absl::StatusOr<Fresh<YearKey>> {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(YearKey key, ReadYearEnd(call.claims, request->name()));
    ASSIGN_OR_RETURN(auto positions, ReadPositions(request->at_least_as_fresh(), call.claims));
    return Fresh<YearKey>{std::move(key), std::move(positions)};
  };
  const auto answer = [this, response](const Call& call, const Fresh<YearKey>& fresh) -> absl::Status {
    ASSIGN_OR_RETURN(const YearEndView view, deps_.year_ends->View(fresh.request, call.deadline));
    return Fill(call, view, response->mutable_year_end());
  };
  return FreshUnary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("GetYearEnd"), *deps_.cube,
                    deps_.executor, response, check, answer);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::GetTownYear(grpc::CallbackServerContext* context,
                                                          const v1::GetTownYearRequest* request,
                                                          v1::GetTownYearResponse* response) {
  const auto check = [this, request](const Call& call) -> absl::StatusOr<Fresh<TownOfYear>> {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(YearKey key, ReadYearEndName(request->name()));
    RETURN_IF_ERROR(CheckTown(call.claims, key, request->township()));
    ASSIGN_OR_RETURN(auto positions, ReadPositions(request->at_least_as_fresh(), call.claims));
    return Fresh<TownOfYear>{{std::move(key), request->township()}, std::move(positions)};
  };
  const auto answer = [this, response](const Call& call, const Fresh<TownOfYear>& fresh) -> absl::Status {
    ASSIGN_OR_RETURN(const YearEndView view, deps_.year_ends->View(fresh.request.key, call.deadline));
    ASSIGN_OR_RETURN(const size_t town, TownIndex(view, fresh.request.township));
    const TownYear& figures = view.figures.towns[town];
    for (size_t metric = 0; metric < view.figures.metrics.size(); ++metric) {
      const YearMetric& of = view.figures.metrics[metric];
      for (int period = 0; period < kYearPeriods; ++period) {
        v1::YearFigure& out = *response->add_figures();
        out.set_metric(absl::StrCat("metrics/", of.code));
        out.set_metric_version(of.version);
        out.set_period(YearPeriodName(view.key.year, period));
        ToProto(of, figures.figures[metric][static_cast<size_t>(period)], out.mutable_figure());
      }
    }
    response->set_digest(view.facts.towns[town].digest);
    AddRevisions(figures.code, figures.revisions, response->mutable_revisions());
    return FillSignature(call, view, town, response->mutable_signature());
  };
  return FreshUnary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("GetTownYear"), *deps_.cube,
                    deps_.executor, response, check, answer);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::SignTownYear(grpc::CallbackServerContext* context,
                                                           const v1::SignTownYearRequest* request,
                                                           v1::SignTownYearResponse* response) {
  const auto work = [this, request, response](const Call& call) -> absl::Status {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEndName(request->name()));
    RETURN_IF_ERROR(CheckTown(call.claims, key, request->township()));
    RETURN_IF_ERROR(CheckDigest(request->digest()));
    RETURN_IF_ERROR(CheckText("note", request->note(), false));
    const SignTown sign{request->township(), request->digest(), request->note()};
    ASSIGN_OR_RETURN(const YearEndView view,
                     deps_.year_ends->Do(key, sign, call.claims.subject, call.deadline));
    ASSIGN_OR_RETURN(const size_t town, TownIndex(view, request->township()));
    return FillSignature(call, view, town, response->mutable_signature());
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("SignTownYear"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::ApproveYearEnd(grpc::CallbackServerContext* context,
                                                             const v1::ApproveYearEndRequest* request,
                                                             v1::ApproveYearEndResponse* response) {
  const auto work = [this, request, response](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->name()));
    RETURN_IF_ERROR(CheckDigest(request->digest()));
    return Command(call, key, ApproveYear{request->digest()}, response->mutable_year_end());
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("ApproveYearEnd"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::CloseYearEnd(grpc::CallbackServerContext* context,
                                                           const v1::CloseYearEndRequest* request,
                                                           v1::CloseYearEndResponse* response) {
  const auto work = [this, request, response](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->name()));
    if (!request->validate_only()) return Command(call, key, CloseYear{}, response->mutable_year_end());
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(const YearEndView view, deps_.year_ends->View(key, call.deadline));
    return Fill(call, view, response->mutable_year_end());
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("CloseYearEnd"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::GetCertificate(grpc::CallbackServerContext* context,
                                                             const v1::GetCertificateRequest* request,
                                                             v1::GetCertificateResponse* response) {
  const auto work = [this, request, response](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->name()));
    if (request->generation() < 0)
      return InvalidFields(
          {{"generation", "GENERATION_INVALID", "the closings are numbered from 1; 0 is the newest"}});
    // The newest of a reopened year is superseded already; it is to be asked for by its number.
    ASSIGN_OR_RETURN(const YearEndState state, deps_.year_ends->State(key, call.deadline));
    if (request->generation() == 0 && !state.closed)
      return Error(absl::StatusCode::kFailedPrecondition, "YEAR_NOT_CLOSED", "the year is not closed");
    ASSIGN_OR_RETURN(CertificateText text,
                     deps_.store->ReadCertificate(key, request->generation(), call.deadline));
    response->set_certificate(std::move(text.text));
    response->set_digest(std::move(text.digest));
    return absl::OkStatus();
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("GetCertificate"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::RequestReopening(grpc::CallbackServerContext* context,
                                                               const v1::RequestReopeningRequest* request,
                                                               v1::RequestReopeningResponse* response) {
  const auto work = [this, request, response](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->name()));
    RETURN_IF_ERROR(CheckText("reason", request->reason(), true));
    return Command(call, key, reporting::RequestReopening{request->reason()}, response->mutable_year_end());
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("RequestReopening"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::ApproveReopening(grpc::CallbackServerContext* context,
                                                               const v1::ApproveReopeningRequest* request,
                                                               v1::ApproveReopeningResponse* response) {
  const auto work = [this, request, response](const Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->name()));
    return Command(call, key, reporting::ApproveReopening{}, response->mutable_year_end());
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("ApproveReopening"), *deps_.executor,
                    response, work);
}

}  // namespace zhenhui::reporting

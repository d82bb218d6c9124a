#pragma once
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/integration/reporting/reporting_fixture.h"
#include "zhenhui/reporting/v1/history_service.grpc.pb.h"
#include "zhenhui/reporting/v1/year_end_service.grpc.pb.h"

namespace zhenhui::reporting::testing {

using YearEndStub = v1::YearEndService::Stub;
inline constexpr char kYearEnd2024[] = "districts/630106/yearEnds/2024";

// Both towns have recorded and confirmed the year 2024, and today is today: year ends compare the service's
// clock with the database's.
class YearEndTest : public ReportingTest {
 protected:
  YearEndTest();

  // A stub of a person; `subject` is what two-person rules look at.
  std::unique_ptr<YearEndStub> As(auth::Role role, const std::string& scope, const std::string& subject);
  static v1::SignTownYearRequest SignRequest(const std::string& township, const std::string& digest);

  absl::StatusOr<v1::YearEnd> Get(const std::string& name = kYearEnd2024);
  absl::StatusOr<v1::GetTownYearResponse> TownYear(const std::string& township);
  absl::StatusOr<v1::TownSignature> Sign(const std::string& township);
  absl::StatusOr<v1::YearEnd> Approve(const std::string& subject);
  absl::StatusOr<v1::YearEnd> Close(const std::string& subject = "job", bool rehearse = false);
  absl::StatusOr<v1::GetCertificateResponse> Certificate(int generation = 0);
  // Signs both towns, approves twice and closes.
  void CloseAll();
  // Until the reporting service includes the position.
  void Await(const FeedPosition& position);
  // Waits until so many restatements are there.
  v1::ListRestatementsResponse AwaitRestatements(int count);
  static std::vector<std::string> Reasons(const v1::YearEnd& year_end);
};

}  // namespace zhenhui::reporting::testing

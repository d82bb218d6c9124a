#pragma once
#include <string>

#include <CLI/CLI.hpp>

#include "absl/status/statusor.h"
#include "clients/zhenhui/context.h"
#include "zhenhui/reporting/v1/year_end_service.pb.h"

// What the subcommands of `zhenhui year-end` share.
namespace zhenhui::cli {

// Which year end, and of which town.
struct YearEndFlags {
  std::string district;
  std::string township;
  int year = 0;

  // --district and --year.
  void AddTo(CLI::App& app);
  void AddTownship(CLI::App& app);

  // "districts/630106/yearEnds/2024"; the district is by default that of the town or of the token.
  absl::StatusOr<std::string> Name(Context& context) const;
  // The town's 9 digits.
  absl::StatusOr<std::string> Town(Context& context) const;
};

// A sentence in the caller's language.
std::string Two(const Context& context, const char* zh, const char* en);
// Local wall time of China; "" of no time.
std::string ChinaTime(const google::protobuf::Timestamp& time);

// The year end as it stands, for a person or a program.
void PrintYearEnd(const Context& context, const reporting::v1::YearEnd& year_end);
// What keeps it from being closed, one line each.
void PrintBlockers(const Context& context, const reporting::v1::YearEnd& year_end);

absl::StatusOr<reporting::v1::YearEnd> GetYearEnd(Context& context, const std::string& name);
// The certificate, checked: its bytes are those of its digest, and it is whole. DATA_LOSS,
// CERTIFICATE_DAMAGED.
absl::StatusOr<reporting::v1::GetCertificateResponse> GetCertificate(Context& context,
                                                                     const std::string& name, int generation);

// Each adds one group of subcommands.
void AddYearEndActs(CLI::App& group, Context& context);
void AddYearEndShows(CLI::App& group, Context& context);
void AddYearEndVerify(CLI::App& group, Context& context);
void AddYearEndRun(CLI::App& group, Context& context);

}  // namespace zhenhui::cli

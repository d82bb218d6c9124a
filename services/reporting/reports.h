#pragma once
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "common/time/clock.h"
#include "services/reporting/domain/oversight/alarm_store.h"
#include "services/reporting/rpc/report_maker.h"
#include "services/reporting/rpc/report_service.h"
#include "services/reporting/upkeep/catalogue.h"

namespace zhenhui::reporting {

// What reports are made with that comes from files, read and checked once at the start.
struct ReportTexts {
  std::unique_ptr<report::Templates> templates;
  // FAILED_PRECONDITION, PHRASES_MISMATCH, where a metrics file of an office's own lacks a metric that
  // phrases name: then narratives cannot be checked, and everything else works.
  absl::StatusOr<checker::Lexicon> lexicon;
};
// `templates_folder`: empty is the built-in texts. Errors: Templates::Load, ReadTemplateFolder.
absl::StatusOr<ReportTexts> LoadReportTexts(const std::string& templates_folder,
                                            const MetricCatalogue& metrics);

// Renders reports and checks narratives: the parts of the service that only reports need, composed.
// Thread-safe.
class Reports {
 public:
  struct Dependencies {
    std::string dsn;
    std::shared_ptr<grpc::Channel> activities;
    std::shared_ptr<grpc::Channel> townships;
    Cube* cube = nullptr;
    const Catalogue* catalogue = nullptr;
    YearEnds* year_ends = nullptr;
    const auth::Authenticator* authenticator = nullptr;
    AlarmStore* alarms = nullptr;
    Executor* executor = nullptr;
    const Clock* clock = nullptr;
    Ready ready;
    std::function<absl::StatusOr<std::string>(const std::string& district, absl::Time deadline)>
        district_name;
  };
  Reports(Dependencies dependencies, ReportTexts texts);
  ~Reports();

  grpc::Service* service();

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace zhenhui::reporting

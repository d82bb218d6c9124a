#include "services/reporting/reports.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/catalogue/shipped_phrases.h"
#include "services/reporting/narrative/narrative_year.h"
#include "services/reporting/rpc/report_records.h"
#include "services/reporting/storage/postgres_report_store.h"

namespace zhenhui::reporting {

absl::StatusOr<ReportTexts> LoadReportTexts(const std::string& templates_folder,
                                            const MetricCatalogue& metrics) {
  std::map<std::string, std::string> overrides;
  if (!templates_folder.empty()) {
    ASSIGN_OR_RETURN(overrides, report::ReadTemplateFolder(templates_folder));
  }
  std::vector<std::string> codes;
  for (const Metric& metric : metrics.metrics()) codes.push_back(metric.code);
  // Templates may name what an office's own metrics leave out: what is not in the figures is not printed.
  Vocabulary scratch;
  ASSIGN_OR_RETURN(const auto shipped, Catalogue::Load(std::string(ShippedMetrics()), scratch));
  for (const Metric& metric : shipped->metrics().metrics()) codes.push_back(metric.code);
  ReportTexts texts{nullptr, checker::Lexicon::Load(ShippedPhrases(), metrics)};
  ASSIGN_OR_RETURN(texts.templates, report::Templates::Load(overrides, codes));
  if (!texts.lexicon.ok()) {
    texts.lexicon = Error(absl::StatusCode::kFailedPrecondition, "PHRASES_MISMATCH",
                          absl::StrCat("narratives cannot be checked with this metrics file: ",
                                       texts.lexicon.status().message()));
  }
  return texts;
}

struct Reports::Parts {
  Parts(Dependencies deps, ReportTexts loaded)
      : texts(std::move(loaded)),
        store(deps.dsn),
        records(deps.cube->vocabulary(), deps.catalogue->plans(), deps.activities, deps.townships),
        maker({.cube = deps.cube,
               .plans = &deps.catalogue->plans(),
               .year_ends = deps.year_ends,
               .store = &store,
               .templates = texts.templates.get(),
               .records = &records,
               .alarms = deps.alarms,
               .clock = deps.clock,
               .district_name = deps.district_name}),
        exporter({.cube = deps.cube, .clock = deps.clock, .district_name = deps.district_name}),
        open_figures(*deps.cube, deps.catalogue->plans(), *deps.clock),
        figures(narrative::ClosedYearsOf(*deps.year_ends), open_figures) {
    if (texts.lexicon.ok()) checker.emplace(*texts.lexicon, deps.catalogue->metrics(), figures, deps.ready);
    service.emplace(ReportDependencies{.maker = &maker,
                                       .exporter = &exporter,
                                       .plans = &deps.catalogue->plans(),
                                       .cube = deps.cube,
                                       .checker = checker ? &*checker : nullptr,
                                       .no_checker = texts.lexicon.status(),
                                       .authenticator = deps.authenticator,
                                       .executor = deps.executor,
                                       .ready = deps.ready});
  }

  const ReportTexts texts;
  PostgresReportStore store;
  RecordLister records;
  ReportMaker maker;
  ComparisonExporter exporter;
  narrative::OpenFigures open_figures;
  narrative::ClosedOrOpenFigures figures;
  std::optional<NarrativeChecker> checker;
  std::optional<ReportServiceImpl> service;
};

Reports::Reports(Dependencies dependencies, ReportTexts texts)
    : parts_(std::make_unique<Parts>(std::move(dependencies), std::move(texts))) {}
Reports::~Reports() = default;

grpc::Service* Reports::service() { return &*parts_->service; }

}  // namespace zhenhui::reporting

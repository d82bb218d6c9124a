#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "common/time/date.h"
#include "services/reporting/domain/oversight/alarm_store.h"
#include "services/reporting/domain/year_end/district_year.h"

// What a report is made from.
namespace zhenhui::reporting::report {

// The numbers are those of the public ReportFormat.
enum class Format { kDocx = 1, kXlsx = 2, kCsv = 3, kMarkdown = 4, kJson = 5 };

// One record behind a core figure of the year, an activity or an entry of the register, for the drill-down
// list.
struct RecordRow {
  std::string metric;  // code; one of DistrictYear::metrics
  std::string date;    // "2024-03-05"
  std::string record;  // resource name
  int64_t revision = 0;
  std::string kind;  // its name, Chinese; the code where there is none
  std::string title;
  std::string village;  // names, parted by 、; empty where it belongs to none
  int64_t value = 0;    // what it adds to the figure; of a ratio to the numerator
  int64_t denominator = 0;
};

struct ReportInput {
  const DistrictYear* year = nullptr;       // never null; outlives the call
  const DistrictYear* last_year = nullptr;  // null: nothing is compared with the year before
  std::string last_year_certificate;        // its digest; empty where last year is not closed
  std::string township;                     // 9 digits; empty is the district's comparison report
  Date cut_off;                    // the last day whose reports the figures include; also printed as the date
  int generation = 0;              // of the closing, from 1; 0: a draft
  std::string certificate_digest;  // 64 hex digits; empty of a draft
  std::vector<RecordRow> records;  // of the town; printed in the workbook only, in this order
  bool records_cut = false;        // there are more records than these
  // What the towns have said about figures that want a look; the newest of each.
  std::vector<AlarmExplanation> explanations;

  bool draft() const { return generation == 0; }
};

}  // namespace zhenhui::reporting::report

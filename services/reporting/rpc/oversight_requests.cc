#include "services/reporting/rpc/oversight_requests.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/reporting/domain/rollup.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2100;
constexpr int kLongestPage = 1000;
constexpr size_t kMaxExplanation = 1000;
constexpr size_t kMaxAlarmId = 200;
constexpr size_t kMaxKind = 64;
constexpr std::string_view kAlarms = "/alarms/";

void CheckOversightYear(int year, Violations& violations) {
  if (year >= kFirstYear && year <= kLastYear) return;
  violations.push_back({"year", "YEAR_INVALID", "give a year from 2000 to 2100"});
}

int ReadPageSize(int32_t size, Violations& violations) {
  if (size < 0 || size > kLongestPage) {
    violations.push_back({"page_size", "PAGE_SIZE_RANGE", "give 1 to 1000, or nothing for 100"});
  }
  return size == 0 ? 100 : size;
}

// The types of a filter; `last` is the highest that there is. UNSPECIFIED means all.
template <typename Type>
std::set<Type> ReadTypes(const google::protobuf::RepeatedField<int>& given, Type last, const char* reason,
                         Violations& violations) {
  std::set<Type> types;
  for (const int type : given) {
    if (type == 0) return {};
    if (type < 0 || type > static_cast<int>(last)) {
      violations.push_back({"types", reason, "there is no such type"});
    } else {
      types.insert(static_cast<Type>(type));
    }
  }
  return types;
}

Date ReadAsOf(const v1::GetPlanStatusRequest& request, Date today, Violations& violations) {
  const Date last(request.year(), 12, 31);
  if (request.as_of_date().empty()) return std::min(today, last);
  const absl::StatusOr<Date> day = ParseDate(request.as_of_date());
  if (!day.ok()) {
    violations.push_back({"as_of_date", "DATE_MALFORMED", "give a day as 2024-03-05"});
    return last;
  }
  if (day->year() != request.year()) {
    violations.push_back({"as_of_date", "DATE_OUTSIDE_YEAR", "give a day of the year"});
  }
  return *day;
}

}  // namespace

absl::StatusOr<PlanRequest> ReadPlanStatus(const v1::GetPlanStatusRequest& request,
                                           const auth::Claims& claims, Date today) {
  Violations violations;
  PlanRequest read;
  read.scope = ReadScope(request.scope(), violations);
  read.year = request.year();
  CheckOversightYear(read.year, violations);
  if (violations.empty()) read.as_of = ReadAsOf(request, today, violations);
  read.overdue_only = request.overdue_only();
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(RequireScope(claims, read.scope));
  return read;
}

absl::StatusOr<GapRequest> ReadGaps(const v1::ListGapsRequest& request, const auth::Claims& claims) {
  Violations violations;
  GapRequest read;
  read.scope = ReadScope(request.scope(), violations);
  read.query.period = ReadPeriod(request.start_date(), request.end_date(), violations);
  read.query.types = ReadTypes(request.types(), GapType::kNoCounsel, "GAP_TYPE_INVALID", violations);
  read.query.kind = request.kind();
  if (auto violation = CheckText("kind", read.query.kind, kMaxKind))
    violations.push_back(*std::move(violation));
  read.page_size = ReadPageSize(request.page_size(), violations);
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(RequireScope(claims, read.scope));
  RETURN_IF_ERROR(CheckPeriod(read.query.period));
  RETURN_IF_ERROR(CheckWholeMonths(read.query.period));
  return read;
}

absl::StatusOr<AlarmRequest> ReadAlarms(const v1::ListAlarmsRequest& request, const auth::Claims& claims) {
  Violations violations;
  AlarmRequest read;
  read.scope = ReadScope(request.scope(), violations);
  read.year = request.year();
  CheckOversightYear(read.year, violations);
  read.types = ReadTypes(request.types(), AlarmType::kPartAndWhole, "ALARM_TYPE_INVALID", violations);
  read.unexplained_only = request.unexplained_only();
  read.page_size = ReadPageSize(request.page_size(), violations);
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(RequireScope(claims, read.scope));
  return read;
}

absl::StatusOr<AlarmName> ReadExplanation(const v1::ExplainAlarmRequest& request,
                                          const auth::Claims& claims) {
  Violations violations;
  AlarmName read;
  const std::string& name = request.name();
  const size_t at = name.find(kAlarms);
  const auto town = at == std::string::npos ? std::nullopt : ParseTownshipName(name.substr(0, at));
  if (town) {
    read.township = *town;
    read.id = name.substr(at + kAlarms.size());
  }
  if (!town || read.id.size() > kMaxAlarmId || read.id.find('.') != 4 ||
      !absl::SimpleAtoi(read.id.substr(0, 4), &read.year) || read.year < kFirstYear ||
      read.year > kLastYear) {
    violations.push_back(
        {"name", "NAME_INVALID", "an alarm is named townships/630106101/alarms/2024.jump.law_lectures"});
  }
  if (request.explanation().empty()) {
    violations.push_back({"explanation", "EXPLANATION_MISSING", "say what is behind the figure"});
  }
  if (auto violation = CheckText("explanation", request.explanation(), kMaxExplanation)) {
    violations.push_back(*std::move(violation));
  }
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(auth::RequireScope(claims, read.township));
  return read;
}

}  // namespace zhenhui::reporting

#include "services/reporting/rpc/requests.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

constexpr int kMaxTownships = 200;
constexpr int kMaxMetrics = 100;
constexpr int kMaxPositions = 1000;
constexpr int kMaxPage = 1000;

Date ReadDate(std::string_view field, const std::string& text, Violations& violations) {
  const absl::StatusOr<Date> date = ParseDate(text);
  if (date.ok()) return *date;
  violations.push_back({std::string(field), "DATE_MALFORMED", "give a day as 2024-03-05"});
  return Date();
}

absl::StatusOr<std::optional<Bucket>> ReadBucket(v1::Bucket bucket, Violations& violations) {
  switch (bucket) {
    case v1::BUCKET_UNSPECIFIED:
      return std::nullopt;
    case v1::BUCKET_DAY:
      return Bucket::kDay;
    case v1::BUCKET_WEEK:
      return Bucket::kWeek;
    case v1::BUCKET_MONTH:
      return Bucket::kMonth;
    case v1::BUCKET_QUARTER:
      return Bucket::kQuarter;
    case v1::BUCKET_YEAR:
      return Bucket::kYear;
    default:
      violations.push_back({"bucket", "BUCKET_INVALID", "there is no such bucket"});
      return std::nullopt;
  }
}

GroupBy ReadGroupBy(v1::GroupBy group_by, Violations& violations) {
  switch (group_by) {
    case v1::GROUP_BY_UNSPECIFIED:
      return GroupBy::kScope;
    case v1::GROUP_BY_TOWNSHIP:
      return GroupBy::kTownship;
    case v1::GROUP_BY_VILLAGE:
      return GroupBy::kVillage;
    case v1::GROUP_BY_AUDIENCE:
      return GroupBy::kAudience;
    case v1::GROUP_BY_ROSTER_ENTRY:
      return GroupBy::kRosterEntry;
    default:
      violations.push_back({"group_by", "GROUP_BY_INVALID", "there is no such grouping"});
      return GroupBy::kScope;
  }
}

Normalisation ReadNormalisation(v1::Normalisation normalisation, Violations& violations) {
  switch (normalisation) {
    case v1::NORMALISATION_UNSPECIFIED:
      return Normalisation::kNone;
    case v1::NORMALISATION_PER_VILLAGE:
      return Normalisation::kPerVillage;
    case v1::NORMALISATION_PER_10000_RESIDENTS:
      return Normalisation::kPer10000Residents;
    default:
      violations.push_back({"normalisation", "NORMALISATION_INVALID", "there is no such normalisation"});
      return Normalisation::kNone;
  }
}

}  // namespace

TownScope ReadScope(const v1::Scope& scope, Violations& violations) {
  TownScope read;
  if (scope.district().empty() == scope.townships().empty()) {
    violations.push_back(
        scope.district().empty()
            ? FieldViolation{"scope", "SCOPE_MISSING", "give a district or townships"}
            : FieldViolation{"scope", "SCOPE_BOTH", "give a district or townships, not both"});
    return read;
  }
  if (!scope.district().empty()) {
    if (auto code = ParseDistrictName(scope.district())) {
      read.district = *std::move(code);
    } else {
      violations.push_back({"scope.district", "NAME_INVALID", "a district is named districts/ and 6 digits"});
    }
    return read;
  }
  if (scope.townships_size() > kMaxTownships) {
    violations.push_back({"scope.townships", "SCOPE_TOO_LARGE", "give at most 200 townships, or a district"});
    return read;
  }
  std::set<std::string_view> seen;
  for (int i = 0; i < scope.townships_size(); ++i) {
    auto code = ParseTownshipName(scope.townships(i));
    const auto refuse = [&](const char* reason, const char* why) {
      violations.push_back({absl::StrCat("scope.townships[", i, "]"), reason, why});
    };
    if (!code) {
      refuse("NAME_INVALID", "a township is named townships/ and 9 digits");
    } else if (!seen.insert(scope.townships(i)).second) {
      refuse("TOWNSHIP_REPEATED", "it would be counted twice");
    } else {
      read.townships.push_back(*std::move(code));
    }
  }
  return read;
}

absl::Status RequireScope(const auth::Claims& claims, const TownScope& scope) {
  if (!scope.district.empty()) return auth::RequireScope(claims, scope.district);
  for (const std::string& town : scope.townships) RETURN_IF_ERROR(auth::RequireScope(claims, town));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> CodesOf(const Cube& cube, const TownScope& scope) {
  if (scope.district.empty()) return scope.townships;
  std::vector<std::string> codes = cube.TownshipsUnder(scope.district);
  if (!codes.empty()) return codes;
  return WithMetadata(
      Error(absl::StatusCode::kNotFound, "DISTRICT_NOT_FOUND",
            absl::StrCat("no township of district ", scope.district, " is known; import them first")),
      "district", scope.district);
}

absl::StatusOr<std::vector<TownView>> TownsOf(const Cube& cube, const TownScope& scope,
                                              const Period& period) {
  if (scope.district.empty()) return cube.Snapshots(scope.townships);
  ASSIGN_OR_RETURN(std::vector<TownView> towns, cube.SnapshotsUnder(scope.district, period));
  if (towns.empty()) RETURN_IF_ERROR(CodesOf(cube, scope).status());
  return towns;
}

Period ReadPeriod(const std::string& start_date, const std::string& end_date, Violations& violations) {
  const Date begin = ReadDate("start_date", start_date, violations);
  return {begin, ReadDate("end_date", end_date, violations)};
}

absl::StatusOr<const MetricPlan*> ReadMetric(const MetricPlans& plans, std::string_view name) {
  const auto code = ParseMetricName(name);
  if (!code) {
    return InvalidFields(
        {{"metric", "NAME_INVALID", "a metric is named metrics/ and its code, not " + std::string(name)}});
  }
  return plans.Find(*code);
}

absl::StatusOr<std::vector<const MetricPlan*>> ReadMetrics(
    const MetricPlans& plans, const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (names.empty() || names.size() > kMaxMetrics) {
    return InvalidFields({{"metrics", "METRICS_COUNT", "give 1 to 100 metrics"}});
  }
  std::vector<const MetricPlan*> found;
  found.reserve(static_cast<size_t>(names.size()));
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(const MetricPlan* const plan, ReadMetric(plans, name));
    found.push_back(plan);
  }
  return found;
}

absl::StatusOr<std::vector<Position>> ReadPositions(
    const google::protobuf::RepeatedPtrField<common::v1::FeedPosition>& positions,
    const auth::Claims& claims) {
  Violations violations;
  if (positions.size() > kMaxPositions) {
    return InvalidFields({{"at_least_as_fresh", "FRESHNESS_INVALID", "give at most 1000 positions"}});
  }
  std::vector<Position> read;
  for (int i = 0; i < positions.size(); ++i) {
    const common::v1::FeedPosition& position = positions[i];
    auto town = ParseTownshipName(position.township());
    const bool known =
        position.feed() == common::v1::FEED_ACTIVITIES || position.feed() == common::v1::FEED_TOWNSHIPS;
    if (!town || !known || position.revision() < 0) {
      violations.push_back({absl::StrCat("at_least_as_fresh[", i, "]"), "FRESHNESS_INVALID",
                            "give a position as a push returned it: feed, township, revision"});
      continue;
    }
    RETURN_IF_ERROR(auth::RequireScope(claims, *town));
    const Feed feed = position.feed() == common::v1::FEED_ACTIVITIES ? Feed::kActivities : Feed::kTownships;
    read.push_back({feed, *std::move(town), position.revision()});
  }
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  return read;
}

absl::StatusOr<RollupRequest> ReadRollup(const MetricPlans& plans, const v1::QueryRollupRequest& request,
                                         const auth::Claims& claims) {
  Violations violations;
  RollupRequest read;
  read.scope = ReadScope(request.scope(), violations);
  read.query.period = ReadPeriod(request.start_date(), request.end_date(), violations);
  ASSIGN_OR_RETURN(read.query.bucket, ReadBucket(request.bucket(), violations));
  read.query.group_by = ReadGroupBy(request.group_by(), violations);
  read.query.with_last_year = request.with_last_year();
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(RequireScope(claims, read.scope));
  ASSIGN_OR_RETURN(read.query.metrics, ReadMetrics(plans, request.metrics()));
  return read;
}

absl::StatusOr<CompareRequest> ReadCompare(const MetricPlans& plans,
                                           const v1::CompareTownshipsRequest& request,
                                           const auth::Claims& claims) {
  Violations violations;
  CompareRequest read;
  read.scope = ReadScope(request.scope(), violations);
  read.query.period = ReadPeriod(request.start_date(), request.end_date(), violations);
  read.query.normalisation = ReadNormalisation(request.normalisation(), violations);
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(RequireScope(claims, read.scope));
  ASSIGN_OR_RETURN(read.query.metrics, ReadMetrics(plans, request.metrics()));
  return read;
}

absl::StatusOr<ExplainRequest> ReadExplain(const MetricPlans& plans, const v1::ExplainFigureRequest& request,
                                           const auth::Claims& claims) {
  Violations violations;
  ExplainRequest read;
  auto town = ParseTownshipName(request.township());
  if (!town)
    violations.push_back({"township", "NAME_INVALID", "a township is named townships/ and 9 digits"});
  read.query.period = ReadPeriod(request.start_date(), request.end_date(), violations);
  if (request.page_size() < 0 || request.page_size() > kMaxPage) {
    violations.push_back({"page_size", "PAGE_SIZE_RANGE", "give 1 to 1000, or nothing for 100"});
  }
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(auth::RequireScope(claims, *town));
  ASSIGN_OR_RETURN(read.query.metric, ReadMetric(plans, request.metric()));
  read.township = *std::move(town);
  read.query.village = request.village();
  read.query.audience = request.audience();
  if (request.page_size() != 0) read.page_size = request.page_size();
  RETURN_IF_ERROR(CheckExplain(read.query));
  return read;
}

}  // namespace zhenhui::reporting

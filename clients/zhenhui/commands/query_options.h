#pragma once
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "clients/zhenhui/client/positions.h"
#include "clients/zhenhui/context.h"
#include "common/time/date.h"

// The options that queries share.
namespace zhenhui::cli {

// --from --to, or --year with --quarter or --month.
struct PeriodOptions {
  std::string from;
  std::string to;
  int year = 0;
  int quarter = 0;
  std::string month;  // "2024-03", or "3" with --year

  void AddTo(CLI::App& app);
  // Without any option the whole current year. INVALID_ARGUMENT, reason USAGE, for what contradicts itself.
  absl::StatusOr<Period> Resolve(Date today) const;
};

// --township (repeatable; code or name) or --district; by default what the token covers.
struct ScopeOptions {
  std::vector<std::string> townships;
  std::string district;

  void AddTo(CLI::App& app);
  absl::StatusOr<reporting::v1::Scope> Resolve(Context& context, Connection& connection) const;
};

// --fresh and --at-least.
struct FreshOptions {
  bool fresh = false;
  std::vector<std::string> at_least;

  void AddTo(CLI::App& app);
  // The stored positions are cut to the query's scope: a push to another town does not concern it.
  absl::StatusOr<std::vector<common::v1::FeedPosition>> Resolve(const Context& context,
                                                                const reporting::v1::Scope& scope) const;
};

// The metric catalogue, for names and units in print and for metrics given by their Chinese name.
class MetricCatalogue {
 public:
  static absl::StatusOr<MetricCatalogue> Load(Connection& connection);

  // Resource names "metrics/..." of codes, resource names or Chinese names; the core metrics when `given` is
  // empty. What it does not know goes through as it is, for the service to refuse.
  std::vector<std::string> Resolve(const std::vector<std::string>& given) const;
  // Name with unit, "法治讲座（场次）"; the resource name when it is unknown.
  std::string Title(const std::string& metric, bool chinese) const;
  const reporting::v1::ListMetricsResponse& response() const { return response_; }

 private:
  const reporting::v1::Metric* Find(const std::string& text) const;
  reporting::v1::ListMetricsResponse response_;
};

// A township's 9-digit code from a code or a name; by default the one that the token covers.
// INVALID_ARGUMENT, reason USAGE, when there is none.
absl::StatusOr<std::string> ResolveTownship(Context& context, Connection& connection,
                                            const std::string& given);

// "活动 630106101#42 ...", at most a few; empty when there are more.
std::string RevisionsText(const Context& context,
                          const google::protobuf::RepeatedPtrField<common::v1::FeedPosition>& revisions);

// The last part of a resource name.
std::string LastPart(const std::string& name);

absl::Status UsageError(const std::string& text);

}  // namespace zhenhui::cli

#include "services/reporting/domain/metric_catalogue.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/json/object_reader.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {
namespace {

using json::FileError;
using json::ObjectReader;

constexpr std::array<std::string_view, 4> kTypeNames = {"flow", "stock", "ratio",
                                                        "distinct"};  // of MetricType
constexpr std::array<std::string_view, 9> kSections = {"A", "B", "C", "D", "E", "F", "G", "H", "base"};
constexpr std::array<std::string_view, 2> kTiers = {"core", "ext"};
// What stands for a whole period (flows) and what is as of its last day (stocks).
constexpr std::array<std::string_view, 5> kDateBases = {"activity_date", "acceptance_date", "decision_date",
                                                        "hearing_date", "as_of_date"};

// The place of `value` in `names`; reports the field if it is none of them.
template <size_t N>
size_t OneOf(ObjectReader& reader, const char* field, const std::array<std::string_view, N>& names) {
  const std::string value = reader.Text(field);
  const auto found = std::find(names.begin(), names.end(), value);
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  std::string problem = absl::StrCat("'", value, "' is none of");
  for (const std::string_view name : names) problem.append(" ").append(name);
  reader.Fail(field, problem);
  return 0;
}

Formula ReadFormula(ObjectReader& reader, const char* field, const SeriesLookup& lookup) {
  const std::string text = reader.Text(field);
  if (text.empty()) return {};  // reported already
  absl::StatusOr<Formula> formula = Formula::Parse(text, lookup);
  if (formula.ok()) return *std::move(formula);
  const absl::string_view why = formula.status().message();
  reader.Fail(field, {why.data(), why.size()});
  return {};
}

void ReadFormulas(ObjectReader& reader, const SeriesLookup& lookup, Metric& metric) {
  if (metric.type == MetricType::kRatio) {
    metric.formula = ReadFormula(reader, "numerator", lookup);
    metric.denominator = ReadFormula(reader, "denominator", lookup);
    metric.ratio_scale = static_cast<int>(reader.Integer("ratio_scale", 1));
    if (metric.ratio_scale != 1 && metric.ratio_scale != 100) reader.Fail("ratio_scale", "must be 1 or 100");
    return;
  }
  metric.formula = ReadFormula(reader, "formula", lookup);
  constexpr std::array<TermKind, 4> kKindOf = {TermKind::kFlow, TermKind::kStock, TermKind::kFlow,
                                               TermKind::kDistinct};
  if (metric.formula.kind() != kKindOf[static_cast<size_t>(metric.type)]) {
    reader.Fail("formula", absl::StrCat("'", metric.formula.text(), "' does not make a ",
                                        std::string(MetricTypeName(metric.type))));
  }
  metric.decimal_shift =
      static_cast<int>(std::min<int64_t>(reader.OptionalInteger("decimal_shift", 0).value_or(0), 7));
  if (metric.decimal_shift > 6) reader.Fail("decimal_shift", "must be at most 6");
}

void CheckDateBasis(ObjectReader& reader, const Metric& metric) {
  bool as_of = metric.formula.kind() != TermKind::kFlow;
  if (metric.denominator.has_value()) as_of = as_of && metric.denominator->kind() != TermKind::kFlow;
  if (as_of != (metric.date_basis == "as_of_date")) {
    reader.Fail("date_basis", "is as_of_date exactly when every series of the metric is a stock");
  }
}

absl::StatusOr<Metric> ReadMetric(const nlohmann::json& object, size_t index, const SeriesLookup& lookup) {
  ObjectReader reader(object, absl::StrCat("metrics[", index, "]"));
  Metric metric;
  metric.code = reader.Code("code");
  if (!metric.code.empty()) reader.SetWhere(absl::StrCat("metrics[", metric.code, "]"));
  const int64_t version = reader.Integer("version", 1);
  if (version > 1'000'000) reader.Fail("version", "must be at most 1000000");
  metric.version = static_cast<int>(version);
  metric.core = OneOf(reader, "tier", kTiers) == 0;
  metric.section = kSections[OneOf(reader, "section", kSections)];
  metric.name = reader.TextIn2("name");
  metric.unit = reader.TextIn2("unit");
  metric.definition = reader.TextIn2("definition");
  metric.type = static_cast<MetricType>(OneOf(reader, "type", kTypeNames));
  metric.date_basis = kDateBases[OneOf(reader, "date_basis", kDateBases)];
  metric.parts = reader.Texts("parts");
  if (const nlohmann::json* bounds = reader.OptionalObject("bounds")) {
    ObjectReader inner(*bounds, absl::StrCat("metrics[", metric.code, "].bounds"));
    metric.at_most = inner.Texts("at_most");
    RETURN_IF_ERROR(inner.Finish());
  }
  metric.higher_is_better = reader.OptionalBool("higher_is_better");
  ReadFormulas(reader, lookup, metric);
  CheckDateBasis(reader, metric);
  RETURN_IF_ERROR(reader.Finish());
  return metric;
}

}  // namespace

class MetricCatalogueLoader {
 public:
  absl::StatusOr<MetricCatalogue> Load(const nlohmann::json& file, const SeriesLookup& lookup) {
    ObjectReader reader(file, "metrics.json");
    catalogue_.version_ = reader.Integer("version", 1);
    const nlohmann::json& metrics = reader.Objects("metrics");
    RETURN_IF_ERROR(reader.Finish());
    for (const nlohmann::json& object : metrics) {
      ASSIGN_OR_RETURN(Metric metric, ReadMetric(object, catalogue_.metrics_.size(), lookup));
      if (!catalogue_.by_code_.emplace(metric.code, catalogue_.metrics_.size()).second) {
        return FileError(Where(metric), "code", "stands twice");
      }
      catalogue_.metrics_.push_back(std::move(metric));
    }
    for (const Metric& metric : catalogue_.metrics_) {
      RETURN_IF_ERROR(CheckParts(metric));
      RETURN_IF_ERROR(CheckBounds(metric));
    }
    return std::move(catalogue_);
  }

 private:
  static std::string Where(const Metric& metric) { return absl::StrCat("metrics[", metric.code, "]"); }

  // Another metric that `field` of `metric` names, if the two can be compared.
  absl::StatusOr<const Metric*> FindPeer(const Metric& metric, const char* field,
                                         const std::string& code) const {
    const Metric* peer = catalogue_.Find(code);
    if (peer == nullptr)
      return FileError(Where(metric), field, absl::StrCat("there is no metric '", code, "'"));
    if (peer == &metric) return FileError(Where(metric), field, "names the metric itself");
    if (peer->type == MetricType::kRatio || metric.type == MetricType::kRatio) {
      return FileError(Where(metric), field, "ratios are not compared");
    }
    if ((peer->type == MetricType::kFlow) != (metric.type == MetricType::kFlow)) {
      return FileError(Where(metric), field,
                       absl::StrCat("'", code, "' is a ", std::string(MetricTypeName(peer->type)), ", not a ",
                                    std::string(MetricTypeName(metric.type))));
    }
    return peer;
  }

  // The parts' formulas together are the whole's, term by term: so the figures add up, whatever is recorded.
  absl::Status CheckParts(const Metric& metric) const {
    if (metric.parts.empty()) return absl::OkStatus();
    std::vector<const Formula*> formulas;
    for (const std::string& code : metric.parts) {
      ASSIGN_OR_RETURN(const Metric* part, FindPeer(metric, "parts", code));
      formulas.push_back(&part->formula);
    }
    if (SumOf(formulas) != SumOf({&metric.formula})) {
      return FileError(Where(metric), "parts",
                       absl::StrCat("do not add up to '", metric.formula.text(), "'"));
    }
    return absl::OkStatus();
  }

  absl::Status CheckBounds(const Metric& metric) const {
    for (const std::string& code : metric.at_most) {
      RETURN_IF_ERROR(FindPeer(metric, "bounds.at_most", code).status());
    }
    return absl::OkStatus();
  }

  MetricCatalogue catalogue_;
};

std::string_view MetricTypeName(MetricType type) { return kTypeNames[static_cast<size_t>(type)]; }

absl::StatusOr<MetricCatalogue> MetricCatalogue::Load(std::string_view text, const SeriesLookup& lookup) {
  ASSIGN_OR_RETURN(const nlohmann::json file, json::Parse("metrics.json", text));
  return MetricCatalogueLoader().Load(file, lookup);
}

const Metric* MetricCatalogue::Find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &metrics_[found->second];
}

}  // namespace zhenhui::reporting

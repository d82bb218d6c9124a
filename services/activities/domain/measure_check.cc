#include "services/activities/domain/measure_check.h"

#include <algorithm>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/absl_view.h"
#include "common/status/status_macros.h"

namespace zhenhui::activities {
namespace {

using Values = absl::InlinedVector<std::optional<int64_t>, 8>;  // one for each of Kind::measures

absl::StatusOr<size_t> IndexOf(absl::string_view code, const std::vector<Measure>& measures) {
  for (size_t i = 0; i < measures.size(); ++i) {
    if (measures[i].code == code) return i;
  }
  return absl::InvalidArgumentError(absl::StrCat("'", code, "' is not a measure of this kind"));
}

FieldViolation MeasureViolation(std::string_view code, std::string_view reason, std::string description) {
  return {absl::StrCat("measures.", Absl(code)), std::string(reason), std::move(description)};
}

// Checks the given measures one by one and fills in their values.
void CheckEach(const Kind& kind, std::span<const MeasureValue> given, Values& values,
               std::vector<FieldViolation>& violations) {
  for (const MeasureValue& measure : given) {
    const Measure* known = kind.FindMeasure(measure.code);
    if (known == nullptr) {
      const auto code = [](std::string* out, const Measure& m) { absl::StrAppend(out, m.code); };
      violations.push_back(MeasureViolation(
          measure.code, "UNKNOWN_MEASURE",
          absl::StrCat(kind.code, " does not take it; it takes ", absl::StrJoin(kind.measures, ", ", code))));
    } else if (measure.value < 0) {
      violations.push_back(MeasureViolation(measure.code, "NEGATIVE_MEASURE", "must be 0 or more"));
    } else if (measure.value > kMaxMeasure) {
      violations.push_back(
          MeasureViolation(measure.code, "MEASURE_TOO_LARGE", absl::StrCat("must be at most ", kMaxMeasure)));
    } else {
      std::optional<int64_t>& value = values[static_cast<size_t>(known - kind.measures.data())];
      if (value.has_value() && *value != measure.value) {
        violations.push_back(
            MeasureViolation(measure.code, "MEASURES_CONTRADICT",
                             absl::StrCat("is given as ", *value, " and as ", measure.value)));
      }
      value = measure.value;
    }
  }
}

bool IsGiven(std::string_view code, std::span<const MeasureValue> given) {
  return std::any_of(given.begin(), given.end(), [&](const MeasureValue& m) { return m.code == code; });
}

// Nothing if the rule holds. The values are within 0 and kMaxMeasure, so that sums do not overflow.
std::optional<FieldViolation> Broken(const MeasureCheck& check, const Kind& kind, const Values& values) {
  bool all_given = values[check.right].has_value();
  int64_t sum = 0;
  for (const size_t i : check.left) {
    all_given = all_given && values[i].has_value();
    sum += values[i].value_or(0);
  }
  const int64_t right = values[check.right].value_or(0);
  if (check.relation == MeasureCheck::Relation::kAtMost ? sum <= right : !all_given || sum == right) {
    return std::nullopt;
  }
  return MeasureViolation(kind.measures[check.left.front()].code, "MEASURES_CONTRADICT",
                          absl::StrCat("must hold: ", check.text, "; given: ", sum, " and ", right));
}

std::optional<FieldViolation> Unknown(std::string_view field, std::string_view reason, std::string_view what,
                                      std::string_view code) {
  return FieldViolation{std::string(field), std::string(reason),
                        absl::StrCat("'", Absl(code), "' is no ", Absl(what), " of the catalogue")};
}

}  // namespace

absl::StatusOr<MeasureCheck> ParseMeasureCheck(std::string_view rule, const std::vector<Measure>& measures) {
  MeasureCheck check;
  check.text = std::string(rule);
  std::vector<std::string> sides = absl::StrSplit(Absl(rule), " <= ");
  if (sides.size() == 1) {
    sides = absl::StrSplit(Absl(rule), " == ");
    check.relation = MeasureCheck::Relation::kEqual;
  }
  if (sides.size() != 2) return absl::InvalidArgumentError("expected one ' <= ' or ' == '");
  ASSIGN_OR_RETURN(check.right, IndexOf(sides[1], measures));
  for (const absl::string_view code : absl::StrSplit(sides[0], " + ")) {
    ASSIGN_OR_RETURN(const size_t index, IndexOf(code, measures));
    if (index == check.right || std::find(check.left.begin(), check.left.end(), index) != check.left.end()) {
      return absl::InvalidArgumentError(absl::StrCat("'", code, "' stands twice"));
    }
    check.left.push_back(index);
  }
  return check;
}

std::vector<FieldViolation> KindCatalogue::Check(std::string_view code,
                                                 std::span<const MeasureValue> given) const {
  const Kind* kind = Find(code);
  if (kind == nullptr) return {*Unknown("kind", "UNKNOWN_KIND", "kind", code)};

  std::vector<FieldViolation> violations;
  Values values(kind->measures.size());
  CheckEach(*kind, given, values, violations);
  for (size_t i = 0; i < kind->measures.size(); ++i) {
    const Measure& measure = kind->measures[i];
    if (values[i].has_value()) continue;
    values[i] = measure.default_value;
    if (measure.required && !IsGiven(measure.code, given)) {
      violations.push_back(
          MeasureViolation(measure.code, "MISSING_MEASURE",
                           absl::StrCat(kind->code, " must give it; write 0 if there were none")));
    }
  }
  if (!violations.empty()) return violations;
  for (const MeasureCheck& check : kind->checks) {
    if (std::optional<FieldViolation> broken = Broken(check, *kind, values))
      violations.push_back(*std::move(broken));
  }
  return violations;
}

std::optional<FieldViolation> KindCatalogue::CheckAudience(std::string_view field,
                                                           std::string_view code) const {
  if (audiences_.by_code.contains(code)) return std::nullopt;
  return Unknown(field, "UNKNOWN_AUDIENCE", "audience", code);
}

std::optional<FieldViolation> KindCatalogue::CheckChannel(std::string_view field,
                                                          std::string_view code) const {
  if (channels_.by_code.contains(code)) return std::nullopt;
  return Unknown(field, "UNKNOWN_CHANNEL", "channel", code);
}

}  // namespace zhenhui::activities

#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "common/status/reason.h"

namespace zhenhui::activities {

// The numbers are those of the public TargetSource.
enum class TargetSource { kUnspecified = 0, kStudyPlan = 1, kPublicityPlan = 2, kOther = 3 };

inline constexpr int64_t kMaxTarget = 1'000'000'000'000;
inline constexpr int kMinTargetYear = 2000;
inline constexpr int kMaxTargetYear = 2100;
inline constexpr size_t kMaxTargetNote = 500;  // code points

// What a town promises for one metric and year. See target.proto for units.
struct Target {
  std::string metric;  // its code; whether there is such a metric is the reporting service's to say
  int year = 0;
  std::array<int64_t, 4> quarters{};
  TargetSource source = TargetSource::kUnspecified;
  std::string note;
  bool withdrawn = false;

  friend bool operator==(const Target&, const Target&) = default;
};

// Unique within a township: "2024.law_lectures".
std::string TargetId(const Target& target);

// A client's target: content that is not yet checked.
struct TargetDraft {
  Target content;
  std::vector<int64_t> quarters;  // CheckTarget reads them into `content`
};

// One revision of a target as it is stored.
struct StoredTarget {
  std::string township;
  Target content;
  int64_t revision = 0;
  absl::Time update_time;
  std::string updated_by;
};

// All that is wrong with a target; fields are the message's. Reasons: METRIC_INVALID (no code: 1 to 64 of a-z
// 0-9 _), YEAR_INVALID, QUARTERS_COUNT (not four), QUARTER_RANGE, SOURCE_MISSING, NOTE_MISSING (of another
// plan: which), those of CheckText.
std::vector<FieldViolation> CheckTarget(TargetDraft& draft);

// YEAR_INVALID unless 2000 to 2100.
std::vector<FieldViolation> CheckYear(int year);

}  // namespace zhenhui::activities

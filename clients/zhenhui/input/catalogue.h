#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "zhenhui/activities/v1/activity_service.pb.h"

// The activities service's catalogue, turned round: from what people write to codes, and back for print.
namespace zhenhui::cli {

// Names match in any letter case and in full or half width: "村（居）民" and "村(居)民" are the same.
// Immutable after construction, so thread-safe.
class Catalogue {
 public:
  explicit Catalogue(const activities::v1::ListKindsResponse& response);

  // The code for a code, a Chinese name, an alias or an English name; nothing when there is none.
  std::optional<std::string> Kind(std::string_view text) const { return Find(kinds_, text); }
  std::optional<std::string> Audience(std::string_view text) const { return Find(audiences_, text); }
  std::optional<std::string> Channel(std::string_view text) const { return Find(channels_, text); }

  // All measures that a column's heading may mean ("measures.cases", "cases", "件数"): kinds give the same
  // measure different names, and one name can belong to several measures. Empty when it is no measure.
  std::vector<std::string> Measures(std::string_view heading) const;

  // Which of them a kind takes; the first one when it takes none, for the service to refuse by name.
  std::string MeasureOf(const std::string& kind, const std::vector<std::string>& candidates) const;

  // All measure codes in the order in which kinds first name them, "occurrences" first.
  const std::vector<std::string>& measure_codes() const { return measure_codes_; }

  // Chinese or English name of a code; the code itself when it is unknown.
  std::string NameOfKind(const std::string& code, bool chinese) const;

 private:
  using Names = std::map<std::string, std::string>;  // folded name -> code
  static std::optional<std::string> Find(const Names& names, std::string_view text);

  Names kinds_;
  Names audiences_;
  Names channels_;
  std::map<std::string, std::vector<std::string>> measures_;          // folded heading -> codes
  std::map<std::string, std::vector<std::string>> measures_of_kind_;  // kind -> codes
  std::vector<std::string> measure_codes_;
  std::map<std::string, std::pair<std::string, std::string>> kind_names_;  // code -> Chinese, English
};

// A name as it is compared: half width, lower case.
std::string FoldName(std::string_view text);

}  // namespace zhenhui::cli

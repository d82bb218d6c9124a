#pragma once
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace ctemplate {
class TemplateCache;
class TemplateDictionary;
}  // namespace ctemplate

// The texts that reports are written with: ctemplate files that an office may edit (templates/README.md).
namespace zhenhui::reporting::report {

inline constexpr std::string_view kTownTemplate = "town_report.tpl";
inline constexpr std::string_view kDistrictTemplate = "district_report.tpl";
inline constexpr std::string_view kWorkTemplate =
    "work.tpl";  // what both share: a paragraph for each field of work

// Immutable after Load; thread-safe.
class Templates {
 public:
  // `overrides`: text by file name, instead of the built-in ones. `metrics`: the codes that templates may
  // name. INVALID_ARGUMENT, TEMPLATE_INVALID: names the template and the line (CheckTemplate), or a file that
  // is no template.
  static absl::StatusOr<std::unique_ptr<Templates>> Load(const std::map<std::string, std::string>& overrides,
                                                         std::span<const std::string> metrics);
  ~Templates();

  // The text of kTownTemplate or kDistrictTemplate.
  std::string Expand(std::string_view name, const ctemplate::TemplateDictionary& dictionary) const;

  // Whether a template writes a sentence of its own about the metric.
  bool Names(std::string_view metric) const { return named_.contains(metric); }
  // Metrics in the order in which the templates name them: the order of print.
  const std::vector<std::string>& metric_order() const { return order_; }

 private:
  Templates();
  absl::Status Check(const std::string& name, const std::string& text, std::span<const std::string> metrics);
  absl::Status Add(const std::string& name, const std::string& text, const std::string& work);

  std::unique_ptr<ctemplate::TemplateCache> cache_;
  std::set<std::string, std::less<>> named_;
  std::vector<std::string> order_;
};

// The *.tpl files of a folder, by name. NOT_FOUND, TEMPLATE_FOLDER_UNREADABLE; INVALID_ARGUMENT,
// TEMPLATE_INVALID (over 1 MiB).
absl::StatusOr<std::map<std::string, std::string>> ReadTemplateFolder(const std::string& folder);

}  // namespace zhenhui::reporting::report

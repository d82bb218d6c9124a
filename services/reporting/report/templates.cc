#include "services/reporting/report/templates.h"

#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/embedded/embedded.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/report/sections.h"
#include "services/reporting/report/template_check.h"

namespace zhenhui::embedded {
const std::vector<File>& report_templates();
}

namespace zhenhui::reporting::report {
namespace {

constexpr uintmax_t kMaxTemplateBytes = 1 << 20;

TemplateRules RulesFor(std::span<const std::string> metrics) {
  TemplateRules rules;
  TemplateScope& root = rules.root;
  root.fields = {"NAME",    "TOWN",       "DISTRICT", "LEVEL",  "YEAR",        "NEXT_YEAR",
                 "CUT_OFF", "PERIOD_END", "TOWNS",    "DIGEST", "CLOSE_COUNT", "REVISIONS"};
  for (const char* plain : {"DRAFT", "CLOSED", "HAS_DISTRICT", "NO_DISTRICT", "COMPLETE", "TOWN_REPORT",
                            "DISTRICT_REPORT", "HAS_LAST_YEAR", "NO_LAST_YEAR"}) {
    root.sections[plain];
  }
  root.sections["INCOMPLETE"].fields = {"MONTHS"};
  TemplateScope& alarms = root.sections["ALARMS"];
  alarms.fields = {"COUNT", "EXPLAINED", "UNEXPLAINED"};
  alarms.sections["SOME_UNEXPLAINED"];
  for (const std::string& metric : metrics) root.sections[metric].fields = {"FIGURE", "NOTE", "METRIC"};
  for (const WorkSection& work : WorkSections()) {
    TemplateScope& section = root.sections[absl::StrCat("SECTION_", Absl(work.letter))];
    section.fields = {"ORDINAL"};
    section.sections["ANY"];
    section.sections["EMPTY"];
    for (const char* list : {"OTHERS", "ZEROS", "UNREPORTED"}) section.sections[list].fields = {"LIST"};
    rules.tables.insert(absl::StrCat("values ", Absl(work.letter)));
    rules.tables.insert(absl::StrCat("normalised ", Absl(work.letter)));
  }
  rules.tables.insert({"figures", "quarters", "completeness", "alarms", "explanations"});
  rules.includes = {"WORK"};
  return rules;
}

}  // namespace

Templates::Templates() : cache_(std::make_unique<ctemplate::TemplateCache>()) {}
Templates::~Templates() = default;

absl::StatusOr<std::unique_ptr<Templates>> Templates::Load(
    const std::map<std::string, std::string>& overrides, std::span<const std::string> metrics) {
  std::unique_ptr<Templates> templates(new Templates());
  std::map<std::string, std::string> texts;
  for (const embedded::File& file : embedded::report_templates()) texts[file.name] = file.text;
  for (const auto& [name, text] : overrides) {
    const auto at = texts.find(name);
    if (at == texts.end()) {
      return Error(absl::StatusCode::kInvalidArgument, "TEMPLATE_INVALID",
                   absl::StrCat(name, ", line 1: no template has this name; remove the file or rename it"));
    }
    at->second = text;
  }
  for (const std::string_view name : {kTownTemplate, kDistrictTemplate, kWorkTemplate}) {
    RETURN_IF_ERROR(templates->Check(std::string(name), texts.at(std::string(name)), metrics));
  }
  const std::string& work = texts.at(std::string(kWorkTemplate));
  for (const std::string_view name : {kTownTemplate, kDistrictTemplate}) {
    RETURN_IF_ERROR(templates->Add(std::string(name), texts.at(std::string(name)), work));
  }
  templates->cache_->Freeze();
  return templates;
}

absl::Status Templates::Check(const std::string& name, const std::string& text,
                              std::span<const std::string> metrics) {
  ASSIGN_OR_RETURN(const std::vector<std::string> sections, CheckTemplate(name, text, RulesFor(metrics)));
  for (const std::string& section : sections) {
    if (std::find(metrics.begin(), metrics.end(), section) == metrics.end()) continue;
    if (named_.insert(section).second) order_.push_back(section);
  }
  return absl::OkStatus();
}

// The shared paragraphs are put in as text: what ctemplate includes does not see the names around it.
absl::Status Templates::Add(const std::string& name, const std::string& text, const std::string& work) {
  const std::string whole = absl::StrReplaceAll(text, {{"{{>WORK}}", work}});
  if (!cache_->StringToTemplateCache(name, whole, ctemplate::DO_NOT_STRIP)) {
    return Error(absl::StatusCode::kInvalidArgument, "TEMPLATE_INVALID",
                 absl::StrCat(name, ", line 1: unreadable"));
  }
  return absl::OkStatus();
}

std::string Templates::Expand(std::string_view name, const ctemplate::TemplateDictionary& dictionary) const {
  std::string text;
  ctemplate::StringEmitter emitter(&text);
  cache_->ExpandNoLoad(std::string(name), ctemplate::DO_NOT_STRIP, &dictionary, nullptr, &emitter);
  return text;
}

absl::StatusOr<std::map<std::string, std::string>> ReadTemplateFolder(const std::string& folder) {
  std::map<std::string, std::string> texts;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (at->path().extension() != ".tpl") continue;
    const std::string name = at->path().filename().string();
    std::error_code unknown;
    if (at->file_size(unknown) > kMaxTemplateBytes || unknown) {
      return Error(absl::StatusCode::kInvalidArgument, "TEMPLATE_INVALID",
                   absl::StrCat(name, ", line 1: over 1 MiB"));
    }
    std::ifstream file(at->path(), std::ios::binary);
    texts[name] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  if (failed) {
    return Error(absl::StatusCode::kNotFound, "TEMPLATE_FOLDER_UNREADABLE",
                 absl::StrCat(folder, " cannot be read: ", failed.message()));
  }
  return texts;
}

}  // namespace zhenhui::reporting::report

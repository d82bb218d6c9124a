#include "clients/zhenhui/input/catalogue.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "clients/zhenhui/input/normalise.h"

namespace zhenhui::cli {
namespace {

void AddOnce(std::vector<std::string>* codes, const std::string& code) {
  if (std::find(codes->begin(), codes->end(), code) == codes->end()) codes->push_back(code);
}

}  // namespace

std::string FoldName(std::string_view text) { return absl::AsciiStrToLower(ToHalfWidth(text)); }

Catalogue::Catalogue(const activities::v1::ListKindsResponse& response) {
  const auto add_measure = [this](const std::string& name, const std::string& code) {
    if (!name.empty()) AddOnce(&measures_[FoldName(name)], code);
  };
  add_measure("occurrences", "occurrences");
  add_measure("次数", "occurrences");
  AddOnce(&measure_codes_, "occurrences");
  for (const auto& kind : response.kinds()) {
    kind_names_[kind.code()] = {kind.display_name_zh(), kind.display_name_en()};
    // Official names win over aliases, so aliases come second and never replace one.
    kinds_[FoldName(kind.code())] = kind.code();
    kinds_.try_emplace(FoldName(kind.display_name_zh()), kind.code());
    kinds_.try_emplace(FoldName(kind.display_name_en()), kind.code());
    AddOnce(&measures_of_kind_[kind.code()], "occurrences");
    for (const auto& measure : kind.measures()) {
      add_measure(measure.code(), measure.code());
      add_measure(measure.display_name_zh(), measure.code());
      add_measure(measure.display_name_en(), measure.code());
      AddOnce(&measure_codes_, measure.code());
      AddOnce(&measures_of_kind_[kind.code()], measure.code());
    }
  }
  for (const auto& kind : response.kinds()) {
    for (const std::string& alias : kind.aliases_zh()) kinds_.try_emplace(FoldName(alias), kind.code());
  }
  const auto add_terms = [](const auto& terms, Names* names) {
    for (const auto& term : terms) {
      (*names)[FoldName(term.code())] = term.code();
      names->try_emplace(FoldName(term.display_name_zh()), term.code());
      names->try_emplace(FoldName(term.display_name_en()), term.code());
    }
    for (const auto& term : terms) {
      for (const std::string& alias : term.aliases_zh()) names->try_emplace(FoldName(alias), term.code());
    }
  };
  add_terms(response.audiences(), &audiences_);
  add_terms(response.channels(), &channels_);
}

std::optional<std::string> Catalogue::Find(const Names& names, std::string_view text) {
  const auto found = names.find(FoldName(text));
  if (found == names.end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> Catalogue::Measures(std::string_view heading) const {
  std::string folded = FoldName(heading);
  constexpr std::string_view kPrefix = "measures.";
  if (folded.compare(0, kPrefix.size(), kPrefix) == 0) folded.erase(0, kPrefix.size());
  const auto found = measures_.find(folded);
  return found == measures_.end() ? std::vector<std::string>() : found->second;
}

std::string Catalogue::MeasureOf(const std::string& kind, const std::vector<std::string>& candidates) const {
  const auto taken = measures_of_kind_.find(kind);
  if (taken != measures_of_kind_.end()) {
    for (const std::string& code : candidates) {
      if (std::find(taken->second.begin(), taken->second.end(), code) != taken->second.end()) return code;
    }
  }
  return candidates.front();
}

std::string Catalogue::NameOfKind(const std::string& code, bool chinese) const {
  const auto found = kind_names_.find(code);
  if (found == kind_names_.end()) return code;
  return chinese ? found->second.first : found->second.second;
}

}  // namespace zhenhui::cli

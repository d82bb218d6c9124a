#include "services/activities/domain/kind_catalogue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/json/object_reader.h"
#include "common/status/status_macros.h"
#include "services/activities/domain/measure_check.h"

namespace zhenhui::activities {
namespace {

using json::FileError;
using json::ObjectReader;

// Base series are named "<kind>.<measure>"; these first words belong to the roster and to the register.
constexpr std::array<std::string_view, 2> kReservedKinds = {"roster", "register"};
constexpr std::array<std::string_view, 9> kSections = {"A", "B", "C", "D", "E", "F", "G", "H", "base"};
constexpr char kOccurrences[] = "occurrences";

template <typename List>
bool Contains(const List& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// A clerk's word without what the eye does not see or does not care about.
std::string Normalize(std::string_view word) {
  static constexpr std::pair<std::string_view, std::string_view> kAlike[] = {
      {" ", ""},   {"\t", ""},  {"\u3000", ""}, {"\u00A0", ""}, {"（", "("},
      {"）", ")"}, {"／", "/"}, {"“", "\""},    {"”", "\""},    {"＂", "\""},
  };
  std::string plain;
  while (!word.empty()) {
    const auto* alike = std::find_if(std::begin(kAlike), std::end(kAlike),
                                     [&](const auto& a) { return word.starts_with(a.first); });
    if (alike == std::end(kAlike)) {
      plain += word.front();
      word.remove_prefix(1);
    } else {
      plain += alike->second;
      word.remove_prefix(alike->first.size());
    }
  }
  return plain;
}

}  // namespace

class KindCatalogueLoader {
 public:
  absl::StatusOr<KindCatalogue> Load(const nlohmann::json& file) {
    ObjectReader reader(file, "kinds.json");
    catalogue_.version_ = reader.Integer("version", 1);
    const nlohmann::json& measures = reader.Objects("measures");
    const nlohmann::json& audiences = reader.Objects("audiences");
    const nlohmann::json& channels = reader.Objects("channels");
    const nlohmann::json& kinds = reader.Objects("kinds");
    RETURN_IF_ERROR(reader.Finish());
    for (const nlohmann::json& measure : measures) RETURN_IF_ERROR(AddMeasure(measure));
    if (!measures_.contains(kOccurrences))
      return FileError("kinds.json", "measures", "must define 'occurrences'");
    RETURN_IF_ERROR(AddTerms("audiences", audiences, catalogue_.audiences_));
    RETURN_IF_ERROR(AddTerms("channels", channels, catalogue_.channels_));
    for (const nlohmann::json& kind : kinds) RETURN_IF_ERROR(AddKind(kind));
    return std::move(catalogue_);
  }

 private:
  // A measure of the shared list: what a kind inherits that names only its code.
  absl::Status AddMeasure(const nlohmann::json& object) {
    ObjectReader reader(object, absl::StrCat("measures[", measures_.size(), "]"));
    Measure measure;
    measure.code = reader.Code("code");
    if (!measure.code.empty()) reader.SetWhere(absl::StrCat("measures[", measure.code, "]"));
    measure.name = reader.TextIn2("name");
    measure.unit = reader.TextIn2("unit");
    measure.default_value = reader.OptionalInteger("default", 0);
    if (measure.default_value.has_value() != (measure.code == kOccurrences)) {
      reader.Fail("default", "is for 'occurrences', and it must have one");
    }
    if (measures_.contains(measure.code)) reader.Fail("code", "stands twice");
    RETURN_IF_ERROR(reader.Finish());
    measures_.emplace(measure.code, measure);
    return absl::OkStatus();
  }

  static absl::Status AddTerms(const char* name, const nlohmann::json& objects, KindCatalogue::Terms& terms) {
    for (const nlohmann::json& object : objects) {
      const size_t index = terms.list.size();
      ObjectReader reader(object, absl::StrCat(name, "[", index, "]"));
      Term term;
      term.code = reader.Code("code");
      term.name = reader.TextIn2("name");
      term.aliases_zh = reader.Texts("aliases_zh");
      if (!terms.by_code.emplace(term.code, index).second)
        reader.Fail("code", absl::StrCat("'", term.code, "' stands twice"));
      RETURN_IF_ERROR(reader.Finish());
      terms.list.push_back(std::move(term));
      RETURN_IF_ERROR(
          AddWords(terms.list, index, absl::StrCat(name, "[", terms.list.back().code, "]"), terms.by_word));
    }
    return absl::OkStatus();
  }

  // The Chinese name and the aliases of list[index]. A word that means two things is refused.
  template <typename Item>
  static absl::Status AddWords(const std::vector<Item>& list, size_t index, const std::string& where,
                               KindCatalogue::Index& by_word) {
    std::vector<std::string> words = list[index].aliases_zh;
    words.push_back(list[index].name.zh);
    for (const std::string& word : words) {
      const auto [other, added] = by_word.emplace(Normalize(word), index);
      if (added) continue;
      return FileError(where, "aliases_zh",
                       absl::StrCat("'", word, "' already means ", list[other->second].code));
    }
    return absl::OkStatus();
  }

  absl::Status AddKind(const nlohmann::json& object) {
    ObjectReader reader(object, absl::StrCat("kinds[", catalogue_.kinds_.size(), "]"));
    Kind kind;
    kind.code = reader.Code("code");
    const std::string where = absl::StrCat("kinds[", kind.code, "]");
    if (!kind.code.empty()) reader.SetWhere(where);
    kind.section = reader.Text("section");
    kind.name = reader.TextIn2("name");
    kind.description = reader.TextIn2("description");
    kind.aliases_zh = reader.Texts("aliases_zh");
    const nlohmann::json& measures = reader.Objects("measures");
    const std::vector<std::string> checks = reader.Texts("checks");
    if (Contains(kReservedKinds, kind.code)) reader.Fail("code", "is a reserved word");
    if (!Contains(kSections, kind.section)) reader.Fail("section", "must be A to H or base");
    RETURN_IF_ERROR(reader.Finish());

    for (const nlohmann::json& measure : measures) RETURN_IF_ERROR(AddMeasureOfKind(measure, where, kind));
    if (kind.FindMeasure(kOccurrences) == nullptr) kind.measures.push_back(measures_.at(kOccurrences));
    std::stable_partition(kind.measures.begin(), kind.measures.end(),
                          [](const Measure& measure) { return measure.code == kOccurrences; });
    RETURN_IF_ERROR(AddChecks(checks, where, kind));
    return Register(std::move(kind), where);
  }

  absl::Status AddMeasureOfKind(const nlohmann::json& object, const std::string& where, Kind& kind) {
    ObjectReader reader(object, absl::StrCat(where, ".measures[", kind.measures.size(), "]"));
    const std::string code = reader.Code("code");
    const auto shared = measures_.find(code);
    if (shared == measures_.end()) {
      reader.Fail("code", absl::StrCat("'", code, "' is not in the list of measures"));
      return reader.Finish();
    }
    Measure measure = shared->second;
    measure.name = reader.TextIn2("name", &shared->second.name);
    measure.unit = reader.TextIn2("unit", &shared->second.unit);
    measure.required = reader.OptionalBool("required").value_or(false);
    measure.part_of = reader.OptionalText("part_of");
    if (kind.FindMeasure(code) != nullptr) reader.Fail("code", absl::StrCat("'", code, "' stands twice"));
    if (measure.required && measure.default_value.has_value())
      reader.Fail("required", "cannot be, as it has a default");
    RETURN_IF_ERROR(reader.Finish());
    kind.measures.push_back(std::move(measure));
    return absl::OkStatus();
  }

  static absl::Status AddChecks(const std::vector<std::string>& checks, const std::string& where,
                                Kind& kind) {
    std::vector<std::string> rules;
    for (const Measure& measure : kind.measures) {
      if (!measure.part_of.empty()) rules.push_back(absl::StrCat(measure.code, " <= ", measure.part_of));
    }
    rules.insert(rules.end(), checks.begin(), checks.end());
    for (const std::string& rule : rules) {
      absl::StatusOr<MeasureCheck> check = ParseMeasureCheck(rule, kind.measures);
      if (!check.ok()) {
        return FileError(where, "checks", absl::StrCat("'", rule, "': ", check.status().message()));
      }
      kind.checks.push_back(*std::move(check));
    }
    return absl::OkStatus();
  }

  absl::Status Register(Kind kind, const std::string& where) {
    const size_t index = catalogue_.kinds_.size();
    if (!catalogue_.by_code_.emplace(kind.code, index).second)
      return FileError(where, "code", "stands twice");
    catalogue_.kinds_.push_back(std::move(kind));
    return AddWords(catalogue_.kinds_, index, where, catalogue_.by_word_);
  }

  KindCatalogue catalogue_;
  std::map<std::string, Measure, std::less<>> measures_;
};

absl::StatusOr<KindCatalogue> KindCatalogue::Load(std::string_view text) {
  ASSIGN_OR_RETURN(const nlohmann::json file, json::Parse("kinds.json", text));
  return KindCatalogueLoader().Load(file);
}

const Measure* Kind::FindMeasure(std::string_view measure) const {
  const auto found =
      std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.code == measure; });
  return found == measures.end() ? nullptr : &*found;
}

const Kind* KindCatalogue::Find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &kinds_[found->second];
}

const Kind* KindCatalogue::FindByWord(std::string_view word) const {
  const std::string plain = Normalize(word);
  if (const Kind* kind = Find(plain)) return kind;
  const auto found = by_word_.find(plain);
  return found == by_word_.end() ? nullptr : &kinds_[found->second];
}

const Term* KindCatalogue::Terms::FindByWord(std::string_view word) const {
  const std::string plain = Normalize(word);
  if (const auto found = by_code.find(plain); found != by_code.end()) return &list[found->second];
  const auto found = by_word.find(plain);
  return found == by_word.end() ? nullptr : &list[found->second];
}

const Term* KindCatalogue::FindAudienceByWord(std::string_view word) const {
  return audiences_.FindByWord(word);
}

const Term* KindCatalogue::FindChannelByWord(std::string_view word) const {
  return channels_.FindByWord(word);
}

}  // namespace zhenhui::activities

#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/json/bilingual.h"
#include "common/status/reason.h"

// The catalogue of what a town can report: kinds of activities, the measures that each takes, and the words
// for audiences and channels. It is data (services/activities/catalogue/kinds.json), read and checked once at
// start.
namespace zhenhui::activities {

// The largest value of any measure, inclusive: a total of 9 million such rows still fits into 64 bits.
inline constexpr int64_t kMaxMeasure = 1'000'000'000'000;

// A whole number that an activity of one kind carries. Money is in fen.
struct Measure {
  std::string code;  // snake_case: "attendances"
  Bilingual name;
  Bilingual unit;
  bool required = false;
  std::string part_of;  // this measure <= that one of the same kind; empty if it is no part
  std::optional<int64_t>
      default_value;  // what an activity carries that does not give it; only `occurrences` has one
};

// A rule between the measures of a kind, written "success <= cases" or "oral + written == success".
// In a "<=" rule a measure that is not given is 0, as it is in every sum; an "==" rule holds only once all
// are given.
struct MeasureCheck {
  enum class Relation { kAtMost, kEqual };
  std::vector<size_t> left;  // indices of Kind::measures, added up
  Relation relation = Relation::kAtMost;
  size_t right = 0;
  std::string text;  // the rule as it is written in the catalogue
};

struct Kind {
  std::string code;     // snake_case: "law_lecture"
  std::string section;  // field of work: "A" to "H", or "base"
  Bilingual name;
  Bilingual description;                // what counts and what does not
  std::vector<std::string> aliases_zh;  // other words that a clerk may write
  std::vector<Measure> measures;        // `occurrences` first: every kind takes it
  std::vector<MeasureCheck> checks;     // those of part_of among them

  // Null if the kind does not take it. The pointer lives as long as the kind.
  const Measure* FindMeasure(std::string_view measure) const;
};

// A code with its names: an audience or a channel.
struct Term {
  std::string code;
  Bilingual name;
  std::vector<std::string> aliases_zh;  // other words that a clerk may write
};

// One measure as an activity gives it.
struct MeasureValue {
  std::string_view code;
  int64_t value = 0;
};

// Immutable after Load, so all methods are thread-safe. Pointers that it returns live as long as the
// catalogue.
class KindCatalogue {
 public:
  // Reads kinds.json and checks it: codes and Chinese words are unique, names stand in both languages,
  // measures and rules name what exists. INVALID_ARGUMENT (DATA_FILE_INVALID) names the kind and the field
  // that is wrong.
  static absl::StatusOr<KindCatalogue> Load(std::string_view json);

  int64_t version() const { return version_; }
  const std::vector<Kind>& kinds() const { return kinds_; }               // in the file's order
  const std::vector<Term>& audiences() const { return audiences_.list; }  // likewise
  const std::vector<Term>& channels() const { return channels_.list; }    // likewise

  // By code; null if there is none.
  const Kind* Find(std::string_view code) const;
  // By what stands in a sheet: the code, the Chinese name or an alias. Spaces do not matter, nor whether
  // brackets, slashes and quotes are full-width. Null if there is none.
  const Kind* FindByWord(std::string_view word) const;
  const Term* FindAudienceByWord(std::string_view word) const;  // likewise
  const Term* FindChannelByWord(std::string_view word) const;   // likewise

  // What is wrong with the measures of an activity; empty if nothing is. Fields are "kind" and
  // "measures.<code>". Reasons: UNKNOWN_KIND (then nothing else is checked), UNKNOWN_MEASURE,
  // MISSING_MEASURE, NEGATIVE_MEASURE, MEASURE_TOO_LARGE, MEASURES_CONTRADICT (a rule is broken, or a measure
  // is given twice with other values). Rules are checked only when every measure is right by itself.
  std::vector<FieldViolation> Check(std::string_view kind, std::span<const MeasureValue> measures) const;

  // UNKNOWN_AUDIENCE, UNKNOWN_CHANNEL: nothing if the catalogue has the code. `field` is a path:
  // "audiences[0]".
  std::optional<FieldViolation> CheckAudience(std::string_view field, std::string_view code) const;
  std::optional<FieldViolation> CheckChannel(std::string_view field, std::string_view code) const;

 private:
  friend class KindCatalogueLoader;
  KindCatalogue() = default;

  using Index = std::map<std::string, size_t, std::less<>>;
  struct Terms {
    std::vector<Term> list;
    Index by_code, by_word;

    const Term* FindByWord(std::string_view word) const;
  };
  int64_t version_ = 0;
  std::vector<Kind> kinds_;
  Index by_code_, by_word_;
  Terms audiences_, channels_;
};

}  // namespace zhenhui::activities

#include "services/reporting/checker/measure.h"

#include <algorithm>
#include <array>
#include <utility>

namespace zhenhui::reporting::checker {
namespace {

constexpr std::array<std::string_view, 18> kNames = {
    "none", "event", "issue", "material", "case",  "person",  "attendance", "office", "piece",
    "item", "entry", "file",  "hour",     "money", "percent", "point",      "times",  "other"};

}  // namespace

MeasureKind MeasureKindOf(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  return found == kNames.end() ? MeasureKind::kNone : static_cast<MeasureKind>(found - kNames.begin());
}

void MeasureWords::Add(MeasureKind kind, std::u32string word) {
  const auto at = std::find_if(words_.begin(), words_.end(),
                               [&](const Measure& m) { return m.word.size() < word.size(); });
  words_.insert(at, {kind, std::move(word)});
}

Measure MeasureWords::At(std::u32string_view chars, size_t at) const {
  if (at >= chars.size()) return {};
  const std::u32string_view rest = chars.substr(at);
  for (const Measure& measure : words_) {
    if (rest.starts_with(measure.word)) return measure;
  }
  return {};
}

}  // namespace zhenhui::reporting::checker

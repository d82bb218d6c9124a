#include "services/reporting/checker/lexicon.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/json/object_reader.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting::checker {

using json::FileError;
using json::ObjectReader;

bool MetricPhrases::CountedIn(MeasureKind kind) const {
  return std::find(measures.begin(), measures.end(), kind) != measures.end();
}

bool MetricPhrases::MiscountedIn(MeasureKind kind) const {
  return std::find(mismatch.begin(), mismatch.end(), kind) != mismatch.end();
}

class LexiconLoader {
 public:
  explicit LexiconLoader(const MetricCatalogue& catalogue) : catalogue_(catalogue) {}

  absl::StatusOr<Lexicon> Load(const nlohmann::json& file) {
    ObjectReader reader(file, "phrases.json");
    reader.Integer("version", 1);
    const nlohmann::json& measures = reader.Objects("measures");
    const nlohmann::json& classes = reader.Objects("classes");
    const nlohmann::json& topics = reader.Objects("topics");
    const nlohmann::json& metrics = reader.Objects("metrics");
    for (const std::string& word : reader.Texts("nonclaims")) lexicon_.nonclaims_.push_back(Fold(word));
    const nlohmann::json* markers = reader.OptionalObject("markers");
    if (markers == nullptr) reader.Fail("markers", "is missing");
    RETURN_IF_ERROR(reader.Finish());
    for (const nlohmann::json& object : measures) RETURN_IF_ERROR(ReadMeasures(object));
    for (const nlohmann::json& object : classes) RETURN_IF_ERROR(ReadClass(object));
    for (const nlohmann::json& object : topics) RETURN_IF_ERROR(ReadTopic(object));
    RETURN_IF_ERROR(ReadMarkers(*markers));
    for (const nlohmann::json& object : metrics) RETURN_IF_ERROR(ReadMetric(object));
    return std::move(lexicon_);
  }

 private:
  absl::Status ReadMeasures(const nlohmann::json& object) {
    ObjectReader reader(object, "measures");
    const std::string name = reader.Text("class");
    const MeasureKind kind = MeasureKindOf(name);
    if (kind == MeasureKind::kNone) reader.Fail("class", absl::StrCat("'", name, "' is none"));
    for (const std::string& word : reader.Texts("words")) lexicon_.measures_.Add(kind, Fold(word));
    return reader.Finish();
  }

  absl::Status ReadClass(const nlohmann::json& object) {
    ObjectReader reader(object, "classes");
    const std::string name = reader.Code("name");
    if (!classes_.emplace(name, reader.Text("phrase")).second) reader.Fail("name", "stands twice");
    return reader.Finish();
  }

  absl::StatusOr<Phrase> ReadPhrase(const std::string& text) {
    const auto class_of = [this](std::string_view name) {
      const auto found = classes_.find(name);
      return found == classes_.end() ? nullptr : &found->second;
    };
    Phrase phrase;
    for (size_t begin = 0; begin <= text.size();) {
      const size_t end = std::min(text.find('&', begin), text.size());
      ASSIGN_OR_RETURN(Pattern part, Pattern::Compile(text.substr(begin, end - begin), class_of));
      for (const char32_t sign : part.first_signs()) {
        lexicon_.by_first_sign_[sign].push_back(lexicon_.patterns_.size());
      }
      phrase.push_back(lexicon_.patterns_.size());
      lexicon_.patterns_.push_back(std::move(part));
      begin = end + 1;
    }
    return phrase;
  }

  absl::StatusOr<std::vector<Phrase>> ReadPhrases(const std::vector<std::string>& texts) {
    std::vector<Phrase> phrases;
    for (const std::string& text : texts) {
      ASSIGN_OR_RETURN(Phrase phrase, ReadPhrase(text));
      phrases.push_back(std::move(phrase));
    }
    return phrases;
  }

  absl::Status ReadTopic(const nlohmann::json& object) {
    ObjectReader reader(object, "topics");
    Topic topic{.name = reader.Code("name"), .phrases = {}};
    topic.actor = reader.OptionalBool("actor").value_or(false);
    ASSIGN_OR_RETURN(topic.phrases, ReadPhrases(reader.Texts("phrases")));
    lexicon_.topics_.push_back(std::move(topic));
    return reader.Finish();
  }

  absl::Status ReadMarkers(const nlohmann::json& object) {
    ObjectReader reader(object, "markers");
    const std::pair<const char*, Markers*> fields[] = {{"plan", &lexicon_.plan_},
                                                       {"plan_headings", &lexicon_.plan_headings_},
                                                       {"plan_openers", &lexicon_.plan_openers_},
                                                       {"zero", &lexicon_.zero_},
                                                       {"coverage", &lexicon_.coverage_},
                                                       {"all", &lexicon_.all_},
                                                       {"norm", &lexicon_.norm_},
                                                       {"each_village", &lexicon_.each_village_},
                                                       {"part", &lexicon_.part_},
                                                       {"total", &lexicon_.total_},
                                                       {"rise", &lexicon_.rise_},
                                                       {"fall", &lexicon_.fall_},
                                                       {"filler", &lexicon_.filler_},
                                                       {"period", &lexicon_.period_},
                                                       {"respectively", &lexicon_.respectively_},
                                                       {"done", &lexicon_.done_},
                                                       {"abstract", &lexicon_.abstract_},
                                                       {"negation", &lexicon_.negation_}};
    for (const auto& [name, markers] : fields) {
      const std::vector<std::string> texts = reader.Texts(name);
      if (texts.empty()) reader.Fail(name, "must not be empty");
      ASSIGN_OR_RETURN(*markers, ReadPhrases(texts));
    }
    return reader.Finish();
  }

  void ReadKinds(ObjectReader& reader, const char* field, std::vector<MeasureKind>& kinds) const {
    for (const std::string& name : reader.Texts(field)) {
      kinds.push_back(MeasureKindOf(name));
      if (kinds.back() == MeasureKind::kNone) reader.Fail(field, absl::StrCat("'", name, "' is none"));
    }
  }

  absl::Status ReadTopicPhrases(ObjectReader& reader, MetricPhrases& entry) {
    const nlohmann::json* object = reader.OptionalObject("topic_phrases");
    if (object == nullptr) return absl::OkStatus();
    ObjectReader inner(*object, absl::StrCat("metrics[", entry.metric.code, "].topic_phrases"));
    for (size_t i = 0; i < lexicon_.topics_.size(); ++i) {
      TopicPhrases of_topic{i, {}};
      ASSIGN_OR_RETURN(of_topic.phrases, ReadPhrases(inner.Texts(lexicon_.topics_[i].name.c_str())));
      if (!of_topic.phrases.empty()) entry.topic_phrases.push_back(std::move(of_topic));
    }
    return inner.Finish();
  }

  absl::Status ReadMetric(const nlohmann::json& object) {
    ObjectReader reader(object, "metrics");
    const std::string code = reader.Code("metric");
    reader.SetWhere(absl::StrCat("metrics[", code, "]"));
    const Metric* metric = catalogue_.Find(code);
    if (metric == nullptr)
      return FileError("phrases.json", "metrics", absl::StrCat("no metric '", code, "'"));
    MetricPhrases entry{.metric = *metric,
                        .measures = {},
                        .mismatch = {},
                        .phrases = {},
                        .topic_phrases = {},
                        .exclude = {},
                        .coverage_of = reader.OptionalText("coverage_of"),
                        .per_village = reader.OptionalBool("per_village").value_or(false)};
    ReadKinds(reader, "measures", entry.measures);
    ReadKinds(reader, "mismatch", entry.mismatch);
    if (entry.measures.empty()) reader.Fail("measures", "must not be empty");
    ASSIGN_OR_RETURN(entry.phrases, ReadPhrases(reader.Texts("phrases")));
    ASSIGN_OR_RETURN(entry.exclude, ReadPhrases(reader.Texts("exclude")));
    RETURN_IF_ERROR(ReadTopicPhrases(reader, entry));
    const bool known = entry.coverage_of.empty() || entry.coverage_of == "100" ||
                       catalogue_.Find(entry.coverage_of) != nullptr;
    if (!known) reader.Fail("coverage_of", "is neither a metric nor 100");
    if (!lexicon_.by_code_.emplace(code, lexicon_.metrics_.size()).second)
      reader.Fail("metric", "stands twice");
    lexicon_.metrics_.push_back(std::move(entry));
    return reader.Finish();
  }

  const MetricCatalogue& catalogue_;
  std::map<std::string, std::string, std::less<>> classes_;
  Lexicon lexicon_;
};

absl::StatusOr<Lexicon> Lexicon::Load(std::string_view text, const MetricCatalogue& catalogue) {
  ASSIGN_OR_RETURN(const nlohmann::json file, json::Parse("phrases.json", text));
  return LexiconLoader(catalogue).Load(file);
}

const std::vector<size_t>& Lexicon::PatternsFrom(char32_t sign) const {
  static const std::vector<size_t>* const kNone = new std::vector<size_t>();
  const auto found = by_first_sign_.find(sign);
  return found == by_first_sign_.end() ? *kNone : found->second;
}

const MetricPhrases* Lexicon::Find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &metrics_[found->second];
}

}  // namespace zhenhui::reporting::checker

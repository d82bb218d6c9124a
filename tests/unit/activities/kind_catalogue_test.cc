#include "services/activities/domain/kind_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "services/activities/catalogue/shipped_kinds.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using testing::HasReason;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;

// A small catalogue that is right; the tests below spoil one place each.
constexpr char kSmall[] = R"({
  "version": 3,
  "measures": [
    {"code": "occurrences", "name_zh": "次数", "name_en": "Occurrences", "unit_zh": "次", "unit_en": "times", "default": 1},
    {"code": "cases", "name_zh": "件数", "name_en": "Cases", "unit_zh": "件", "unit_en": "cases"},
    {"code": "success", "name_zh": "成功", "name_en": "Success", "unit_zh": "件", "unit_en": "cases"},
    {"code": "oral", "name_zh": "口头", "name_en": "Oral", "unit_zh": "件", "unit_en": "cases"},
    {"code": "written", "name_zh": "书面", "name_en": "Written", "unit_zh": "件", "unit_en": "cases"}
  ],
  "audiences": [
    {"code": "villagers", "name_zh": "村（居）民", "name_en": "Residents", "aliases_zh": ["村民", "群众"]},
    {"code": "students", "name_zh": "学生", "name_en": "Students", "aliases_zh": ["师生"]}],
  "channels": [{"code": "display", "name_zh": "展板", "name_en": "Display board"}],
  "kinds": [
    {"code": "mediation", "section": "G", "name_zh": "人民调解", "name_en": "Mediation",
     "description_zh": "以受理日期计", "description_en": "At acceptance", "aliases_zh": ["调解"],
     "measures": [{"code": "cases", "required": true, "name_zh": "受理件数"}, {"code": "success", "part_of": "cases"},
                  {"code": "oral"}, {"code": "written"}],
     "checks": ["oral + written == success"]},
    {"code": "lecture", "section": "B", "name_zh": "讲座（法治）", "name_en": "Lecture",
     "description_zh": "讲座", "description_en": "Lecture", "aliases_zh": [],
     "measures": [{"code": "occurrences", "unit_zh": "场"}], "checks": []}
  ]
})";

KindCatalogue Small() { return KindCatalogue::Load(kSmall).value(); }

std::vector<std::string> Reasons(const std::vector<FieldViolation>& violations) {
  std::vector<std::string> reasons;
  for (const FieldViolation& violation : violations)
    reasons.push_back(violation.field + " " + violation.reason);
  return reasons;
}

TEST(KindCatalogueTest, TheShippedFileLoads) {
  const auto catalogue = KindCatalogue::Load(ShippedKinds());
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_GE(catalogue->version(), 1);
  EXPECT_GE(catalogue->kinds().size(), 40u);
}

TEST(KindCatalogueTest, EveryShippedKindIsFoundByItsCodeNameAndAliases) {
  const KindCatalogue catalogue = KindCatalogue::Load(ShippedKinds()).value();
  for (const Kind& kind : catalogue.kinds()) {
    EXPECT_EQ(catalogue.Find(kind.code), &kind);
    EXPECT_EQ(catalogue.FindByWord(kind.code), &kind);
    EXPECT_EQ(catalogue.FindByWord(kind.name.zh), &kind);
    for (const std::string& alias : kind.aliases_zh) EXPECT_EQ(catalogue.FindByWord(alias), &kind) << alias;
  }
}

TEST(KindCatalogueTest, EveryShippedKindAcceptsItsRequiredMeasuresAsZero) {
  const KindCatalogue catalogue = KindCatalogue::Load(ShippedKinds()).value();
  for (const Kind& kind : catalogue.kinds()) {
    std::vector<MeasureValue> required;
    for (const Measure& measure : kind.measures) {
      if (measure.required) required.push_back({measure.code, 0});
    }
    EXPECT_THAT(catalogue.Check(kind.code, required), IsEmpty()) << kind.code;
  }
}

TEST(KindCatalogueTest, EveryKindTakesOccurrencesFirstWithOneAsDefault) {
  const KindCatalogue catalogue = KindCatalogue::Load(ShippedKinds()).value();
  for (const Kind& kind : catalogue.kinds()) {
    EXPECT_EQ(kind.measures.front().code, "occurrences") << kind.code;
    EXPECT_EQ(kind.measures.front().default_value, 1) << kind.code;
  }
}

TEST(KindCatalogueTest, AKindsMeasureInheritsWhatItDoesNotSay) {
  const KindCatalogue catalogue = Small();
  const Measure* cases = catalogue.Find("mediation")->FindMeasure("cases");
  ASSERT_NE(cases, nullptr);
  EXPECT_EQ(cases->name, (Bilingual{"受理件数", "Cases"}));
  EXPECT_EQ(cases->unit, (Bilingual{"件", "cases"}));
  EXPECT_TRUE(cases->required);
  EXPECT_EQ(catalogue.Find("lecture")->FindMeasure("occurrences")->unit, (Bilingual{"场", "times"}));
}

TEST(KindCatalogueTest, WordsAreFoundWhateverTheirSpacesAndBrackets) {
  const KindCatalogue catalogue = Small();
  for (const char* word : {"讲座（法治）", "讲座(法治)", " 讲座（法治) ", "讲座　（法治）", "lecture"}) {
    ASSERT_NE(catalogue.FindByWord(word), nullptr) << word;
    EXPECT_EQ(catalogue.FindByWord(word)->code, "lecture") << word;
  }
  for (const char* word : {"", "讲座", "法治", "lectures"})
    EXPECT_EQ(catalogue.FindByWord(word), nullptr) << word;
}

TEST(KindCatalogueTest, MeasuresAreChecked) {
  struct Case {
    const char* what;
    std::vector<MeasureValue> measures;
    std::vector<std::string> violations;
  };
  const std::vector<Case> cases = {
      {"only what is required", {{"cases", 3}}, {}},
      {"all measures", {{"cases", 3}, {"success", 2}, {"oral", 1}, {"written", 1}, {"occurrences", 1}}, {}},
      {"the largest value", {{"cases", kMaxMeasure}, {"success", kMaxMeasure}}, {}},
      {"the same value twice", {{"cases", 3}, {"cases", 3}}, {}},
      {"a part alone, its sibling unknown", {{"cases", 3}, {"success", 2}, {"oral", 1}}, {}},
      {"nothing", {}, {"measures.cases MISSING_MEASURE"}},
      {"unknown", {{"cases", 3}, {"copies", 5}}, {"measures.copies UNKNOWN_MEASURE"}},
      {"negative", {{"cases", -1}}, {"measures.cases NEGATIVE_MEASURE"}},
      {"too large", {{"cases", kMaxMeasure + 1}}, {"measures.cases MEASURE_TOO_LARGE"}},
      {"smallest 64-bit value", {{"cases", INT64_MIN}}, {"measures.cases NEGATIVE_MEASURE"}},
      {"two values", {{"cases", 3}, {"cases", 4}}, {"measures.cases MEASURES_CONTRADICT"}},
      {"part over whole", {{"cases", 3}, {"success", 4}}, {"measures.success MEASURES_CONTRADICT"}},
      {"parts are not the whole",
       {{"cases", 3}, {"success", 3}, {"oral", 1}, {"written", 1}},
       {"measures.oral MEASURES_CONTRADICT"}},
      {"every field error is told, rules wait",
       {{"success", 4}, {"copies", 1}, {"oral", -1}},
       {"measures.copies UNKNOWN_MEASURE", "measures.oral NEGATIVE_MEASURE",
        "measures.cases MISSING_MEASURE"}},
  };
  const KindCatalogue catalogue = Small();
  for (const Case& c : cases) {
    EXPECT_EQ(Reasons(catalogue.Check("mediation", c.measures)), c.violations) << c.what;
  }
}

TEST(KindCatalogueTest, AnUnknownKindIsTheOnlyViolation) {
  const std::vector<MeasureValue> measures = {{"copies", -1}};
  EXPECT_THAT(Reasons(Small().Check("mediashun", measures)), ElementsAre("kind UNKNOWN_KIND"));
}

TEST(KindCatalogueTest, ABrokenRuleIsToldWithItsNumbers) {
  const std::vector<MeasureValue> measures = {{"cases", 3}, {"success", 4}};
  EXPECT_THAT(Small().Check("mediation", measures),
              ElementsAre(Field(&FieldViolation::description,
                                AllOf(HasSubstr("success <= cases"), HasSubstr("4 and 3")))));
}

TEST(KindCatalogueTest, APartNeedsItsWholeBecauseSumsTakeWhatIsMissingAsZero) {
  std::string json(kSmall);
  absl::StrReplaceAll({{R"("required": true, )", ""}}, &json);
  const auto catalogue = KindCatalogue::Load(json);
  ASSERT_THAT(catalogue, IsOk());
  const std::vector<MeasureValue> measures = {{"success", 1}};
  EXPECT_THAT(Reasons(catalogue->Check("mediation", measures)),
              ElementsAre("measures.success MEASURES_CONTRADICT"));
}

TEST(KindCatalogueTest, ThePartOfADefaultMeasureIsComparedWithTheDefault) {
  const KindCatalogue catalogue = KindCatalogue::Load(ShippedKinds()).value();
  const std::vector<MeasureValue> one = {{"by_counsel", 1}};
  const std::vector<MeasureValue> two = {{"by_counsel", 2}};
  EXPECT_THAT(catalogue.Check("law_lecture", one), IsEmpty());
  EXPECT_THAT(Reasons(catalogue.Check("law_lecture", two)),
              ElementsAre("measures.by_counsel MEASURES_CONTRADICT"));
}

TEST(KindCatalogueTest, AudiencesAndChannelsAreChecked) {
  const KindCatalogue catalogue = Small();
  EXPECT_EQ(catalogue.CheckAudience("audiences[0]", "villagers"), std::nullopt);
  EXPECT_EQ(catalogue.CheckChannel("channels[0]", "display"), std::nullopt);
  const auto audience = catalogue.CheckAudience("audiences[2]", "display");
  const auto channel = catalogue.CheckChannel("channels[1]", "villagers");
  ASSERT_TRUE(audience.has_value() && channel.has_value());
  EXPECT_EQ(audience->field + " " + audience->reason, "audiences[2] UNKNOWN_AUDIENCE");
  EXPECT_EQ(channel->field + " " + channel->reason, "channels[1] UNKNOWN_CHANNEL");
}

TEST(KindCatalogueTest, AudiencesAndChannelsAreFoundByTheirWords) {
  const KindCatalogue catalogue = Small();
  struct Case {
    const char* word;
    const char* code;
  };
  const Case cases[] = {{"villagers", "villagers"}, {"村（居）民", "villagers"}, {"村(居)民", "villagers"},
                        {"村民", "villagers"},      {" 群 众 ", "villagers"},    {"师生", "students"}};
  for (const Case& c : cases) {
    const Term* term = catalogue.FindAudienceByWord(c.word);
    ASSERT_NE(term, nullptr) << c.word;
    EXPECT_EQ(term->code, c.code) << c.word;
  }
  ASSERT_NE(catalogue.FindChannelByWord("展板"), nullptr);
  EXPECT_EQ(catalogue.FindChannelByWord("展板")->code, "display");
  for (const char* word : {"", "村", "展板", "Residents"})
    EXPECT_EQ(catalogue.FindAudienceByWord(word), nullptr) << word;
  EXPECT_EQ(catalogue.FindChannelByWord("村民"), nullptr);
}

TEST(KindCatalogueTest, EveryShippedAudienceAndChannelHasNamesThatClerksWrite) {
  const KindCatalogue catalogue = KindCatalogue::Load(ShippedKinds()).value();
  for (const Term& term : catalogue.audiences()) {
    EXPECT_THAT(term.aliases_zh, Not(IsEmpty())) << term.code;
    for (const std::string& word : term.aliases_zh)
      EXPECT_EQ(catalogue.FindAudienceByWord(word), &term) << word;
  }
  for (const Term& term : catalogue.channels()) {
    EXPECT_THAT(term.aliases_zh, Not(IsEmpty())) << term.code;
    for (const std::string& word : term.aliases_zh)
      EXPECT_EQ(catalogue.FindChannelByWord(word), &term) << word;
  }
}

TEST(KindCatalogueTest, ABadFileIsRefusedAndItsPlaceIsNamed) {
  struct Case {
    const char* from;
    const char* to;
    const char* error;
  };
  const Case cases[] = {
      {R"("version": 3)", R"("version": 0)", "kinds.json.version: must be a whole number of at least 1"},
      {R"("version": 3,)", R"("version": 3)", "is no JSON"},
      {R"("version": 3,)", R"("version": 3, "kind": [],)", "kinds.json.kind: is not a known field"},
      {R"("code": "occurrences", "name_zh")", R"("code": "times", "name_zh")",
       "measures[times].default: is for 'occurrences'"},
      {R"(, "default": 1)", "", "measures[occurrences].default"},
      {R"("code": "written", "name_zh")", R"("code": "oral", "name_zh")",
       "measures[oral].code: stands twice"},
      {R"("code": "lecture")", R"("code": "mediation")", "kinds[mediation].code: stands twice"},
      {R"("code": "lecture")", R"("code": "roster")", "kinds[roster].code: is a reserved word"},
      {R"("code": "lecture")", R"("code": "Lecture")", "kinds[1].code: 'Lecture' is not of the form"},
      {R"("section": "B")", R"("section": "I")", "kinds[lecture].section: must be A to H or base"},
      {R"(, "name_en": "Lecture")", "", "kinds[lecture].name_en: is missing"},
      {R"("name_en": "Lecture")", R"("name_en": "")",
       "kinds[lecture].name_en: must be a text that is not empty"},
      {R"("description_en": "Lecture", )", "", "kinds[lecture].description_en: is missing"},
      {R"("aliases_zh": [])", R"("aliases_zh": ["调 解"])",
       "kinds[lecture].aliases_zh: '调 解' already means mediation"},
      {R"("aliases_zh": ["师生"])", R"("aliases_zh": ["村 民"])",
       "audiences[students].aliases_zh: '村 民' already means villagers"},
      {R"("aliases_zh": ["师生"])", R"("aliases_zh": ["学生"])",
       "audiences[students].aliases_zh: '学生' already means students"},
      {R"("aliases_zh": ["师生"])", R"("aliases_zh": "师生")",
       "audiences[1].aliases_zh: must be a list of texts"},
      {R"({"code": "oral"})", R"({"code": "orall"})",
       "kinds[mediation].measures[2].code: 'orall' is not in the list"},
      {R"({"code": "oral"})", R"({"code": "cases"})",
       "kinds[mediation].measures[2].code: 'cases' stands twice"},
      {R"({"code": "oral"})", R"("oral")", "kinds[mediation].measures[2]: must be an object"},
      {R"("unit_zh": "场")", R"("required": true)", "kinds[lecture].measures[0].required: cannot be"},
      {R"("part_of": "cases")", R"("part_of": "files")",
       "'success <= files': 'files' is not a measure of this kind"},
      {R"("part_of": "cases")", R"("part_of": "success")", "'success <= success': 'success' stands twice"},
      {"oral + written == success", "oral + written = success", "expected one ' <= ' or ' == '"},
      {"oral + written == success", "oral + oral == success", "'oral' stands twice"},
      {"oral + written == success", "oral+written == success", "'oral+written' is not a measure"},
      {"oral + written == success", " == success", "'' is not a measure"},
      {R"({"code": "display",)", R"({"code": "display", "name": "",)",
       "channels[0].name: is not a known field"},
  };
  for (const Case& c : cases) {
    std::string json(kSmall);
    ASSERT_THAT(json, HasSubstr(c.from));
    absl::StrReplaceAll({{c.from, c.to}}, &json);
    const auto catalogue = KindCatalogue::Load(json);
    EXPECT_THAT(catalogue, Not(IsOk())) << c.to;
    EXPECT_THAT(catalogue, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.error)));
    EXPECT_THAT(catalogue, HasReason("DATA_FILE_INVALID"));
  }
}

}  // namespace
}  // namespace zhenhui::activities

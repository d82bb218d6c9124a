#include "services/reporting/checker/reader.h"

#include <algorithm>
#include <utility>

#include "services/reporting/checker/period.h"
#include "services/reporting/checker/sentence_reader.h"

namespace zhenhui::reporting::checker {
namespace {

constexpr int kHeadingTopic = 4;  // how far back a heading's topics count, in sentences
constexpr size_t kParagraphsOfTitle = 6;

Position PositionOf(const Text& text, const Range& range, size_t paragraph) {
  const size_t last = range.end - 1;
  return {.paragraph = paragraph,
          .sentence = text.SentenceOf(range.begin),
          .begin = text.code_point[range.begin],
          .end = text.code_point[last] + size_t{1},
          .begin_byte = text.byte[range.begin],
          .end_byte = text.byte_end[last]};
}

std::string QuoteOf(std::string_view paragraph, const Position& position) {
  return std::string(paragraph.substr(position.begin_byte, position.end_byte - position.begin_byte));
}

class DocumentReader {
 public:
  DocumentReader(const Lexicon& lexicon, const Document& document, const CheckOptions& options)
      : lexicon_(lexicon), document_(document), options_(options), words_(lexicon.nonclaims()) {
    for (const std::string& name : options.place_names) words_.push_back(Fold(name));
  }

  std::vector<Claim> Run() {
    for (size_t i = 0; i < document_.paragraphs.size() && claims_.size() <= options_.max_claims; ++i)
      ReadParagraph(i);
    return std::move(claims_);
  }

 private:
  void ReadParagraph(size_t index) {
    const Paragraph& paragraph = document_.paragraphs[index];
    const Text text = ReadText(paragraph.text);
    if (text.chars.empty()) return;
    const Mask masked = FindNonClaims(text, words_);
    const bool heading = paragraph.heading || LooksLikeHeading(text);
    paragraph_plan_ = false;
    for (size_t i = 0; i < text.sentences.size() && claims_.size() <= options_.max_claims; ++i) {
      const Sentence sentence(lexicon_, text, text.sentences[i], masked);
      // A numbered paragraph begins with its heading: 二、下一步打算。…
      const bool title = i == 0 && (heading || (HeadingMark(text) > 0 && sentence.range().size() <= 30));
      if (title) EnterHeading(text, sentence);
      ReadSentence(index, text, sentence);
    }
  }

  void EnterHeading(const Text& text, const Sentence& sentence) {
    const int rank = HeadingMark(text);
    topics_.clear();
    for (const size_t topic : TopicsOf(lexicon_, sentence)) topics_[topic] = kHeadingTopic;
    if (sentence.Has(lexicon_.plan_headings(), sentence.range())) {
      plan_rank_ = rank;
      in_plan_ = true;
    } else if (in_plan_ && rank <= plan_rank_) {
      in_plan_ = false;
    }
  }

  void ReadSentence(size_t index, const Text& text, const Sentence& sentence) {
    // 下一步，… inside a paragraph: all that follows in it is a plan.
    const Range head{sentence.range().begin, std::min(sentence.range().end, sentence.range().begin + 12)};
    if (sentence.Has(lexicon_.plan_openers(), head)) paragraph_plan_ = true;
    for (auto& [range, claim] :
         checker::ReadSentence(lexicon_, options_, sentence, topics_, in_plan_ || paragraph_plan_)) {
      claim.position = PositionOf(text, range, index);
      claim.quote = QuoteOf(document_.paragraphs[index].text, claim.position);
      claims_.push_back(std::move(claim));
    }
    for (auto& [topic, distance] : topics_) ++distance;
    for (const size_t topic : TopicsOf(lexicon_, sentence)) topics_[topic] = 0;
  }

  const Lexicon& lexicon_;
  const Document& document_;
  const CheckOptions& options_;
  std::vector<std::u32string> words_;
  TopicMemory topics_;
  bool in_plan_ = false;
  int plan_rank_ = 0;
  bool paragraph_plan_ = false;
  std::vector<Claim> claims_;
};

}  // namespace

std::vector<Claim> ReadClaims(const Lexicon& lexicon, const Document& document, const CheckOptions& options) {
  return DocumentReader(lexicon, document, options).Run();
}

std::vector<Claim> WrongTitleYears(const Document& document, const CheckOptions& options) {
  std::vector<Claim> claims;
  size_t seen = 0;
  for (size_t i = 0; i < document.paragraphs.size() && seen < kParagraphsOfTitle; ++i) {
    const Text text = ReadText(document.paragraphs[i].text);
    if (text.chars.empty()) continue;
    ++seen;
    const bool title =
        text.chars.size() <= 45 && (text.chars.ends_with(U"报告") || text.chars.ends_with(U"总结") ||
                                    text.chars.ends_with(U"汇报") || text.chars.ends_with(U"情况"));
    const size_t at = text.chars.find(U'年');
    if (!title || at == std::u32string::npos || at < 4) continue;
    const std::optional<Numeral> numeral = ParseNumeral(text.chars, at - 4);
    if (!numeral || numeral->range.end != at || numeral->value == Rational(options.year, 1)) continue;
    Claim claim;
    claim.position = PositionOf(text, {at - 4, at + 1}, i);
    claim.quote = QuoteOf(document.paragraphs[i].text, claim.position);
    claim.interval = Interval::Exactly(numeral->value);
    claim.period = WholeYear(options.year);
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace zhenhui::reporting::checker
